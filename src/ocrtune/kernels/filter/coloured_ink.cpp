#include "ocrtune/kernels/filter/coloured_ink.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace ocrtune {
namespace {

using Colour = cv::Vec3b;

constexpr int kSixth = 256;
constexpr int kCircle = 6 * kSixth;

/// Least difference between the levels of paper and black: with less, there are too few levels to
/// distinguish colours.
constexpr int kDarkestPaper = 24;
constexpr int kLightestBlack = 40;

struct Chroma {
  int least = 0;  // channel's level
  int most = 0;
  [[nodiscard]] int size() const { return most - least; }
};

Chroma chroma_of(const Colour& c) {
  return {std::min(c[0], std::min(c[1], c[2])), std::max(c[0], std::max(c[1], c[2]))};
}

int hue_of(const Colour& c, const Chroma& chroma) {
  const int size = chroma.size();
  const int blue = c[0];
  const int green = c[1];
  const int red = c[2];
  if (red == chroma.most) return (kSixth * (green - blue) / size + kCircle) % kCircle;
  if (green == chroma.most) return 2 * kSixth + kSixth * (blue - red) / size;
  return 4 * kSixth + kSixth * (red - green) / size;
}

int apart(int hue, int other) {
  const int distance = std::abs(hue - other);
  return std::min(distance, kCircle - distance);
}

/// 0 up to `none`, 255 from `all` on, linear in between.
int ramp(int value, int none, int all) {
  return 255 * (std::clamp(value, none, all) - none) / (all - none);
}

/// Membership of each hue in the choice, of 255.
using HueShares = std::array<uchar, kCircle>;

/// Colours 60 degrees apart share the hues between them.
constexpr int kNear = kSixth / 2 + kSixth / 8;
constexpr int kFar = kSixth - kSixth / 8;

HueShares shares_about(int hue) {
  HueShares shares{};
  for (int i = 0; i < kCircle; ++i)
    shares[static_cast<std::size_t>(i)] =
        static_cast<uchar>(255 - ramp(apart(i, hue), kNear, kFar));
  return shares;
}

/// The level that the darkest ink has in all channels: the quantile of 2 in 1000 of the pixels'
/// lowest channel. On coloured paper it would count as a colour.
int black_of(const cv::Mat& bgr) {
  std::array<std::int64_t, 256> counts{};
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* in = bgr.ptr<Colour>(y);
    for (int x = 0; x < bgr.cols; ++x) ++counts[static_cast<std::size_t>(chroma_of(in[x]).least)];
  }
  const auto beyond = static_cast<std::int64_t>(bgr.total() / 500);
  int black = 0;
  for (std::int64_t passed = 0; black < kLightestBlack; ++black) {
    passed += counts[static_cast<std::size_t>(black)];
    if (passed > beyond) break;
  }
  return black;
}

/// The number of levels between no light and all of it.
int levels_above(int black, int paper) { return std::max(paper - black, kDarkestPaper); }

/// The light of each pixel relative to the paper's.
cv::Mat light_of(const cv::Mat& bgr, const cv::Mat& paper, int black) {
  cv::Mat light(bgr.size(), CV_8UC3);
  // In 1/65536, by the paper's level: this takes half the time of a division per pixel.
  std::array<int, 256> share_of_level{};
  for (int level = 0; level < 256; ++level) {
    const int most = levels_above(black, level);
    share_of_level[static_cast<std::size_t>(level)] = (255 * 65536 + most / 2) / most;
  }
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* in = bgr.ptr<uchar>(y);
    const auto* white = paper.ptr<uchar>(y);
    auto* out = light.ptr<uchar>(y);
    for (int i = 0; i < 3 * bgr.cols; ++i) {
      const int own = std::max(0, in[i] - black);
      out[i] = static_cast<uchar>(std::min(255, (own * share_of_level[white[i]] + 32768) >> 16));
    }
  }
  return light;
}

/// Pixels that are certainly ink, by the light that it absorbs: gray, and by hue.
struct InkCounts {
  std::int64_t gray = 0;
  std::array<std::int64_t, 24> hues{};
};

constexpr int kHueBin = kCircle / 24;

/// Least absorption of ink; the paper's grain absorbs less.
constexpr int kFewestPixels = 64;

InkCounts count_ink(const cv::Mat& light) {
  InkCounts counts;
  for (int y = 0; y < light.rows; ++y) {
    const auto* in = light.ptr<Colour>(y);
    for (int x = 0; x < light.cols; ++x) {
      const Chroma chroma = chroma_of(in[x]);
      const int taken = 255 - chroma.least;
      if (taken < kFewestPixels) continue;
      if (6 * chroma.size() > taken) {
        ++counts.hues[static_cast<std::size_t>(hue_of(in[x], chroma) / kHueBin)];
      } else {
        ++counts.gray;
      }
    }
  }
  return counts;
}

