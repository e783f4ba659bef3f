#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

struct Summary;

/// Something to beware of, or to look at, in what a study found.
struct Warning {
  /// How grave it is.
  enum class Severity {
    caution,  ///< what was found may not be a gain in what can be read
    note      ///< some pages want a look
  };

  std::string_view code;  ///< "more_errors": for programs, and for texts in other languages
  Severity severity = Severity::caution;  ///< a caution comes before every note
  std::string text;                       ///< a sentence, without a capital at its beginning
  std::map<std::string, double> values;   ///< that the sentence states, in the unit people know
  std::vector<std::string> pages;         ///< that it is about, the worst first
};

/// All that is to be said of a summary, cautions first: what terminal, report and page show. Pure.
std::vector<Warning> warnings_of(const Summary& summary);

/// The cautions, a line each, for a terminal.
std::string cautions_text(const std::vector<Warning>& warnings);

}  // namespace ocrtune
