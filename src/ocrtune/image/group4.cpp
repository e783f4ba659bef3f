#include "ocrtune/image/group4.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <span>

#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/image/pix.h"

namespace ocrtune {
namespace {

constexpr std::uint16_t kStripOffsets = 273;
constexpr std::uint16_t kStripByteCounts = 279;

/// A TIFF that this process has written: in its byte order.
class WrittenTiff {
 public:
  explicit WrittenTiff(std::span<const std::byte> bytes) : bytes_(bytes) {}

  /// The value of a field of one number; 0 if there is none.
  [[nodiscard]] std::size_t field(std::uint16_t tag) const {
    constexpr std::uint16_t kShort = 3;
    const std::size_t directory = number<std::uint32_t>(4);
    const auto count = number<std::uint16_t>(directory);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t entry = directory + 2 + 12 * i;
      if (number<std::uint16_t>(entry) != tag || number<std::uint32_t>(entry + 4) != 1) continue;
      return number<std::uint16_t>(entry + 2) == kShort ? number<std::uint16_t>(entry + 8)
                                                        : number<std::uint32_t>(entry + 8);
    }
    return 0;
  }

 private:
  template <typename Number>
  [[nodiscard]] Number number(std::size_t at) const {
    Number value = 0;
    if (at + sizeof value <= bytes_.size()) std::memcpy(&value, bytes_.data() + at, sizeof value);
    return value;
  }

  std::span<const std::byte> bytes_;
};

struct FreeWritten {
  void operator()(l_uint8* bytes) const { lept_free(bytes); }
};

}  // namespace

std::optional<std::vector<std::byte>> group4_of(const cv::Mat& black_and_white) {
  const MemoryWatch watch;
  const PixPtr gray = to_pix(black_and_white);
  constexpr l_int32 kMiddle = 128;
  const PixPtr bits(gray ? pixThresholdToBinary(gray.get(), kMiddle) : nullptr);
  l_uint8* data = nullptr;
  std::size_t size = 0;
  const bool written = bits && pixWriteMem(&data, &size, bits.get(), IFF_TIFF_G4) == 0;
  const std::unique_ptr<l_uint8, FreeWritten> owned(data);
  if (!written) {
    watch.check();
    return std::nullopt;
  }
  const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
  const WrittenTiff tiff(bytes);
  const std::size_t at = tiff.field(kStripOffsets);
  const std::size_t count = tiff.field(kStripByteCounts);
  if (at == 0 || count == 0 || at > size || count > size - at) return std::nullopt;
  const auto rows = bytes.subspan(at, count);
  return std::vector<std::byte>(rows.begin(), rows.end());
}

}  // namespace ocrtune
