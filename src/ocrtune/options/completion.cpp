#include "ocrtune/options/completion.h"

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/options/completion_values.h"

namespace ocrtune::workflow {
namespace {

SuggestedFiles files_of(Completion kind) {
  switch (kind) {
    case Completion::folder:
    case Completion::external_engine:
      return SuggestedFiles::folders;
    case Completion::file:
    case Completion::pipeline:
    case Completion::portfolio:
    case Completion::start:
    case Completion::study:
      return SuggestedFiles::files;
    default:
      return SuggestedFiles::none;
  }
}

/// Suffixes of the files of a kind that an option doesn't have to state.
std::vector<std::string> suffixes_of(const Completer& completer) {
  switch (completer.kind) {
    case Completion::pipeline:
    case Completion::portfolio:
      return {".toml"};
    case Completion::start:
      return {".toml", ".db", ".csv", ".json"};
    case Completion::study:
      return {".db"};
    default:
      return completer.suffixes;
  }
}

/// What joins several values of an option; 0: nothing.
char separator_of(const Completer& completer) {
  if (completer.kind == Completion::language) return '+';
  return completer.joined || completer.kind == Completion::device ? ',' : '\0';
}

/// The choices with the descriptions of their kind.
std::vector<Suggestion> described(const std::vector<std::string>& choices,
                                  const std::vector<Suggestion>& known) {
  std::vector<Suggestion> values;
  for (const std::string& choice : choices) {
    const auto found = std::ranges::find(known, choice, &Suggestion::value);
    values.push_back({choice, found == known.end() ? "" : found->description});
  }
  return values;
}

/// All values of the kind, those of a server among them if the text asks for one.
std::vector<Suggestion> known_values(const Completer& completer, const TypedValue& typed) {
  switch (completer.kind) {
    case Completion::parameter_value:
    case Completion::parameter_range:
      return parameter_values(typed, completer.kind == Completion::parameter_range);
    case Completion::study:
    case Completion::study_address:
    case Completion::start:
      if (typed.text.find("://") != std::string::npos) return studies_on_server(typed.text);
      break;
    default:
      break;
  }
  std::vector<Suggestion> listed = listed_values(completer.kind, typed);
  return completer.choices.empty() ? listed : described(completer.choices, listed);
}

bool begins_with(const Suggestion& suggestion, const std::string& text) {
  return suggestion.value.starts_with(text);
}

/// Values behind those that the text has already.
std::vector<Suggestion> further(std::vector<Suggestion> known, const std::string& text,
                                char separator) {
  const std::size_t end = separator == '\0' ? std::string::npos : text.rfind(separator);
  if (end == std::string::npos) return known;
  const std::string before = text.substr(0, end + 1);
  const std::string given = separator + before;
  std::erase_if(known, [&](const Suggestion& one) {
    return given.find(separator + one.value + separator) != std::string::npos;
  });
  for (Suggestion& one : known) one.value.insert(0, before);
  return known;
}

}  // namespace

Completer completer_of(const Option& option) {
  return {.kind = option.completion,
          .choices = option.choices,
          .suffixes = option.suffixes,
          .joined = option.joined && option.max_values != 1,
          .usual = usual_text(option)};
}

Suggestions suggestions(const Completer& completer, const TypedValue& typed) {
  const char separator = separator_of(completer);
  Suggestions result;
  result.files = files_of(completer.kind);
  result.suffixes = suffixes_of(completer);
  try {
    result.values = further(known_values(completer, typed), typed.text, separator);
  } catch (const Error&) {
    // There is nothing to say at a key: what is wrong is said when the command runs.
  }
  std::erase_if(result.values,
                [&](const Suggestion& one) { return !begins_with(one, typed.text); });
  const auto ends_open = [](const Suggestion& one) {
    return one.value.ends_with('=') || one.value.ends_with(':');
  };
  result.goes_on = separator != '\0' || std::ranges::any_of(result.values, ends_open);
  return result;
}

}  // namespace ocrtune::workflow
