#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "ocrtune/base/translation.h"

namespace ocrtune::tessdata {

/// Reads the little-endian values of a component of a .traineddata file, which may be hostile:
/// every read is checked first, and lengths are compared with the bytes that are left before memory
/// is allocated. All reads throw Error(dependency_missing) naming the component and the byte if it
/// ends too early or has an impossible value.
class ByteReader {
 public:
  /// Borrows `bytes`; `name` is their name in messages.
  ByteReader(std::span<const std::uint8_t> bytes, std::string name)
      : bytes_(bytes), name_(std::move(name)) {}

  /// The next number.
  template <typename T>
  requires std::is_arithmetic_v<T> T number() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  /// The next `count` numbers.
  template <typename T>
  requires std::is_arithmetic_v<T> std::vector<T> numbers(std::uint64_t count) {
    if (count > left() / sizeof(T)) fail(tr("more values than the file holds"));
    std::vector<T> values(count);
    if (count > 0) std::memcpy(values.data(), take(count * sizeof(T)).data(), count * sizeof(T));
    return values;
  }

  /// Checks that a number is in `low` to `high` and returns it; `what` names it.
  std::int64_t in_range(std::int64_t value, std::int64_t low, std::int64_t high, const char* what);

  /// A length of 32 bits, then that many characters.
  std::string text();

  /// The next line with its line feed, cut off after `most` bytes; empty only at the end.
  std::string_view line(std::size_t most);

  /// The next `count` bytes.
  std::span<const std::uint8_t> take(std::size_t count);

  [[nodiscard]] std::size_t left() const { return bytes_.size() - position_; }
  [[nodiscard]] std::size_t position() const { return position_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  /// Throws Error(dependency_missing): "NAME, byte N: WHAT".
  [[noreturn]] void fail(const std::string& what) const;

 private:
  std::span<const std::uint8_t> bytes_;
  std::string name_;
  std::size_t position_ = 0;
};

}  // namespace ocrtune::tessdata
