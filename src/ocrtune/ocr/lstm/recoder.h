#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/ocr/lstm/byte_reader.h"

namespace ocrtune::lstm {

/// The sequence of network classes a unichar is written as.
struct Code {
  static constexpr int kMostLength = 9;
  std::array<int, kMostLength> at{};
  int length = 0;

  friend bool operator==(const Code&, const Code&) = default;
};

/// Between unichars and the network's classes (Tesseract's UnicharCompress). Immutable;
/// thread-safe.
class Recoder {
 public:
  /// Throws Error(dependency_missing) where the bytes are none.
  static Recoder parse(ByteReader& bytes);
  /// Every unichar is its own class.
  static Recoder pass_through(int unichars);

  /// Classes that codes are made of: 0 to classes() − 1.
  [[nodiscard]] int classes() const { return classes_; }
  /// The code of a unichar id in range.
  [[nodiscard]] const Code& encode(int unichar) const {
    return codes_[static_cast<std::size_t>(unichar)];
  }
  [[nodiscard]] int unichars() const { return static_cast<int>(codes_.size()); }
  /// The unichar of a whole code.
  [[nodiscard]] std::optional<int> decode(const Code& code) const;
  /// True where some code begins with the class.
  [[nodiscard]] bool starts(int code) const;
  /// Classes that go on, but do not end, a code that begins with `prefix`; empty: none.
  [[nodiscard]] std::span<const int> next(const Code& prefix) const;
  /// Classes that end a code that begins with `prefix`; empty: none.
  [[nodiscard]] std::span<const int> last(const Code& prefix) const;

 private:
  int classes_ = 0;
  std::vector<Code> codes_;
};

}  // namespace ocrtune::lstm
