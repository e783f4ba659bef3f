#include "ocrtune/ocr/binarize.h"

#include <array>
#include <cstdint>
#include <new>
#include <vector>

namespace ocrtune {
namespace {

using Histogram = std::array<int, 256>;

/// A channel's threshold and the side of it that is ink.
struct Channel {
  enum class Ink { none, dark, bright };
  int threshold = -1;
  Ink ink = Ink::none;
  bool telling = false;  ///< ink is clearly the smaller part
  int larger = 0;        ///< pixels on the larger side
};

/// Otsu's split of a histogram: the gray level, and the number of pixels up to it.
struct Split {
  int threshold = -1;
  int below = 0;
  int total = 0;
};

Split otsu(const Histogram& histogram) {
  Split split;
  double sum = 0;
  for (std::size_t i = 0; i < histogram.size(); ++i) {
    split.total += histogram[i];
    sum += static_cast<double>(i) * histogram[i];
  }
  int below = 0;
  double below_sum = 0;
  double best = 0;
  for (std::size_t t = 0; t + 1 < histogram.size(); ++t) {
    below += histogram[t];
    below_sum += static_cast<double>(t) * histogram[t];
    if (below == 0) continue;
    const int above = split.total - below;
    if (above == 0) break;
    double variance = (sum - below_sum) / above - below_sum / below;
    variance *= variance * below * above;
    if (split.threshold < 0 || variance > best) {
      best = variance;
      split.threshold = static_cast<int>(t);
      split.below = below;
    }
  }
  return split;
}

Channel measure(const Histogram& histogram) {
  const Split split = otsu(histogram);
  Channel channel;
  if (split.below == 0 || split.below == split.total) return channel;
  channel.threshold = split.threshold;
  const bool mostly_bright = split.below < split.total * 0.5;
  channel.larger = mostly_bright ? split.total - split.below : split.below;
  channel.telling = split.below > split.total * 0.75 || split.below < split.total * 0.25;
  channel.ink = mostly_bright ? Channel::Ink::dark : Channel::Ink::bright;
  return channel;
}

/// The byte at x of a row of Leptonica's 32-bit words.
int byte_at(const l_uint32* row, int x) { return GET_DATA_BYTE(row, x); }

std::vector<Channel> channels_of(PIX* page) {
  const int count = pixGetDepth(page) / 8;
  const int width = pixGetWidth(page);
  const int height = pixGetHeight(page);
  std::vector<Histogram> histograms(static_cast<std::size_t>(count), Histogram{});
  // Neighbouring pixels are often equal; with four tables their counts need not wait for each
  // other.
  std::array<Histogram, 4> parts{};
  for (int y = 0; y < height; ++y) {
    const l_uint32* row = pixGetData(page) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(page);
    if (count == 1) {
      const int words = width / 4;
      for (int w = 0; w < words; ++w) {
        const l_uint32 word = row[w];
        ++parts[0][word & 255U];
        ++parts[1][(word >> 8U) & 255U];
        ++parts[2][(word >> 16U) & 255U];
        ++parts[3][word >> 24U];
      }
      for (int x = words * 4; x < width; ++x) ++parts[0][static_cast<std::size_t>(byte_at(row, x))];
    } else {
      for (int x = 0; x < width * count; ++x) {
        ++histograms[static_cast<std::size_t>(x % count)]
                    [static_cast<std::size_t>(byte_at(row, x))];
      }
    }
  }
  if (count == 1)
    for (const Histogram& part : parts)
      for (std::size_t i = 0; i < part.size(); ++i) histograms[0][i] += part[i];
  std::vector<Channel> channels;
  channels.reserve(histograms.size());
  for (const Histogram& histogram : histograms) channels.push_back(measure(histogram));
  return channels;
}

/// If no channel is telling, only the one with the greatest `larger` counts.
void choose(std::vector<Channel>& channels) {
  Channel* best = nullptr;
  for (Channel& channel : channels) {
    if (channel.telling) {
      best = nullptr;
      break;
    }
    if (channel.ink != Channel::Ink::none && (best == nullptr || channel.larger > best->larger))
      best = &channel;
  }
  for (Channel& channel : channels)
    if (!channel.telling && &channel != best) channel.ink = Channel::Ink::none;
}

bool is_ink(const std::vector<Channel>& channels, const l_uint32* row, int x) {
  const int count = static_cast<int>(channels.size());
  for (int c = 0; c < count; ++c) {
    const Channel& channel = channels[static_cast<std::size_t>(c)];
    if (channel.ink == Channel::Ink::none) continue;
    const bool above = byte_at(row, x * count + c) > channel.threshold;
    if (above == (channel.ink == Channel::Ink::bright)) return true;
  }
  return false;
}

/// Compares the four pixels of a word of a gray row with a threshold at once.
class FourPixels {
 public:
  explicit FourPixels(int threshold)
      : high_(threshold >= 128),
        add_((high_ ? 255U - static_cast<l_uint32>(threshold)
                    : 127U - static_cast<l_uint32>(threshold)) *
             0x01010101U) {}

  /// A bit for each pixel, the leftmost highest: whether it is above the threshold.
  [[nodiscard]] l_uint32 above(l_uint32 word) const {
    // The sum of the lower seven bits carries into the eighth, but not into the next byte.
    const l_uint32 sum = (word & 0x7F7F7F7FU) + add_;
    const l_uint32 bits = ((high_ ? sum & word : sum | word) & 0x80808080U) >> 7U;
    return (bits | bits >> 7U | bits >> 14U | bits >> 21U) & 0xFU;
  }

 private:
  bool high_;
  l_uint32 add_;
};

}  // namespace

PixPtr binarize(PIX* page) {
  const int depth = pixGetDepth(page);
  if (depth == 1) return PixPtr(pixCopy(nullptr, page));
  if (depth != 8 && depth != 32) return nullptr;
  const int width = pixGetWidth(page);
  const int height = pixGetHeight(page);
  PixPtr binary(pixCreate(width, height, 1));
  if (!binary) throw std::bad_alloc();
  std::vector<Channel> channels = channels_of(page);
  choose(channels);
  const bool gray = channels.size() == 1;
  // A page with a single gray level is white.
  if (gray && channels[0].ink == Channel::Ink::none) return binary;
  const l_uint32 inverted = gray && channels[0].ink == Channel::Ink::dark ? 0xFU : 0U;
  const FourPixels four(gray ? channels[0].threshold : 0);
  for (int y = 0; y < height; ++y) {
    const l_uint32* row = pixGetData(page) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(page);
    l_uint32* out =
        pixGetData(binary.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(binary.get());
    int x = 0;
    if (gray) {
      for (; x + 32 <= width; x += 32) {
        l_uint32 bits = 0;
        for (int w = 0; w < 8; ++w) bits = bits << 4U | (four.above(row[x / 4 + w]) ^ inverted);
        out[x / 32] = bits;
      }
    }
    for (; x < width; ++x)
      if (is_ink(channels, row, x)) SET_DATA_BIT(out, x);
  }
  return binary;
}

}  // namespace ocrtune
