#include "ocrtune/cli/parse_errors.h"

#include <array>
#include <functional>
#include <regex>

#include "ocrtune/base/translation.h"

namespace ocrtune::cli {
namespace {

/// A sentence of CLI11's, and ours for it of what its groups have.
struct Rule {
  const char* sentence;
  std::function<std::string(const std::smatch&)> text;
};

/// The first that matches counts.
const auto& rules() {
  static const std::array<Rule, 9> kRules{{
      {"(.*): (.*) not in \\{(.*)\\}",
       [](const auto& m) { return tr("{}: {} not in {{{}}}", m.str(1), m.str(2), m.str(3)); }},
      {"(.*): (\\d+) required (.*) missing",
       [](const auto& m) {
         return tr("{}: {} required {} missing", m.str(1), m.str(2), m.str(3));
       }},
      {"(.*): At [Ll]east (\\d+) required but received (\\d+)",
       [](const auto& m) {
         return tr("{}: At least {} required but received {}", m.str(1), m.str(2), m.str(3));
       }},
      {"(.*): At [Mm]ost (\\d+) required but received (\\d+)",
       [](const auto& m) {
         return tr("{}: At most {} required but received {}", m.str(1), m.str(2), m.str(3));
       }},
      {"Could not convert: (.*) = (.*)",
       [](const auto& m) { return tr("Could not convert: {} = {}", m.str(1), m.str(2)); }},
      {"The following arguments? (?:was|were) not expected: (.*)",
       [](const auto& m) { return tr("The following argument was not expected: {}", m.str(1)); }},
      {"A subcommand is required", [](const auto&) { return tr("A subcommand is required"); }},
      {"(.*) is required", [](const auto& m) { return tr("{} is required", m.str(1)); }},
      {"(.*) excludes (.*)",
       [](const auto& m) { return tr("{} excludes {}", m.str(1), m.str(2)); }},
  }};
  return kRules;
}

}  // namespace

std::string parse_error_text(const std::string& english) {
  std::string line = english.substr(0, english.find('\n'));
  // Long ones repeat what was typed.
  constexpr std::size_t kLongest = 2000;
  if (current_language() == Language::english || line.size() > kLongest) return line;
  for (const Rule& rule : rules()) {
    std::smatch match;
    if (std::regex_match(line, match, std::regex(rule.sentence))) return rule.text(match);
  }
  return line;
}

}  // namespace ocrtune::cli
