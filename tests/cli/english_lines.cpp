#include "english_lines.h"

#include <regex>

#include "ocrtune/base/text.h"

namespace ocrtune::cli::test {
namespace {

/// Words that no French sentence has, nor a name of ours.
const std::regex& english() {
  static const std::regex kWords(
      "\\b(the|with|without|is|are|was|were|and|not|of|this|that|has|have|cannot|can't|isn't|"
      "doesn't|must|be|for|from|than|which|each|every|all|only|search(?:es|ed)|number of|file is|"
      "written|read in|pages? (?:per|were|was)|gain of|worse|better|missing|unknown|available|"
      "allowed|Warning|Subcommands|to|report(?= *:))\\b");
  return kWords;
}

/// Names, examples and quotations: in backticks, of paths, in brackets of choices, of scores.
const std::regex& names() {
  static const std::regex kNames(
      "`[^`]*`|l’une des valeurs [^;]*|\\S*[/=_]\\S*|\\S+\\.\\w{2,5}\\b|--?[\\w-]+|\\{[^}]*\\}|"
      "\\bwords>\\S+|\\bwords\\b(?= +\\d)");
  return kNames;
}

}  // namespace

std::vector<std::string> english_lines(const std::string& text) {
  std::vector<std::string> found;
  for (const std::string& line : split(text, '\n')) {
    if (line.starts_with("  ocrtune ")) continue;
    if (std::regex_search(std::regex_replace(line, names(), " "), english())) found.push_back(line);
  }
  return found;
}

}  // namespace ocrtune::cli::test
