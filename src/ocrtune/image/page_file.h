#pragma once

#include <string>

#include "ocrtune/image/image.h"

namespace ocrtune {

/// Where a page comes from: from the same page of its file, unless pages are edited by hand.
struct PageOrigin {
  int page = 0;           ///< of the file, from 0
  int part = 0;           ///< of a page that is split, 1 for the right one
  std::string lang = {};  ///< the page's language, if it is stated for it alone

  bool operator==(const PageOrigin&) const = default;  ///< the same part of the same page
};

/// An opened file of one or more pages. Not thread-safe; one per thread.
class PageFile {
 public:
  virtual ~PageFile() = default;

  /// At least 1, but for a file all of whose pages are excluded (open_page_file()).
  [[nodiscard]] virtual int page_count() const = 0;

  /// The origin of page `index`.
  [[nodiscard]] virtual PageOrigin origin(int index) const { return {.page = index}; }

  /// True if pages are edited by hand: then their pixels are not those that the file stores.
  [[nodiscard]] virtual bool is_edited() const { return false; }

  /// Page `index`, from 0. Rotated upright by the file's orientation tag; transparency laid over
  /// white; colour converted to gray as OpenCV's BGR2GRAY (JPEG and PNG: as cv::imread in
  /// IMREAD_GRAYSCALE does). `in_colour`: with its colours beside the same gray pixels, if it has
  /// any. Throws Error(input_unreadable) with the reason; the message does not name the file.
  virtual Image decode(int index, bool in_colour) = 0;
  /// What a person should know of the page that decode() gave last; empty: nothing.
  [[nodiscard]] virtual std::string remark() const { return ""; }

  /// The same without colours.
  Image decode(int index) { return decode(index, false); }
};

}  // namespace ocrtune
