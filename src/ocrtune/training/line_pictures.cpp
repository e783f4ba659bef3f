#include "ocrtune/training/line_pictures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/base/random.h"

namespace ocrtune::training {
namespace {

/// Corners further away than this are moved here: cv::fillPoly computes with few bits.
constexpr std::int64_t kFarthestFromPage = 10'000;

/// The outline on the page, near it.
std::vector<cv::Point> points_of(const TrainingLine& line, const cv::Size& page) {
  std::vector<cv::Point> points;
  for (const Corner& corner : line.outline) {
    points.emplace_back(static_cast<int>(std::clamp<std::int64_t>(corner.x, -kFarthestFromPage,
                                                                  page.width + kFarthestFromPage)),
                        static_cast<int>(std::clamp<std::int64_t>(
                            corner.y, -kFarthestFromPage, page.height + kFarthestFromPage)));
  }
  if (points.empty()) points.emplace_back(0, 0);
  return points;
}

/// The part of the page in a rectangle; of one beyond the page the nearest pixels.
cv::Rect within(const cv::Size& page, const cv::Rect& rect) {
  const int left = std::clamp(rect.x, 0, page.width - 1);
  const int top = std::clamp(rect.y, 0, page.height - 1);
  const int right = std::clamp(rect.x + rect.width, left + 1, page.width);
  const int bottom = std::clamp(rect.y + rect.height, top + 1, page.height);
  return {left, top, right - left, bottom - top};
}

/// A level that a third of the pixels is brighter than: of a line's pixels most are paper.
uchar paper_of(const cv::Mat& gray) {
  std::array<std::int64_t, 256> counts{};
  for (int y = 0; y < gray.rows; ++y) {
    const uchar* row = gray.ptr<uchar>(y);
    for (int x = 0; x < gray.cols; ++x) ++counts[row[x]];
  }
  std::int64_t left = static_cast<std::int64_t>(gray.total()) * 2 / 3;
  std::size_t level = 0;
  while (level < 255 && left >= counts[level]) left -= counts[level++];
  return static_cast<uchar>(level);
}

/// Gives what is further than `margin` from the outline the colour of the paper.
void mask(cv::Mat& crop, std::vector<cv::Point> outline, const cv::Point& origin, int margin,
          uchar paper) {
  for (cv::Point& point : outline) point -= origin;
  cv::Mat inside = cv::Mat::zeros(crop.size(), CV_8U);
  cv::fillPoly(inside, std::vector<std::vector<cv::Point>>{outline}, 255);
  const cv::Size around(2 * margin + 1, 2 * margin + 1);
  cv::dilate(inside, inside, cv::getStructuringElement(cv::MORPH_RECT, around));
  crop.setTo(paper, inside == 0);
}

/// The picture, scaled down if it is larger than a picture may be.
cv::Mat limited(const cv::Mat& picture) {
  const double scale = std::min({1.0, static_cast<double>(kMostLineHeight) / picture.rows,
                                 static_cast<double>(kMostLineWidth) / picture.cols});
  if (scale >= 1) return picture;
  cv::Mat smaller;
  const cv::Size size(std::max(1, static_cast<int>(picture.cols * scale)),
                      std::max(1, static_cast<int>(picture.rows * scale)));
  cv::resize(picture, smaller, size, 0, 0, cv::INTER_AREA);
  return smaller;
}

cv::Mat moved(const cv::Mat& picture, const Distortion& how, uchar paper) {
  if (how.shear == 0 && how.slope == 0 && how.x_scale == 1) return picture;
  const cv::Size size(
      std::max(1, cvCeil(picture.cols * how.x_scale + std::abs(how.shear) * picture.rows)),
      picture.rows + cvCeil(std::abs(how.slope) * picture.cols));
  const cv::Matx23d map(how.x_scale, how.shear, std::max(0.0, -how.shear * picture.rows), how.slope,
                        1, std::max(0.0, -how.slope * picture.cols));
  cv::Mat to;
  cv::warpAffine(picture, to, map, size, cv::INTER_LINEAR, cv::BORDER_CONSTANT, paper);
  return to;
}

/// Nearly normal: a sum of four uniform numbers, of integers that are the same on every machine.
void add_noise(cv::Mat& picture, double deviation, std::uint64_t seed) {
  constexpr double kMean = 4 * 32767.5;
  constexpr double kDeviation = 37837.2;  // of the sum: 65536 / sqrt(3)
  Random random(seed);
  for (int y = 0; y < picture.rows; ++y) {
    uchar* row = picture.ptr<uchar>(y);
    for (int x = 0; x < picture.cols; ++x) {
      const std::uint64_t bits = random.bits();
      const auto sum = static_cast<double>((bits & 0xFFFFU) + ((bits >> 16U) & 0xFFFFU) +
                                           ((bits >> 32U) & 0xFFFFU) + (bits >> 48U));
      row[x] = cv::saturate_cast<uchar>(row[x] + deviation * (sum - kMean) / kDeviation);
    }
  }
}

void change_strokes(cv::Mat& picture, Strokes strokes) {
  if (strokes == Strokes::unchanged) return;
  if (strokes == Strokes::binarized) {
    cv::threshold(picture, picture, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    return;
  }
  const int side = 2 + picture.rows / 100;
  const cv::Mat element = cv::getStructuringElement(cv::MORPH_RECT, {side, side});
  if (strokes == Strokes::thicker)
    cv::erode(picture, picture, element);
  else
    cv::dilate(picture, picture, element);
}

}  // namespace

Distortion distortion(std::uint64_t seed, int variant) {
  if (variant == 0) return {};
  Random random(mix64(seed) ^ static_cast<std::uint64_t>(variant));
  Distortion how;
  how.margin = random.uniform(0.02, 0.12);
  how.masked = random.chance(0.5);
  how.shear = random.uniform(-0.1, 0.1);
  how.slope = random.uniform(-0.01, 0.01);
  how.x_scale = random.uniform(0.94, 1.06);
  how.noise_seed = random.bits();
  const double kind = random.uniform();
  if (kind < 0.25)
    how.blur = random.uniform(0.005, 0.015);
  else if (kind < 0.4)
    how.noise = random.uniform(4, 12);
  else if (kind < 0.55)
    how.strokes = Strokes::binarized;
  else if (kind < 0.65)
    how.strokes = Strokes::thicker;
  else if (kind < 0.75)
    how.strokes = Strokes::thinner;
  return how;
}

cv::Mat line_picture(const cv::Mat& page, const TrainingLine& line, const Distortion& how) {
  const std::vector<cv::Point> outline = points_of(line, page.size());
  const cv::Rect box = cv::boundingRect(outline);
  const int margin =
      std::clamp(static_cast<int>(std::lround(how.margin * box.height)), 0, kMostLineHeight);
  const cv::Rect around = within(page.size(), {box.x - margin, box.y - margin,
                                               box.width + 2 * margin, box.height + 2 * margin});
  cv::Mat picture = page(around).clone();
  const uchar paper = paper_of(picture);
  if (how.masked) mask(picture, outline, around.tl(), margin, paper);
  picture = limited(moved(limited(picture), how, paper));
  if (how.blur > 0) {
    const double sigma = how.blur * picture.rows;
    cv::GaussianBlur(picture, picture, {}, sigma, sigma, cv::BORDER_REPLICATE);
  }
  if (how.noise > 0) add_noise(picture, how.noise, how.noise_seed);
  change_strokes(picture, how.strokes);
  return picture;
}

cv::Mat reduced_to_height(const cv::Mat& picture, int height) {
  if (picture.rows <= height) return picture;
  const double scale = static_cast<double>(height) / picture.rows;
  cv::Mat smaller;
  cv::resize(picture, smaller, {std::max(1, cvRound(picture.cols * scale)), height}, 0, 0,
             cv::INTER_AREA);
  return smaller;
}

}  // namespace ocrtune::training
