#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <vector>

namespace ocrtune::test {

using ModelBytes = std::vector<std::uint8_t>;

inline ModelBytes model_bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

/// Puts little-endian values one after the other: the opposite of tessdata::ByteReader.
class ByteWriter {
 public:
  template <typename T>
  requires std::is_arithmetic_v<T> ByteWriter& number(T value) {
    const std::size_t end = bytes_.size();
    bytes_.resize(end + sizeof value);
    std::memcpy(bytes_.data() + end, &value, sizeof value);
    return *this;
  }

  /// A length of 32 bits, then the characters.
  ByteWriter& text(std::string_view text) {
    return number(static_cast<std::uint32_t>(text.size())).raw(model_bytes_of(text));
  }

  ByteWriter& raw(const ModelBytes& bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }

  [[nodiscard]] const ModelBytes& bytes() const { return bytes_; }

 private:
  ModelBytes bytes_;
};

}  // namespace ocrtune::test
