#pragma once

#include <fmt/format.h>

#include <string>

#include "ocrtune/base/error.h"

namespace ocrtune {

/// Runs `action`; any Error becomes an Error(study_error) that begins with the study's name, or
/// stays Error(interrupted).
template <typename Action>
auto named_errors(const std::string& name, const Action& action) -> decltype(action()) {
  try {
    return action();
  } catch (const Error& error) {
    throw Error(error.code() == Errc::interrupted ? error.code() : Errc::study_error,
                fmt::format("{}: {}", name, error.what()));
  }
}

}  // namespace ocrtune
