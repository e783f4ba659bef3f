#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "ocrtune/base/kept_values.h"
#include "ocrtune/image/limits.h"

namespace ocrtune {

/// The parts of a PDF at which a parser failed before, on this machine with this version of ocrtune
/// and of the libraries (pdf_failures.json in cache_folder()). Not thread-safe.
class FailedParts {
 public:
  /// Of this file, where a parser may use `memory` bytes: what failed with less is tried again.
  explicit FailedParts(std::span<const std::byte> pdf,
                       std::uint64_t memory = DecodeLimits{}.parser_memory);

  /// Calls `parse`, unless a parser failed at this part: then throws the same ParserFailure at
  /// once. A failure is remembered, but not that something else killed the parser. `part` says what
  /// of the file is parsed, and how.
  void unless_failed(const std::string& part, const std::function<void()>& parse);

 private:
  std::size_t size_;
  std::uint64_t memory_;
  std::string prefix_;  // of the keys
  KeptValues failures_;
};

}  // namespace ocrtune
