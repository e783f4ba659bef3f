#include "ocrtune/corpus/page_edits.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/language_names.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/toml_text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/turned_page.h"

namespace ocrtune {
namespace {

constexpr DecodeLimits kUsual;
constexpr std::int64_t kMaxPages = kUsual.max_pages;
constexpr std::int64_t kLargest = kUsual.max_side;  // px
constexpr int kFullTurn = 360;
constexpr int kQuarterTurn = 90;

[[noreturn]] void refuse(const std::string& what) { throw Error(Errc::input_unreadable, what); }

/// One [[page]] of the file.
class PageTable {
 public:
  explicit PageTable(const toml::table& table) : table_(table) {
    number_ = static_cast<int>(whole("number", 1, kMaxPages).value_or(1));
    const std::set<std::string_view> known{"number",  "exclude", "lang", "rotate",
                                           "corners", "crop",    "split"};
    for (const auto& [key, value] : table) {
      if (!known.contains(key.str())) wrong(key.str(), tr("is unknown"));
    }
  }

  [[nodiscard]] int index() const { return number_ - 1; }

  [[nodiscard]] PageEdit edit() const {
    PageEdit edit;
    if (const toml::node* node = table_.get("exclude")) {
      const auto value = node->value_exact<bool>();
      if (!value) wrong("exclude", tr("must be true or false"));
      edit.exclude = *value;
    }
    if (const toml::node* node = table_.get("lang")) {
      const auto lang = node->value_exact<std::string>();
      if (!lang || !may_be_language(*lang)) wrong("lang", not_a_language());
      edit.lang = *lang;
    }
    if (const toml::node* node = table_.get("rotate")) {
      const auto degrees = node->value<double>();
      if (!node->is_number() || !degrees || !(*degrees >= 0 && *degrees < kFullTurn))
        wrong("rotate", tr("must be a number of degrees from 0 to below {}", kFullTurn));
      set_rotation(edit, *degrees);
    }
    if (const auto points = points_in("corners")) edit.corners = *points;
    if (const auto box = numbers("crop", 4)) {
      const std::vector<int>& at = *box;
      if (at[0] >= at[2] || at[1] >= at[3])
        wrong("crop", tr("must be left, top, right and bottom of a part of the page"));
      edit.crop = cv::Rect(cv::Point(at[0], at[1]), cv::Point(at[2], at[3]));
    }
    if (const auto at = whole("split", 1, kLargest)) edit.split = static_cast<int>(*at);
    return edit;
  }

 private:
  [[noreturn]] void wrong(std::string_view key, const std::string& what) const {
    refuse(tr("page {}: `{}` {}", number_, quotable(key, 60), what));
  }

  [[nodiscard]] std::optional<std::int64_t> whole(std::string_view key, std::int64_t low,
                                                  std::int64_t high) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < low || *value > high)
      wrong(key, tr("must be a whole number from {} to {}", low, high));
    return value;
  }

  [[nodiscard]] std::vector<int> numbers_of(std::string_view key, const toml::node& node,
                                            std::size_t count) const {
    const toml::array* list = node.as_array();
    std::vector<int> found;
    for (std::size_t i = 0; list != nullptr && i < list->size() && i <= count; ++i) {
      const auto value = list->get(i)->value_exact<std::int64_t>();
      if (value && *value >= 0 && *value <= kLargest) found.push_back(static_cast<int>(*value));
    }
    if (list == nullptr || found.size() != count || list->size() != count)
      wrong(key, tr("must have {} whole numbers from 0 to {}", count, kLargest));
    return found;
  }

  [[nodiscard]] std::optional<std::vector<int>> numbers(std::string_view key,
                                                        std::size_t count) const {
    const toml::node* node = table_.get(key);
    return node == nullptr ? std::nullopt : std::optional(numbers_of(key, *node, count));
  }

