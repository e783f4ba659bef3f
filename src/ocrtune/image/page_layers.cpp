#include "ocrtune/image/page_layers.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <span>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/opencv_codecs.h"
#include "ocrtune/image/picture.h"
#include "ocrtune/image/png_rows.h"

namespace ocrtune {
namespace {

/// Of the page that a place of the output was made from.
class PagePixels {
 public:
  PagePixels(const Image& output, const Image& page)
      : map_(output.to_page), pixels_(page.colour.empty() ? page.gray : page.colour) {}

  [[nodiscard]] int channels() const { return pixels_.channels(); }

  /// The samples at the middle of a pixel of the output; null outside of the page.
  [[nodiscard]] const uchar* at(int x, int y) const {
    if (!map_.is_identity()) {
      const cv::Point2d place = map_({x + 0.5, y + 0.5});
      // Also false for what is no number.
      if (!(place.x >= 0 && place.y >= 0 && place.x < pixels_.cols && place.y < pixels_.rows))
        return nullptr;
      x = static_cast<int>(place.x);
      y = static_cast<int>(place.y);
    }
    if (x >= pixels_.cols || y >= pixels_.rows) return nullptr;
    return pixels_.ptr<uchar>(y) + static_cast<std::ptrdiff_t>(x) * pixels_.channels();
  }

 private:
  const PageMap& map_;
  const cv::Mat& pixels_;
};

/// Sums of the pixels of the cells of a background, and their numbers.
struct Sums {
  cv::Mat values;  ///< CV_32F, channels of the page
  cv::Mat counts;  ///< CV_32F
};

cv::Mat square(int radius) { return cv::Mat::ones(2 * radius + 1, 2 * radius + 1, CV_8UC1); }

/// Of all pixels but ink and what it casts around it.
Sums sums_around_ink(const cv::Mat& output, const PagePixels& page, double cell) {
  constexpr double kCast = 0.7;
  const int radius = std::max(1, static_cast<int>(std::lround(kCast * cell)));
  cv::Mat paper;
  cv::erode(output, paper, square(radius));
  const int columns = std::max(1, static_cast<int>(std::lround(output.cols / cell)));
  const int rows = std::max(1, static_cast<int>(std::lround(output.rows / cell)));
  const int channels = page.channels();
  Sums sums{.values = cv::Mat::zeros(rows, columns, CV_32FC(channels)),
            .counts = cv::Mat::zeros(rows, columns, CV_32FC1)};
  for (int y = 0; y < output.rows; ++y) {
    const int row = static_cast<int>(std::int64_t{y} * rows / output.rows);
    auto* values = sums.values.ptr<float>(row);
    auto* counts = sums.counts.ptr<float>(row);
    const auto* is_paper = paper.ptr<uchar>(y);
    for (int x = 0; x < output.cols; ++x) {
      if (is_paper[x] == 0) continue;
      const uchar* pixel = page.at(x, y);
      if (pixel == nullptr) continue;
      const int column = static_cast<int>(std::int64_t{x} * columns / output.cols);
      for (int i = 0; i < channels; ++i) values[column * channels + i] += pixel[i];
      ++counts[column];
    }
  }
  return sums;
}

/// The means of the cells; those of cells without pixels from coarser cells around them.
cv::Mat filled_means(const Sums& sums) {
  constexpr float kWhite = 255;
  const cv::Size size = sums.counts.size();
  const int channels = sums.values.channels();
  cv::Mat around(size, CV_32FC(channels), cv::Scalar::all(kWhite));
  const bool has_gaps = cv::countNonZero(sums.counts) < static_cast<int>(sums.counts.total());
  if (has_gaps && size.area() > 1) {
    const cv::Size half((size.width + 1) / 2, (size.height + 1) / 2);
    Sums coarser;
    cv::resize(sums.values, coarser.values, half, 0, 0, cv::INTER_AREA);
    cv::resize(sums.counts, coarser.counts, half, 0, 0, cv::INTER_AREA);
    cv::resize(filled_means(coarser), around, size, 0, 0, cv::INTER_LINEAR);
  }
  for (int y = 0; y < size.height; ++y) {
    const auto* values = sums.values.ptr<float>(y);
    const auto* counts = sums.counts.ptr<float>(y);
    auto* means = around.ptr<float>(y);
    for (int x = 0; x < size.width; ++x) {
      if (counts[x] <= 0) continue;
      for (int i = 0; i < channels; ++i)
        means[x * channels + i] = values[x * channels + i] / counts[x];
    }
  }
  return around;
}

/// The lower quartile of each channel where ink is, away from its edges if it has an inside: stains
/// and faint lines are lighter than letters.
std::array<std::uint8_t, 3> ink_colour(const cv::Mat& output, const PagePixels& page) {
  cv::Mat inside;
  cv::dilate(output, inside, square(1));
  if (cv::countNonZero(inside) == static_cast<int>(inside.total())) inside = output;
  std::array<std::array<std::int64_t, 256>, 3> levels{};
  for (int y = 0; y < inside.rows; ++y) {
    const auto* row = inside.ptr<uchar>(y);
    for (int x = 0; x < inside.cols; ++x) {
      const uchar* pixel = row[x] == 0 ? page.at(x, y) : nullptr;
      if (pixel == nullptr) continue;
      for (std::size_t i = 0; i < levels.size(); ++i)
        ++levels.at(2 - i).at(pixel[page.channels() == 1 ? 0 : i]);
    }
  }
  std::array<std::uint8_t, 3> colour{};
  for (std::size_t i = 0; i < colour.size(); ++i) {
    const auto& of_channel = levels.at(i);
    const std::int64_t all = std::accumulate(of_channel.begin(), of_channel.end(), std::int64_t{0});
    std::int64_t below = 0;
    std::size_t level = 0;
    while (level < 255 && 4 * (below + of_channel.at(level)) < all) below += of_channel.at(level++);
    colour.at(i) = static_cast<std::uint8_t>(level);
  }
  return colour;
}

Facsimile background_image(const cv::Mat& means, const Image& output) {
  cv::Mat pixels;
  means.convertTo(pixels, CV_8U);
  std::vector<uchar> jpeg;
  if (!encode_image(".jpg", pixels, jpeg,
                    {cv::IMWRITE_JPEG_QUALITY, kBackgroundQuality, cv::IMWRITE_JPEG_OPTIMIZE, 1}))
    throw Error(Errc::input_unreadable, tr("its pixels can't be encoded"));
  const auto bytes = std::as_bytes(std::span(jpeg));
  return {.coding = Facsimile::Coding::jpeg,
          .width = pixels.cols,
          .height = pixels.rows,
          .channels = pixels.channels(),
          .bits = 8,
          .palette = {},
          .data = {bytes.begin(), bytes.end()},
          .dpi = output.dpi};
}

}  // namespace

std::optional<PageLayers> layers_of(const Image& output, const Image& page) {
  if (!is_black_and_white(output.gray) || (page.colour.empty() && is_black_and_white(page.gray)))
    return std::nullopt;
  constexpr double kUnstated = 3;
  const double dpi = std::sqrt(output.dpi.x * output.dpi.y);
  const double cell = std::max(1.0, dpi > 0 ? dpi / kBackgroundDpi : kUnstated);
  const PagePixels pixels(output, page);
  const cv::Mat means = filled_means(sums_around_ink(output.gray, pixels, cell));
  return PageLayers{.mask = shortest_facsimile(output.gray, output.dpi),
                    .background = {.image = background_image(means, output),
                                   .ink = ink_colour(output.gray, pixels)}};
}

}  // namespace ocrtune
