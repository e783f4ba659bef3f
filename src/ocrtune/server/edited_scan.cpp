#include "ocrtune/server/edited_scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <utility>

#include "ocrtune/base/files.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/language_names.h"
#include "ocrtune/base/optional_json.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/double_page.h"
#include "ocrtune/corpus/open_page_file.h"
#include "ocrtune/corpus/open_pages.h"
#include "ocrtune/corpus/remote_files.h"
#include "ocrtune/kernels/measure/sheet.h"
#include "ocrtune/metrics/page_condition.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/server/ground_truth.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace fs = std::filesystem;

using nlohmann::json;

namespace {

constexpr double kFullTurn = 360;

std::vector<int> whole_numbers(const JsonFields& fields, const std::string& name, const json& list,
                               std::size_t count) {
  const int side = DecodeLimits{}.max_side;
  const auto is_allowed = [&](const json& value) {
    return value.is_number_integer() && value >= 0 && value <= side;
  };
  if (!list.is_array() || list.size() != count || !std::ranges::all_of(list, is_allowed))
    fields.refuse(name, tr("must have {} whole numbers from 0 to {}", count, side));
  return list.get<std::vector<int>>();
}

std::string version_of(const FilePage& page, const std::string& text) {
  return content_hash(fmt::format("{} {} {}", page.file.string(), page.page, text)).text();
}

/// The corners of the sheet on a page, px of it; null if none was found.
json corners_of_sheet(const cv::Mat& gray) {
  const auto sheet = sheet_corners(gray);
  if (!sheet) return nullptr;
  json corners = json::array();
  for (const cv::Point2d& at : *sheet)
    corners.push_back(
        {std::clamp(cvRound(at.x), 0, gray.cols), std::clamp(cvRound(at.y), 0, gray.rows)});
  return corners;
}

/// The rotation with which the text lines are level of a page, `rotated` as in `edit`; null if
/// their slope is not clear.
json level_rotation(const cv::Mat& rotated, const PageEdit& edit) {
  const std::optional<double> skew = page_condition(rotated).skew;
  if (!skew) return nullptr;
  PageEdit level;
  set_rotation(level, std::fmod(rotation_of(edit) - *skew + kFullTurn, kFullTurn));
  return rotation_of(level);
}

/// The page `number` of a file, `scan`, after the edit. Throws HttpError(400).
Image after(const Image& scan, int number, const PageEdit& edit) {
  try {
    parse_page_edits(page_edits_text({{number, edit}}));
    return edited_page(scan, edit, 0, {});
  } catch (const Error& error) {
    throw HttpError(400, error.what());
  }
}

}  // namespace

json edit_json(const PageEdit& edit) {
  json corners = nullptr;
  if (edit.corners) {
    corners = json::array();
    for (const cv::Point2f& at : *edit.corners)
      corners.push_back({std::lround(at.x), std::lround(at.y)});
  }
  json crop = nullptr;
  if (edit.crop) crop = json{edit.crop->x, edit.crop->y, edit.crop->br().x, edit.crop->br().y};
  return {{"exclude", edit.exclude},     {"lang", edit.lang.empty() ? json() : json(edit.lang)},
          {"rotate", rotation_of(edit)}, {"corners", std::move(corners)},
          {"crop", std::move(crop)},     {"split", or_null(edit.split)}};
}

PageEdit parse_edit(const json& form) {
  JsonFields fields(form, "edit");
  PageEdit edit{.exclude = fields.boolean("exclude")};
  if (!fields.absent("lang")) {
    edit.lang = fields.line("lang", kLongestLanguage);
    if (!may_be_language(edit.lang)) fields.refuse("lang", not_a_language());
  }
  const double degrees = fields.number("rotate", 0, kFullTurn);
  if (degrees >= kFullTurn) fields.refuse("rotate", tr("must be less than {}", kFullTurn));
  set_rotation(edit, degrees);
  if (!fields.absent("corners")) {
    const json& list = fields.array("corners", 4);
    std::array<cv::Point2f, 4> corners;
    if (list.size() != corners.size())
      fields.refuse("corners",
                    tr("must be four points: upper left, upper right, lower right, lower left"));
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const std::vector<int> at = whole_numbers(fields, "corners", list[i], 2);
      corners.at(i) = cv::Point2f(static_cast<float>(at[0]), static_cast<float>(at[1]));
    }
    edit.corners = corners;
  }
  if (!fields.absent("crop")) {
    const std::vector<int> at = whole_numbers(fields, "crop", fields.array("crop", 4), 4);
    edit.crop = cv::Rect(at[0], at[1], at[2] - at[0], at[3] - at[1]);
  }
  if (!fields.absent("split"))
    edit.split = static_cast<int>(fields.whole("split", 1, DecodeLimits{}.max_side));
  fields.finish();
  return edit;
}

FilePage file_page_of(const Page& page) { return {.file = page.file, .page = page.origin.page}; }

std::vector<FilePage> excluded_pages(const std::vector<InputFile>& files) {
  std::vector<FilePage> excluded;
  for (const InputFile& file : files) {
    try {
      for (const auto& [page, edit] : parse_page_edits(edits_text(file.path)))
        if (edit.exclude) excluded.push_back({.file = file.path, .page = page});
    } catch (const Error&) {
      // Loading says what is wrong with them.
    }
  }
  return excluded;
}

EditedScan::EditedScan(FilePage page, const Roots& roots) : page_(std::move(page)) {
  require_inside(roots, edits_file(page_.file));
  const std::string text = edits_text(page_.file);
  edits_ = parse_page_edits(text);
  version_ = version_of(page_, text);
}

PageEdit EditedScan::edit() const {
  const auto found = edits_.find(page_.page);
  return found == edits_.end() ? PageEdit() : found->second;
}

json EditedScan::json() const {
  return {{"file", shown(page_.file.filename())},
          {"number", page_.page + 1},
          {"version", version_},
          {"edit", edit_json(edit())}};
}

Image EditedScan::scan() const {
  const std::vector<std::byte> bytes = read_page_file(page_.file, {});
  return open_pages(bytes, {})->decode(page_.page, true);
}

Image EditedScan::picture(const PageEdit& edit) const { return after(scan(), page_.page, edit); }

json EditedScan::proposal(const PageEdit& edit) const {
  const Image whole = scan();
  const Image rotated =
      after(whole, page_.page, PageEdit{.turns = edit.turns, .angle = edit.angle});
  PageEdit unsplit = edit;
  unsplit.split.reset();
  return {{"rotate", level_rotation(rotated.gray, edit)},
          {"corners", corners_of_sheet(rotated.gray)},
          {"split", or_null(gutter_of(after(whole, page_.page, unsplit).gray))}};
}

cv::Size EditedScan::size() const { return scan().gray.size(); }

void EditedScan::save(const PageEdit& edit) {
  (void)picture(edit);
  if (!edit.lang.empty() && edit.lang != this->edit().lang) {
    const std::string refusal = refusal_of_language(edit.lang, tessdata_folder(""));
    if (!refusal.empty()) throw HttpError(400, refusal);
  }
  keep(edit);
}

void EditedScan::keep(const PageEdit& edit) {
  edits_[page_.page] = edit;
  const std::string text = page_edits_text(edits_);
  const fs::path file = edits_file(page_.file);
  if (!text.empty()) {
    write_atomically(file, text);
  } else if (std::error_code failure; !fs::remove(file, failure) && failure) {
    throw Error(Errc::output_unwritable,
                tr("{}: can't be written: {}", shown(file), system_message(failure)));
  }
  version_ = version_of(page_, text);
}

}  // namespace ocrtune::server