  [[nodiscard]] std::optional<std::array<cv::Point2f, 4>> points_in(std::string_view key) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return std::nullopt;
    const toml::array* list = node->as_array();
    if (list == nullptr || list->size() != 4)
      wrong(key, tr("must be four points: upper left, upper right, lower right, lower left"));
    std::array<cv::Point2f, 4> points;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const std::vector<int> at = numbers_of(key, *list->get(i), 2);
      points.at(i) = cv::Point2f(static_cast<float>(at[0]), static_cast<float>(at[1]));
    }
    if (!goes_round(points))
      wrong(key, tr("must be four points: upper left, upper right, lower right, lower left"));
    return points;
  }

  /// True if the points are the corners of a convex quadrilateral, clockwise on the page.
  static bool goes_round(const std::array<cv::Point2f, 4>& points) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      const cv::Point2f along = points.at((i + 1) % 4) - points.at(i);
      const cv::Point2f next = points.at((i + 2) % 4) - points.at((i + 1) % 4);
      if (along.cross(next) <= 0) return false;
    }
    return true;
  }

  const toml::table& table_;
  int number_ = 1;
};

/// Does the same with the gray pixels and the coloured ones.
template <class Change>
void change_pixels(Image& image, Change change) {
  image.gray = change(image.gray);
  if (!image.colour.empty()) image.colour = change(image.colour);
}

void straighten(Image& image, const std::array<cv::Point2f, 4>& corners,
                const DecodeLimits& limits) {
  const cv::Rect2f page(0, 0, static_cast<float>(image.gray.cols + 1),
                        static_cast<float>(image.gray.rows + 1));
  if (!std::ranges::all_of(corners, [&](const cv::Point2f& at) { return page.contains(at); }))
    refuse(tr("`corners` must be within the page, {} x {} px", image.gray.cols, image.gray.rows));
  const auto side = [&](std::size_t a, std::size_t b) {
    return cv::norm(corners.at(a) - corners.at(b));
  };
  const double width = std::round(std::max(side(0, 1), side(3, 2)));
  const double height = std::round(std::max(side(0, 3), side(1, 2)));
  check_size(width, height, limits);
  const cv::Size size(static_cast<int>(width), static_cast<int>(height));
  const auto w = static_cast<float>(width);
  const auto h = static_cast<float>(height);
  const std::array<cv::Point2f, 4> sheet{cv::Point2f(0, 0), {w, 0}, {w, h}, {0, h}};
  const cv::Mat map = cv::getPerspectiveTransform(corners.data(), sheet.data());
  change_pixels(image, [&](const cv::Mat& pixels) {
    cv::Mat result;
    cv::warpPerspective(pixels, result, map, size, cv::INTER_CUBIC, cv::BORDER_REPLICATE);
    return result;
  });
}

/// A mask of the pixels that are paper, or the lighter ones at least.
cv::Mat paper_of(const cv::Mat& gray) {
  cv::Mat paper;
  cv::threshold(gray, paper, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
  return cv::countNonZero(paper) > 0 ? paper : cv::Mat(gray.size(), CV_8UC1, cv::Scalar(255));
}

/// Rotates about the middle, onto a page that all of it fits on.
void rotate(Image& image, double degrees, const DecodeLimits& limits) {
  const double radians = degrees * std::numbers::pi / (2 * kQuarterTurn);
  const double along = std::cos(radians);
  const double down = std::sin(radians);
  const double width = image.gray.cols;
  const double height = image.gray.rows;
  const double wide = std::round(width * along + height * std::abs(down));
  const double high = std::round(width * std::abs(down) + height * along);
  check_size(wide, high, limits);
  // OpenCV's origin is the middle of the first pixel.
  const double x = (width - 1) / 2;
  const double y = (height - 1) / 2;
  const cv::Matx23d map(along, -down, (wide - 1) / 2 - along * x + down * y,  //
                        down, along, (high - 1) / 2 - down * x - along * y);
  const cv::Mat paper = paper_of(image.gray);
  change_pixels(image, [&](const cv::Mat& pixels) {
    cv::Mat result;
    cv::warpAffine(pixels, result, map, cv::Size(static_cast<int>(wide), static_cast<int>(high)),
                   cv::INTER_CUBIC, cv::BORDER_CONSTANT, cv::mean(pixels, paper));
    return result;
  });
}

void cut(Image& image, const cv::Rect& part) {
  change_pixels(image, [&](const cv::Mat& pixels) { return cv::Mat(pixels(part).clone()); });
}

}  // namespace

