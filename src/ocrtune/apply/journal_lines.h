#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ocrtune {

/// Reads the whole lines of a file one by one. Not thread-safe.
class LineReader {
 public:
  /// `descriptor`: must stay open. `from`: where a line begins.
  explicit LineReader(int descriptor, std::uint64_t from = 0)
      : descriptor_(descriptor), at_(from) {}

  /// The next line without its end, valid until the next call; nothing if there is no further
  /// whole one. Throws std::system_error if the file cannot be read, and std::length_error if it
  /// has a line that is longer than any record.
  std::optional<std::string_view> next();

  /// Where the last line that was read ends in the file.
  [[nodiscard]] std::uint64_t end() const { return at_; }

 private:
  [[nodiscard]] bool read_more();

  int descriptor_;
  std::uint64_t at_;
  std::string buffer_;        // of the file, from at_ - begin_ on
  std::size_t begin_ = 0;     // what is not read yet, in the buffer
  std::size_t searched_ = 0;  // up to where there is no end of a line
};

/// What resuming needs of a record.
struct RecordKey {
  std::string page;    ///< as AppliedPage
  std::string pixels;  ///< as AppliedPage
  std::string models;  ///< as AppliedPage
};

/// The key of a record in a line of a journal, without reading what is behind the key; nothing if
/// the line is damaged before its end.
std::optional<RecordKey> key_of(std::string_view line);

}  // namespace ocrtune
