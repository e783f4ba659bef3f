#include "ocrtune/cli/complete.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"

namespace ocrtune::cli {
namespace {

using workflow::Completion;
using workflow::SuggestedFiles;
using workflow::Suggestion;
using workflow::Suggestions;

/// Longest description, in bytes, so that candidates stay one line each.
constexpr std::size_t kLongestDescription = 100;

/// Words of a command before the one at the cursor.
struct Typed {
  std::map<const CLI::Option*, std::string>
      values;  ///< the last value of each option; of a flag ""
  std::size_t positionals = 0;
  const CLI::Option* awaiting = nullptr;  ///< the option whose value comes next
  bool options_ended = false;             ///< by --
};

bool takes_value(const CLI::Option& option) { return option.get_type_size() != 0; }

/// The option that a word names, with or without "=VALUE"; null if there is none.
const CLI::Option* named_by(const CLI::App& command, const std::string& word) {
  return command.get_option_no_throw(word.substr(0, word.find('=')));
}

void take(const CLI::App& command, const std::string& word, Typed& typed) {
  if (typed.awaiting != nullptr) {
    typed.values[typed.awaiting] = word;
    typed.awaiting = nullptr;
  } else if (typed.options_ended || !word.starts_with('-') || word == "-") {
    ++typed.positionals;
  } else if (word == "--") {
    typed.options_ended = true;
  } else if (const CLI::Option* option = named_by(command, word)) {
    const std::size_t equals = word.find('=');
    typed.values[option] = equals == std::string::npos ? "" : word.substr(equals + 1);
    if (takes_value(*option) && equals == std::string::npos) typed.awaiting = option;
  }
}

std::string line_of(const Suggestion& one) {
  return one.description.empty()
             ? one.value
             : one.value + '\t' + quotable(one.description, kLongestDescription);
}

std::vector<std::string> lines_of(const Suggestions& suggested, const std::string& before = "") {
  std::vector<std::string> lines;
  for (const Suggestion& one : suggested.values)
    lines.push_back(line_of({before + one.value, one.description}));
  if (suggested.goes_on) lines.emplace_back(":nospace");
  if (suggested.files == SuggestedFiles::folders) lines.emplace_back(":folders");
  if (suggested.files == SuggestedFiles::files) {
    std::string& line = lines.emplace_back(":files");
    for (const std::string& suffix : suggested.suffixes) line += " " + suffix;
  }
  return lines;
}

/// The value at the cursor with what other options tell of it.
workflow::TypedValue typed_value(const CLI::App& command, const Context& context,
                                 const Typed& typed, const std::string& text) {
  workflow::TypedValue value{.text = text};
  for (const CLI::Option* option : command.get_options()) {
    const auto given = typed.values.find(option);
    if (option->check_lname("tessdata") && given != typed.values.end())
      value.tessdata = given->second;
    const auto completer = context.completers.find(option);
    if (completer != context.completers.end() && completer->second.kind == Completion::pipeline)
      value.pipeline = given == typed.values.end() ? completer->second.usual : given->second;
  }
  return value;
}

std::vector<std::string> value_lines(const CLI::App& command, const Context& context,
                                     const Typed& typed, const CLI::Option& option,
                                     const std::string& text, const std::string& before = "") {
  const auto completer = context.completers.find(&option);
  if (completer == context.completers.end()) return {};
  return lines_of(suggestions(completer->second, typed_value(command, context, typed, text)),
                  before);
}

/// Whether a command line with these words may have the option, too.
bool may_follow(const CLI::Option& option, const Typed& typed) {
  const bool repeats = option.get_expected_max() > 1 ||
                       option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
  if (typed.values.contains(&option) && !repeats) return false;
  const std::set<CLI::Option*>& excluded = option.get_excludes();
  return std::ranges::none_of(excluded,
                              [&](CLI::Option* other) { return typed.values.contains(other); });
}

std::vector<std::string> option_lines(const CLI::App& command, const Typed& typed,
                                      const std::string& text) {
  std::vector<std::string> lines;
  for (const CLI::Option* option : command.get_options()) {
    if (!may_follow(*option, typed)) continue;
    for (const std::string& name : option->get_lnames()) {
      if (("--" + name).starts_with(text))
        lines.push_back(line_of({"--" + name, option->get_description()}));
    }
  }
  return lines;
}

/// The positional argument that comes after `count` others; null if there is none.
const CLI::Option* positional_after(const CLI::App& command, std::size_t count) {
  const CLI::Option* last = nullptr;
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_positional()) continue;
    if (count-- == 0) return option;
    last = option;
  }
  return last != nullptr && last->get_expected_max() > 1 ? last : nullptr;
}

std::vector<std::string> command_lines(const CLI::App& app, const std::string& text) {
  std::vector<std::string> lines;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    // Hidden ones have no group.
    if (!command->get_group().empty() && command->get_name().starts_with(text))
      lines.push_back(line_of({command->get_name(), command->get_description()}));
  }
  if (text.starts_with('-')) lines = option_lines(app, {}, text);
  return lines;
}

const CLI::App* command_named(const CLI::App& app, const std::string& name) {
  const auto commands =
      app.get_subcommands([&](const CLI::App* one) { return one->get_name() == name; });
  return commands.empty() ? nullptr : commands.front();
}

}  // namespace

std::vector<std::string> completion_lines(const CLI::App& app, const Context& context,
                                          const std::vector<std::string>& words) {
  if (words.empty()) return {};
  const std::string& text = words.back();
  if (words.size() == 1) return command_lines(app, text);
  const CLI::App* command = command_named(app, words.front());
  if (command == nullptr) return {};
  Typed typed;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) take(*command, words[i], typed);
  if (typed.awaiting != nullptr)
    return value_lines(*command, context, typed, *typed.awaiting, text);
  const std::size_t equals = text.find('=');
  if (!typed.options_ended && text.starts_with("--") && equals != std::string::npos) {
    const CLI::Option* option = named_by(*command, text);
    if (option == nullptr || !takes_value(*option)) return {};
    return value_lines(*command, context, typed, *option, text.substr(equals + 1),
                       text.substr(0, equals + 1));
  }
  if (!typed.options_ended && text.starts_with('-')) return option_lines(*command, typed, text);
  const CLI::Option* positional = positional_after(*command, typed.positionals);
  if (positional == nullptr) return option_lines(*command, typed, text);
  return value_lines(*command, context, typed, *positional, text);
}

void add_complete(CLI::App& app, Context& context) {
  // Hidden, because only completion scripts use it.
  CLI::App* command =
      app.add_subcommand("complete", tr("Print what the last word may become, for completion"))
          ->group("");
  auto words = std::make_shared<std::vector<std::string>>();
  command->add_option("WORD", *words, tr("The words behind ocrtune, up to the cursor; after --"));
  command->callback([words, &app, &context] {
    context.command = [words, &app, &context] {
      std::string text;
      for (const std::string& line : completion_lines(app, context, *words)) text += line + '\n';
      context.print(text);
      return ExitStatus::success;
    };
  });
}

}  // namespace ocrtune::cli
