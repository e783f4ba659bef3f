#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <opencv2/core/types.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/image/image.h"
#include "ocrtune/image/limits.h"

namespace ocrtune {

/// What a person has stated of a page, in the order in which it is done.
struct PageEdit {
  bool exclude = false;  ///< the page is not used
  std::string lang;      ///< its language, as --lang takes it; empty: that of its collection
  int turns = 0;         ///< clockwise rotations by 90 degrees, 0 to 3
  /// A further rotation, degrees clockwise, from -45 to below 45. The page becomes as large as the
  /// rotated one; its new corners have the colour of its paper.
  double angle = 0;
  /// Corners of the sheet on the rotated page, px: upper left, upper right, lower right, lower
  /// left. The sheet becomes a rectangle, and the page.
  std::optional<std::array<cv::Point2f, 4>> corners;
  std::optional<cv::Rect> crop;  ///< the part that is kept of the page that this gives, px
  std::optional<int> split;      ///< px from the left, where the page is divided into two

  bool operator==(const PageEdit&) const = default;  ///< equal in every field
};

/// True if the file has another number of pages with the edit, or the page other pixels. Pure;
/// thread-safe.
bool changes_pages(const PageEdit& edit);

/// Both rotations together, degrees clockwise, from 0 to below 360. Pure; thread-safe.
double rotation_of(const PageEdit& edit);

/// Sets both rotations, to a hundredth of a degree; `degrees` is from 0 to below 360. Pure;
/// thread-safe.
void set_rotation(PageEdit& edit, double degrees);

/// Where the edits of a file's pages are kept: NAME.edit.toml beside it, NAME with its extension.
std::filesystem::path edits_file(const std::filesystem::path& page_file);

/// The edits of a file's pages, by page from 0. Throws Error(input_unreadable), "line N: …" or
/// "page N: …". Pure; thread-safe.
std::map<int, PageEdit> parse_page_edits(std::string_view toml);

/// The edits as the text of a file, which parse_page_edits() reads; without those that change
/// nothing. Coordinates must be whole numbers. Pure; thread-safe.
std::string page_edits_text(const std::map<int, PageEdit>& edits);

/// The page after the edit; `part`: 0, or 1 for the right part of a page that is split. `corners`,
/// `crop` and `split` must be within the page. Throws Error(input_unreadable) if they are not.
/// Pure; thread-safe.
Image edited_page(const Image& page, const PageEdit& edit, int part, const DecodeLimits& limits);

}  // namespace ocrtune
