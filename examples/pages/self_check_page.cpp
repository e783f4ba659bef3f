#include "pages/self_check_page.h"

#include <array>

#include "ocrtune/base/random.h"
#include "pages/degrade.h"
#include "pages/sheet.h"

namespace ocrtune::examples {
namespace {

/// A line of the page. Sizes and darkness differ, so that lines are scaled and stretched by
/// different factors.
struct Line {
  std::string_view text;
  Style style;
};

const std::array<Line, 4> kLines{{
    {"Invoice No. 4711/b: 3 × 1,234.56 € = 3,703.68 (-20%)",
     {.family = "Liberation Sans", .size_pt = 9}},
    {"Crème brûlée & café, Saint-Étienne; “naïf” œuvre", {.family = "EB Garamond", .size_pt = 12}},
    {"The quick brown fox jumps over 13 lazy dogs!",
     {.family = "Courier Prime", .size_pt = 10, .darkness = 0.45}},
    {"WEIGHT (kg)   07.80   TOTAL#1", {.family = "DejaVu Sans", .size_pt = 7.5}},
}};

}  // namespace

cv::Mat self_check_page() {
  constexpr double kWidth = 290;
  constexpr double kHeight = 64;
  constexpr double kMargin = 8;
  Sheet sheet(kWidth, kHeight, kSelfCheckDpi, Language::french);
  double y = kMargin;
  for (const Line& line : kLines) {
    y = sheet
            .text(line.text, line.style,
                  {.x = kMargin, .y = y, .width = kWidth - 2 * kMargin, .bottom = kHeight})
            .bottom;
  }
  Random random(1);
  cv::Mat page =
      degrade(sheet.gray(), random, SaltAndPepper{.share = 0.004, .pepper = 0.9, .contrast = 0.2});
  // Sixteen gray levels, for a small file.
  for (auto& level : cv::Mat_<unsigned char>(page))
    level = static_cast<unsigned char>((level + 8) / 17 * 17);
  return page;
}

}  // namespace ocrtune::examples