double rotation_of(const PageEdit& edit) {
  const double degrees = edit.turns * kQuarterTurn + edit.angle;
  return degrees < 0 ? degrees + kFullTurn : degrees;
}

void set_rotation(PageEdit& edit, double degrees) {
  constexpr double kSteps = 100;
  const double rounded = std::round(degrees * kSteps) / kSteps;
  const double turns = std::floor(rounded / kQuarterTurn + 0.5);
  edit.turns = static_cast<int>(turns) % 4;
  edit.angle = std::round((rounded - turns * kQuarterTurn) * kSteps) / kSteps;
}

bool changes_pages(const PageEdit& edit) {
  PageEdit pixels = edit;
  pixels.lang.clear();
  return pixels != PageEdit();
}

std::filesystem::path edits_file(const std::filesystem::path& page_file) {
  std::filesystem::path file = page_file;
  file += ".edit.toml";
  return file;
}

std::map<int, PageEdit> parse_page_edits(std::string_view toml) {
  const toml::table root = parse_toml(toml);
  for (const auto& [key, value] : root) {
    if (key.str() != "page" || !value.is_array_of_tables())
      refuse(tr("`{}` is unknown; edits are in [[page]]", quotable(key.str(), 60)));
  }
  std::map<int, PageEdit> edits;
  const toml::array* pages = root["page"].as_array();
  for (std::size_t i = 0; pages != nullptr && i < pages->size(); ++i) {
    const PageTable page(*pages->get(i)->as_table());
    if (!edits.emplace(page.index(), page.edit()).second)
      refuse(tr("page {}: is there twice", page.index() + 1));
  }
  return edits;
}

std::string page_edits_text(const std::map<int, PageEdit>& edits) {
  std::string text;
  const auto state = [&](std::string_view key, const auto& value) {
    text += fmt::format("{} = {}\n", key, value);
  };
  for (const auto& [page, edit] : edits) {
    if (edit == PageEdit()) continue;
    text += text.empty() ? "[[page]]\n" : "\n[[page]]\n";
    state("number", page + 1);
    if (edit.exclude) state("exclude", true);
    if (!edit.lang.empty()) state("lang", fmt::format("\"{}\"", edit.lang));
    if (rotation_of(edit) != 0) state("rotate", fmt::format("{:g}", rotation_of(edit)));
    if (edit.corners) {
      std::vector<std::array<long, 2>> points;
      for (const cv::Point2f& at : *edit.corners)
        points.push_back({std::lround(at.x), std::lround(at.y)});
      state("corners", points);
    }
    if (const auto& crop = edit.crop)
      state("crop", std::array{crop->x, crop->y, crop->br().x, crop->br().y});
    if (edit.split) state("split", *edit.split);
  }
  return text;
}

Image edited_page(const Image& page, const PageEdit& edit, int part, const DecodeLimits& limits) {
  Image image = turned_clockwise(page, edit.turns);
  if (edit.angle != 0) rotate(image, edit.angle, limits);
  if (edit.corners) straighten(image, *edit.corners, limits);
  const auto whole = [&] { return cv::Rect(0, 0, image.gray.cols, image.gray.rows); };
  if (edit.crop) {
    if ((*edit.crop & whole()) != *edit.crop)
      refuse(tr("`crop` must be within the page, {} x {} px", image.gray.cols, image.gray.rows));
    cut(image, *edit.crop);
  }
  if (edit.split) {
    cv::Rect side = whole();
    if (*edit.split >= side.width)
      refuse(tr("`split` must be within the page, {} px wide", side.width));
    side.x = part == 0 ? 0 : *edit.split;
    side.width = part == 0 ? *edit.split : side.width - *edit.split;
    cut(image, side);
  }
  return image;
}

}  // namespace ocrtune
