#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace ocrtune {

/// What a process says, in a file of bounded size whose older lines are dropped. Bytes are counted
/// from its beginning, so that places stay what they are. Not thread-safe.
class BoundedLog {
 public:
  /// A part of the text, and where it ends.
  struct Part {
    std::string text;
    std::uint64_t next = 0;
  };

  /// The log in `file`, gone on with where there is one. `dropped`: what dropped() said of it
  /// before. `most`: bytes that it keeps.
  BoundedLog(std::filesystem::path file, std::uint64_t dropped, std::uint64_t most = kMost);

  /// Adds text. Where it can't be written it is lost: a full disk must not end who logs.
  void append(std::string_view text);

  /// From byte `from` on, or from the first there still is, at most 256 KiB; no character is cut.
  [[nodiscard]] Part read(std::uint64_t from) const;

  /// Bytes that were dropped from its beginning.
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

  /// The last line it said that isn't empty, one printable line.
  [[nodiscard]] const std::string& last_line() const { return last_line_; }

  static constexpr std::uint64_t kMost = 8U << 20U;

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
