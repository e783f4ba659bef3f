#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

struct Summary;

/// A problem, or a point to check, in the results of a study.
struct Warning {
  /// Severity of a warning.
  enum class Severity {
    caution,  ///< the result may not be a real gain
    note      ///< some pages should be checked
  };

  std::string_view code;  ///< "more_errors": for programs, and for texts in other languages
  Severity severity = Severity::caution;  ///< cautions come before notes
  std::string text;                       ///< a sentence without a capital at the beginning
  std::map<std::string, double> values;   ///< numbers in the sentence, in the displayed unit
  std::vector<std::string> pages;         ///< affected pages, the worst first
};

/// All warnings about a summary, cautions first, as terminal, report and web interface show them.
/// Pure.
std::vector<Warning> warnings_of(const Summary& summary);

/// The cautions for a terminal, one per line.
std::string cautions_text(const std::vector<Warning>& warnings);

}  // namespace ocrtune
