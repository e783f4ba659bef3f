#include "ocrtune/ocr/lstm/line_image.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/kernels/filter/leptonica_scale.h"

namespace ocrtune::lstm {
namespace {

using Histogram = std::array<int, 256>;

const l_uint32* row_of(PIX* pix, int y) {
  return pixGetData(pix) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix);
}

/// The gray below which `fraction` of a histogram's values lie, interpolated between grays as in
/// Tesseract's statistics; `otherwise`, counted once, if it is empty.
float quantile(const Histogram& histogram, double fraction, int otherwise) {
  int total = 0;
  for (const int count : histogram) total += count;
  if (total == 0) return static_cast<float>(otherwise + 1);
  const double target = std::clamp(fraction * total, 1.0, static_cast<double>(total));
  int sum = 0;
  std::size_t index = 0;
  while (index < histogram.size() && sum < target) sum += histogram[index++];
  return static_cast<float>(static_cast<double>(index) -
                            static_cast<double>(sum - target) / histogram[index - 1]);
}

struct Range {
  float black = 0;
  float contrast = 1;  ///< half of white − black
};

/// From the turning points of the middle row, which certainly crosses text.
Range measure_range(PIX* gray) {
  Histogram low{};
  Histogram high{};
  const int width = pixGetWidth(gray);
  const l_uint32* row = row_of(gray, pixGetHeight(gray) / 2);
  for (int x = 1; x + 1 < width; ++x) {
    const int before = GET_DATA_BYTE(row, x - 1);
    const int here = GET_DATA_BYTE(row, x);
    const int after = GET_DATA_BYTE(row, x + 1);
    const auto at = static_cast<std::size_t>(here);
    if ((here < before && here <= after) || (here <= before && here < after)) ++low[at];
    if ((here > before && here >= after) || (here >= before && here > after)) ++high[at];
  }
  Range range{.black = quantile(low, 0.25, 0)};
  const float white = quantile(high, 0.75, 255);
  range.contrast = (white - range.black) / 2.0F;
  if (range.contrast <= 0) range.contrast = 1;
  return range;
}

/// Half away from zero, the sum rounded to a float as in Tesseract.
int rounded(float value) {
  const float next = value >= 0 ? value + 0.5F : value - 0.5F;
  return static_cast<int>(std::trunc(next));
}

/// Pixels of an 8-bit image; `place` lies within it.
cv::Mat pixels_of(PIX* pix, cv::Rect place) {
  cv::Mat pixels(place.size(), CV_8UC1);
  for (int y = 0; y < place.height; ++y) {
    const l_uint32* row = row_of(pix, place.y + y);
    auto* to = pixels.ptr<std::uint8_t>(y);
    for (int x = 0; x < place.width; ++x) to[x] = GET_DATA_BYTE(row, place.x + x);
  }
  return pixels;
}

/// As pixScale does, of gray images in less time.
PixPtr scaled(PIX* pix, cv::Rect place, float scale) {
  if (pixGetDepth(pix) == 8) {
    if (const auto gray = scaled_as_leptonica(pixels_of(pix, place), scale)) return to_pix(*gray);
  }
  BOX* box = boxCreate(place.x, place.y, place.width, place.height);
  PixPtr cut(pixClipRectangle(pix, box, nullptr));
  boxDestroy(&box);
  if (cut && pixGetDepth(cut.get()) < 8) cut.reset(pixConvertTo8(cut.get(), 0));
  return PixPtr(cut ? pixScale(cut.get(), scale, scale) : nullptr);
}

/// The gray image at a network's height; the line itself if it already has that form.
PixPtr as_gray(const LineImage& line) {
  PIX* pix = line.pix.get();
  return PixPtr(pixGetDepth(pix) == 8 ? pixClone(pix) : pixConvertTo8(pix, 0));
}

}  // namespace

std::optional<LineImage> cut_line(PIX* page, const layout::Box& crop, int height, int min_width) {
  if (crop.empty()) return std::nullopt;
  const cv::Rect place(crop.left, pixGetHeight(page) - crop.top, crop.width(), crop.height());
  const MemoryWatch watch;
  LineImage line;
  line.scale = static_cast<float>(height) / static_cast<float>(place.height);
  line.pix = scaled(page, place, line.scale);
  if (!line.pix) {
    watch.check();
    return std::nullopt;
  }
  if (pixGetWidth(line.pix.get()) < min_width || pixGetHeight(line.pix.get()) < min_width)
    return std::nullopt;
  if (const int found = pixGetHeight(line.pix.get()); found != height) {
    if (pixGetDepth(line.pix.get()) != 8) line.pix.reset(pixConvertTo8(line.pix.get(), 0));
    if (!line.pix) return std::nullopt;
    const float again = static_cast<float>(height) / static_cast<float>(found);
    line.pix = scaled(line.pix.get(), {0, 0, pixGetWidth(line.pix.get()), found}, again);
    if (!line.pix || pixGetHeight(line.pix.get()) != height) return std::nullopt;
  }
  return line;
}

void to_input(const LineImage& line, bool integer, LineInput& input) {
  const PixPtr gray = as_gray(line);
  input.quantised.clear();
  input.values.clear();
  input.scale = line.scale;
  input.width = gray ? pixGetWidth(gray.get()) : 0;
  input.height = pixGetHeight(line.pix.get());
  if (!gray) return;
  const Range range = measure_range(gray.get());
  std::array<float, 256> values{};
  std::array<std::int8_t, 256> quantised{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = (static_cast<float>(i) - range.black) / range.contrast - 1.0F;
    // Far beyond the range of 8 bits, but bounded so that it fits an int.
    const float wide = std::clamp(128.0F * values[i], -1e6F, 1e6F);
    quantised[i] = static_cast<std::int8_t>(std::clamp(rounded(wide), -127, 127));
  }
  const auto size = static_cast<std::size_t>(input.width) * static_cast<std::size_t>(input.height);
  if (integer) {
    input.quantised.resize(size);
  } else {
    input.values.resize(size);
  }
  std::size_t at = 0;
  for (int y = 0; y < input.height; ++y) {
    const l_uint32* row = row_of(gray.get(), y);
    for (int x = 0; x < input.width; ++x, ++at) {
      const std::size_t pixel = GET_DATA_BYTE(row, x);
      if (integer) {
        input.quantised[at] = quantised[pixel];
      } else {
        input.values[at] = values[pixel];
      }
    }
  }
}

void invert(LineImage& line) { pixInvert(line.pix.get(), line.pix.get()); }

}  // namespace ocrtune::lstm
