#include "ocrtune/documents/page_resolution.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

namespace ocrtune {
namespace {

/// Of scanners and cameras, the commonest first.
constexpr std::array kUsualDpi{300.0, 200.0, 600.0, 400.0, 150.0, 240.0, 100.0, 75.0};

struct Paper {
  double width = 0;  // inches, upright
  double height = 0;
};

/// A4, letter, legal, A5, A3, the commonest first.
constexpr std::array kPapers{Paper{8.268, 11.693}, Paper{8.5, 11}, Paper{8.5, 14},
                             Paper{5.827, 8.268}, Paper{11.693, 16.535}};

std::optional<double> by_paper(double shorter, double longer) {
  constexpr double kTolerance = 0.015;
  for (const Paper& paper : kPapers) {
    for (const double dpi : kUsualDpi) {
      if (std::abs(shorter / dpi / paper.width - 1) < kTolerance &&
          std::abs(longer / dpi / paper.height - 1) < kTolerance)
        return dpi;
    }
  }
  return std::nullopt;
}

double nearest_usual(double dpi) {
  return *std::ranges::min_element(kUsualDpi, {},
                                   [&](double usual) { return std::abs(std::log(usual / dpi)); });
}

/// From the height of words: half of them are higher than small letters without ascenders.
std::optional<double> by_text(const OcrResult& page) {
  constexpr std::size_t kMinWords = 8;
  constexpr double kWordInches = 7.0 / 72;  // of print of 10 to 11 points
  std::vector<int> heights;
  for (const Word& word : page.words) {
    const int height = std::min(word.bottom - word.top, word.right - word.left);
    if (height > 0) heights.push_back(height);
  }
  if (heights.size() < kMinWords) return std::nullopt;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::ranges::nth_element(heights, middle);
  return nearest_usual(*middle / kWordInches);
}

}  // namespace

double guessed_dpi(const OcrResult& page) {
  const double shorter = std::max(1, std::min(page.width, page.height));
  const double longer = std::max(1, std::max(page.width, page.height));
  if (const auto dpi = by_paper(shorter, longer)) return *dpi;
  if (const auto dpi = by_text(page)) return *dpi;
  return nearest_usual(longer / kPapers.front().height);
}

}  // namespace ocrtune
