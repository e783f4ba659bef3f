#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/base/process.h"
#include "ocrtune/base/spawn.h"

namespace ocrtune {

/// What a program wrote, and how it ended.
struct ProgramResult {
  std::string output;             ///< its standard output: the first MiB
  std::string error;              ///< its standard error: the first MiB
  std::optional<ProcessEnd> end;  ///< none if it was killed, because of `limit` or `stopped`
};

/// Runs a program with `input` on its standard input until it ends. Kills its process group after
/// `limit`, and soon after `stopped` returns true, which is called some 50 times a second. Throws
/// Error(study_error) if it cannot be started, Error(limit_reached) without memory for `input`.
/// Thread-safe.
ProgramResult run_program(const Program& program, std::string_view input,
                          std::chrono::milliseconds limit, const std::function<bool()>& stopped);

}  // namespace ocrtune
