#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace ocrtune {

/// The output of a process in a file of bounded size, from which older lines are dropped. Byte
/// positions are counted from the first byte ever written, so that they stay valid when lines are
/// dropped. Not thread-safe.
class BoundedLog {
 public:
  /// A part of the text and the position where it ends.
  struct Part {
    std::string text;
    std::uint64_t next = 0;
  };

  /// The log in `file`; an existing file is continued. `dropped`: what dropped() returned for it
  /// before. `most`: the number of bytes that it keeps.
  BoundedLog(std::filesystem::path file, std::uint64_t dropped, std::uint64_t most = kMax);

  /// Appends text. Text that cannot be written is lost: a full disk must not end the caller.
  void append(std::string_view text);

  /// The text from byte `from`, or from the first byte still kept, at most 256 KiB; no character is
  /// cut.
  [[nodiscard]] Part read(std::uint64_t from) const;

  /// Number of bytes that were dropped from the beginning.
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

  /// The last line that is not empty, as one printable line.
  [[nodiscard]] const std::string& last_line() const { return last_line_; }

  static constexpr std::uint64_t kMax = 8U << 20U;

 private:
  void note_last_line(std::string_view text);

  std::filesystem::path file_;
  std::uint64_t dropped_;
  std::uint64_t most_;
  std::uint64_t size_ = 0;
  std::string unfinished_;
  std::string last_line_;
};

}  // namespace ocrtune
