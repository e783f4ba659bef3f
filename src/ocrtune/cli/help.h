#pragma once

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>
#include <string>

namespace ocrtune::cli {

/// What an option takes, for --help and the man page: " INT (0 to 20) [6]"; empty for a flag.
std::string value_text(const CLI::Option& option);

/// Lays out --help: value, range and default as value_text shows them.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override;
};

/// A number from `low` to `high`, both included.
template <typename Number>
CLI::Validator between(Number low, Number high) {
  const std::string allowed = fmt::format("{} to {}", low, high);
  // What CLI11 itself says differs from version to version.
  return {[check = CLI::Range(low, high), allowed](std::string& text) {
            return check(text).empty() ? std::string()
                                       : fmt::format("Value {} not in range {}", text, allowed);
          },
          allowed};
}

}  // namespace ocrtune::cli