/// All hues except those near the most frequent one; all hues if most ink is gray.
HueShares lesser_hues(const InkCounts& counts) {
  HueShares shares;
  shares.fill(255);
  constexpr int kBins = 24;
  int main = 0;
  std::int64_t most = 0;
  for (int i = 0; i < kBins; ++i) {
    std::int64_t around = 0;
    for (int beside = kBins - 2; beside <= kBins + 2; ++beside)
      around += counts.hues[static_cast<std::size_t>((i + beside) % kBins)];
    if (around > most) {
      most = around;
      main = i;
    }
  }
  if (most <= counts.gray) return shares;
  const HueShares kept = shares_about(main * kHueBin + kHueBin / 2);
  std::ranges::transform(kept, shares.begin(),
                         [](uchar share) { return static_cast<uchar>(255 - share); });
  return shares;
}

HueShares shares_of(const InkChoice& choice, const cv::Mat& light) {
  if (choice.hues == InkChoice::Hues::one) return shares_about(choice.hue);
  if (choice.hues == InkChoice::Hues::lesser) return lesser_hues(count_ink(light));
  HueShares all;
  all.fill(255);
  return all;
}

/// The median of the counted values.
int median_of(const std::array<std::int64_t, 257>& counts) {
  const std::int64_t all = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  std::int64_t passed = 0;
  int value = 0;
  while (value < 256 && 2 * (passed += counts[static_cast<std::size_t>(value)]) < all) ++value;
  return value;
}

}  // namespace

ColouredInk coloured_ink(const cv::Mat& bgr, const cv::Mat& paper, const InkChoice& choice) {
  CV_Assert(bgr.type() == CV_8UC3 && !bgr.empty());
  CV_Assert(paper.type() == CV_8UC3 && paper.size() == bgr.size());
  CV_Assert(choice.min_chroma >= 1);
  const int black = black_of(bgr);
  ColouredInk ink{
      .light = light_of(bgr, paper, black), .share = cv::Mat(bgr.size(), CV_8UC1), .black = black};
  const HueShares meant = shares_of(choice, ink.light);
  std::array<std::int64_t, 257> grays{};
  const int least = choice.min_chroma;
  int surest = 0;
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* in = ink.light.ptr<Colour>(y);
    auto* share = ink.share.ptr<uchar>(y);
    for (int x = 0; x < bgr.cols; ++x) {
      const Chroma chroma = chroma_of(in[x]);
      share[x] = 0;
      if (2 * chroma.size() <= least) continue;
      const int of_hue = meant[static_cast<std::size_t>(hue_of(in[x], chroma))];
      share[x] = static_cast<uchar>(of_hue * ramp(2 * chroma.size(), least, 2 * least) / 255);
      surest = std::max<int>(surest, share[x]);
      if (share[x] == 255) {
        const int gray = 64 * (255 - chroma.most) / chroma.size();
        ++grays[static_cast<std::size_t>(std::min(256, gray))];
      }
    }
  }
  ink.none = surest == 0;
  if (ink.none) return ink;
  ink.gray = median_of(grays);
  // The rims of strokes have weaker colours than their middle.
  cv::dilate(ink.share, ink.share, cv::Mat::ones(5, 5, CV_8UC1));
  return ink;
}

cv::Mat without_ink(const cv::Mat& bgr, const cv::Mat& paper, const ColouredInk& ink,
                    int strength) {
  CV_Assert(strength >= 0 && strength <= 512);
  if (ink.none || strength == 0) return bgr;
  cv::Mat out = bgr.clone();
  const int given_back = std::min(256, strength);
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* light = ink.light.ptr<Colour>(y);
    const auto* share = ink.share.ptr<uchar>(y);
    const auto* white = paper.ptr<Colour>(y);
    auto* pixel = out.ptr<Colour>(y);
    for (int x = 0; x < bgr.cols; ++x) {
      if (share[x] == 0) continue;
      const Chroma chroma = chroma_of(light[x]);
      const int own = (ink.gray * chroma.size() * std::max(256, strength) / 256 + 32) / 64;
      const int left = std::min(255, chroma.most + own);  // of the light, with gray ink alone
      for (int c = 0; c < 3; ++c) {
        const int most = levels_above(ink.black, white[x][c]);
        const int clean = std::min<int>(white[x][c], ink.black + left * most / 255);
        const int more = std::max(0, clean - pixel[x][c]);
        pixel[x][c] = static_cast<uchar>(pixel[x][c] + more * share[x] * given_back / (255 * 256));
      }
    }
  }
  return out;
}

}  // namespace ocrtune
