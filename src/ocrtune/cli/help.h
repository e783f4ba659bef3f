#pragma once

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>
#include <string>

#include "ocrtune/base/translation.h"

namespace ocrtune::cli {

/// The value of an option for --help and the man page: " INT (0 to 20) [6]"; empty for a flag.
std::string value_text(const CLI::Option& option);

/// Formats --help, with value, range and default as in value_text.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override;
};

/// Accepts a number from `low` to `high`, inclusive.
template <typename Number>
CLI::Validator between(Number low, Number high) {
  const std::string allowed = tr("{} to {}", low, high);
  // Replaces CLI11's message, which differs between versions.
  return {[check = CLI::Range(low, high), allowed](std::string& text) {
            return check(text).empty() ? std::string()
                                       : tr("Value {} not in range {}", text, allowed);
          },
          allowed};
}

}  // namespace ocrtune::cli
