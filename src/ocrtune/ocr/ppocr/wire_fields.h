#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace ocrtune::ppocr {

/// Bytes as WireFields takes them.
inline std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The field of an ONNX file's entries of metadata.
inline constexpr std::uint64_t kOnnxMetadata = 14;

/// Reads the fields of a message in protocol buffers' wire format. The bytes must outlive it.
class WireFields {
 public:
  explicit WireFields(std::string_view message) : rest_(message) {}

  struct Field {
    std::uint64_t number = 0;
    std::string_view bytes = {};  ///< of a text or message; else empty
  };

  /// Nothing at the end, or where the message is damaged.
  std::optional<Field> next() {
    const std::optional<std::uint64_t> key = varint();
    if (!key) return std::nullopt;
    Field field{.number = *key >> 3U, .bytes = {}};
    switch (*key & 7U) {
      case 0:
        return varint() ? std::optional(field) : std::nullopt;
      case 1:
        return take(8) ? std::optional(field) : std::nullopt;
      case 5:
        return take(4) ? std::optional(field) : std::nullopt;
      case 2: {
        const std::optional<std::uint64_t> size = varint();
        if (!size) return std::nullopt;
        const auto bytes = take(*size);
        if (!bytes) return std::nullopt;
        field.bytes = *bytes;
        return field;
      }
      default:
        return std::nullopt;
    }
  }

  /// What follows the fields that were read.
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::optional<std::uint64_t> varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return value;
    }
    return std::nullopt;
  }

  std::optional<std::string_view> take(std::uint64_t count) {
    if (count > rest_.size()) return std::nullopt;
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  std::string_view rest_;
};

/// Key and value of an entry of an ONNX file's metadata.
inline std::pair<std::string_view, std::string_view> metadata_entry(std::string_view entry) {
  constexpr std::uint64_t kKey = 1;
  constexpr std::uint64_t kValue = 2;
  std::pair<std::string_view, std::string_view> found;
  WireFields fields(entry);
  while (const auto part = fields.next()) {
    if (part->number == kKey) found.first = part->bytes;
    if (part->number == kValue) found.second = part->bytes;
  }
  return found;
}

}  // namespace ocrtune::ppocr
