// ocrtune_fuzz: feeds hostile input to the parser of LSTM models and to that of external engines'
// answers, and says what became of it. The same seed makes the same cases; a case that fails is
// repeated with --first NUMBER --cases 1. A crash says no number: --trace says each before it runs,
// and then what became of it.

#include <fmt/format.h>

#include <array>
#include <exception>
#include <span>
#include <string>
#include <string_view>

#include "fuzz/answer_fuzz.h"
#include "fuzz/options.h"
#include "fuzz/parse_fuzz.h"
#include "fuzz/read_fuzz.h"
#include "ocrtune/base/text.h"

namespace ocrtune::fuzz {
namespace {

struct Command {
  std::string_view name;
  void (*run)(const Options&);
};

constexpr std::array<Command, 3> kCommands = {
    {{"parse", fuzz_parse}, {"read", fuzz_read}, {"answer", fuzz_answer}}};

constexpr const char* kUsage =
    "use: ocrtune_fuzz parse|read|answer [--cases N] [--seed S] [--first K] [--trace] [--model "
    "FILE]...\n";

/// False where the arguments are none.
bool parse_options(std::span<char*> arguments, Options& options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view name = arguments[i];
    if (name == "--trace") {
      options.trace = true;
      continue;
    }
    if (++i == arguments.size()) return false;
    const std::string value = arguments[i];
    bool good = true;
    if (name == "--model") {
      options.models.push_back(value);
    } else if (name == "--cases") {
      good = parse_number(value, options.cases);
    } else if (name == "--seed") {
      good = parse_number(value, options.seed);
    } else if (name == "--first") {
      good = parse_number(value, options.first);
    } else {
      good = false;
    }
    if (!good) return false;
  }
  return true;
}

int run(std::span<char*> arguments) {
  Options options;
  for (const Command& command : kCommands) {
    if (arguments.size() < 2 || arguments[1] != command.name) continue;
    if (!parse_options(arguments.subspan(2), options)) break;
    command.run(options);
    return 0;
  }
  fmt::print(stderr, "{}", kUsage);
  return 2;
}

}  // namespace
}  // namespace ocrtune::fuzz

int main(int count, char** arguments) {
  try {
    return ocrtune::fuzz::run({arguments, static_cast<std::size_t>(count)});
  } catch (const std::exception& failure) {
    fmt::print(stderr, "ocrtune_fuzz: {}\n", failure.what());
    return 1;
  }
}
