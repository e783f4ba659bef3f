#include "ocrtune/cli/add_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <type_traits>

#include "ocrtune/base/duration.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/help.h"

namespace ocrtune::cli {
namespace {

using workflow::Notation;
using workflow::Option;
using workflow::Options;

std::string names_of(const Option& option) {
  if (option.positional) return option.name;
  return (option.letter != 0 ? fmt::format("-{},", option.letter) : "") + "--" + option.name;
}

std::string help_of(const Option& option) {
  if (option.usual.empty()) return translated(option.help);
  // What may be typed is the same in every language.
  const bool typed = std::ranges::find(option.choices, option.usual) != option.choices.end();
  return fmt::format("{} [{}]", translated(option.help),
                     typed ? option.usual : translated(option.usual));
}

std::size_t size_of(const Option& option, const std::string& text) {
  std::uint64_t bytes = 0;
  if (parse_bytes(text, bytes) && bytes >= option.range->low && bytes <= option.range->high)
    return bytes;
  throw Error(Errc::invalid_argument,
              tr("--{}: `{}` is not a size of at least {}, such as 800M or 4G", option.name,
                 quotable(text, 60), human_size(option.range->low)));
}

/// A number in the notation of a duration or size.
template <typename Number>
CLI::Option* add_number(CLI::App& command, const Option& option, std::optional<Number>& field) {
  return command.add_option_function<std::string>(
      names_of(option),
      [&field, option](const std::string& text) {
        if (option.notation == Notation::duration) {
          field = static_cast<Number>(parse_duration(text, "--" + option.name));
        } else {
          field = static_cast<Number>(size_of(option, text));
        }
      },
      help_of(option));
}

template <typename Field>
CLI::Option* add_field(CLI::App& command, const Option& option, Field& field) {
  if constexpr (std::is_same_v<Field, bool>) {
    return command.add_flag(names_of(option), field, help_of(option));
  } else {
    if constexpr (std::is_same_v<Field, std::optional<double>> ||
                  std::is_same_v<Field, std::optional<std::size_t>>) {
      if (option.notation != Notation::plain) return add_number(command, option, field);
    }
    CLI::Option* added = command.add_option(names_of(option), field, help_of(option));
    if constexpr (std::is_same_v<Field, std::vector<std::string>>) {
      if (option.joined) added->delimiter(',');
      if (option.max_values > 0) {
        added->expected(1, static_cast<int>(option.max_values));
      } else if (!option.positional) {
        added->allow_extra_args(false);
      }
    }
    if (option.range &&
        (std::is_same_v<Field, double> || std::is_same_v<Field, std::optional<double>>)) {
      added->check(
          between(static_cast<double>(option.range->low), static_cast<double>(option.range->high)));
    } else if (option.range) {
      added->check(between(option.range->low, option.range->high));
    }
    return added;
  }
}

/// True if the field has a default value.
bool shows_default(const Option& option) {
  const bool holds_one = std::visit(
      [](const auto* field) {
        using Field = std::remove_cvref_t<decltype(*field)>;
        return std::is_arithmetic_v<Field> || std::is_same_v<Field, std::string>;
      },
      option.field);
  return holds_one && workflow::kind_of(option) != "flag" && option.usual.empty() &&
         !workflow::values_text(option).empty();
}

}  // namespace

void add_options(CLI::App& command, Context& context, const Options& options) {
  for (const Option& option : options) {
    CLI::Option* added =
        std::visit([&](auto* field) { return add_field(command, option, *field); }, option.field);
    context.completers[added] = workflow::completer_of(option);
    if (!option.choices.empty()) added->check(CLI::IsMember(option.choices));
    if (shows_default(option)) added->capture_default_str();
    if (option.notation == Notation::size) added->type_name("SIZE");
    if (!option.value_name.empty()) added->type_name(option.value_name);
    if (!option.group.empty()) added->group(translated(option.group));
    if (!option.environment.empty()) added->envname(option.environment);
    if (option.required) added->required();
  }
  for (const Option& option : options) {
    for (const std::string& other : option.excludes)
      command.get_option("--" + option.name)->excludes("--" + other);
  }
}

CLI::Option* completed(Context& context, CLI::Option* option, workflow::Completion kind,
                       std::vector<std::string> suffixes) {
  context.completers[option] = {.kind = kind, .suffixes = std::move(suffixes)};
  return option;
}

CLI::Option* with_choices(Context& context, CLI::Option* option,
                          const std::vector<std::string>& choices) {
  context.completers[option] = {.choices = choices};
  return option->check(CLI::IsMember(choices));
}

void take_list(workflow::PagesOptions& pages) { pages.list = &std::cin; }

std::string stated_text(const Options& options) {
  std::string text;
  for (const Option& option : options) {
    for (const std::string& value : workflow::values_text(option)) {
      text += " --" + option.name;
      if (!value.empty()) text += " " + quotable(value);
    }
  }
  return text;
}

Events events_of(Context& context) {
  Events events;
  events.say = [&context](const std::string& line) { context.talk.say(line); };
  events.detail = [&context](const std::string& line) {
    if (context.verbose) context.talk.say(line);
  };
  events.warn = [&context](const std::string& line) { context.talk.complain(line); };
  events.progress = [&context](const Progress& progress) { context.talk.progress(progress.line); };
  events.stop = &context.stop;
  return events;
}

ExitStatus status_of(Context& context, std::size_t left_out) {
  if (memory_ran_out()) {
    context.talk.complain(tr("out of memory; use fewer --jobs"));
    return ExitStatus::limit_reached;
  }
  return left_out > 0 ? ExitStatus::input_unreadable : ExitStatus::success;
}

}  // namespace ocrtune::cli
