#include "ocrtune/options/option.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <type_traits>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::workflow {
namespace {

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

std::string text_of(const std::string& value) { return value; }
std::string text_of(int value) { return fmt::format("{}", value); }
std::string text_of(std::size_t value) { return fmt::format("{}", value); }
/// Without an exponent, which durations must not have.
std::string text_of(double value) {
  std::string text = fmt::format("{:.6f}", value);
  text.resize(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

/// The value of a field in the notation of the command line.
template <typename T>
std::vector<std::string> texts_of(const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    return value ? std::vector<std::string>{""} : std::vector<std::string>{};
  } else if constexpr (IsOptional<T>::value) {
    return value ? std::vector<std::string>{text_of(*value)} : std::vector<std::string>{};
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    return value;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return value.empty() ? std::vector<std::string>{} : std::vector<std::string>{value};
  } else {
    return {text_of(value)};
  }
}

[[noreturn]] void refuse(const Option& option, const std::string& value, const std::string& why) {
  const std::string text = fmt::format("`{}` {}", quotable(value, 60), why);
  if (option.positional)
    throw Error(Errc::invalid_argument, fmt::format("{}: {}", option.name, text));
  throw OptionError(Errc::invalid_argument, json_name(option), "", text);
}

void check_value(const Option& option, const std::string& value) {
  if (!option.choices.empty() && std::ranges::find(option.choices, value) == option.choices.end()) {
    refuse(option, value,
           tr("is not one of {}{}", joined(option.choices, ", "),
              kind_of(option) == "whole" ? "" : did_you_mean(value, option.choices)));
  }
  if (!option.range) return;
  double number = 0;
  const bool read = parse_number(value, number);
  if (!read || number < static_cast<double>(option.range->low) ||
      number > static_cast<double>(option.range->high))
    refuse(option, value, tr("is not within {} to {}", option.range->low, option.range->high));
}

}  // namespace

std::string json_name(const Option& option) {
  std::string name = lower_case(option.name);
  std::ranges::replace(name, '-', '_');
  return name;
}

std::string_view kind_of(const Option& option) {
  return std::visit(
      [](const auto* field) -> std::string_view {
        using T = std::remove_cvref_t<decltype(*field)>;
        if constexpr (std::is_same_v<T, bool>) {
          return "flag";
        } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
          return "list";
        } else if constexpr (std::is_same_v<T, std::string> ||
                             std::is_same_v<T, std::optional<std::string>>) {
          return "text";
        } else if constexpr (std::is_same_v<T, double> ||
                             std::is_same_v<T, std::optional<double>>) {
          return "real";
        } else {
          return "whole";
        }
      },
      option.field);
}

std::vector<std::string> values_text(const Option& option) {
  return std::visit([](const auto* field) { return texts_of(*field); }, option.field);
}

std::string usual_text(const Option& option) {
  return option.usual.empty() ? joined(values_text(option), ",") : option.usual;
}

std::vector<std::string> words_of(const Options& options, const Options& untouched) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const Option& option = options[i];
    const std::vector<std::string> values = values_text(option);
    if (option.positional || values == values_text(untouched.at(i))) continue;
    if (kind_of(option) == "flag") {
      words.push_back("--" + option.name);
    } else if (option.joined) {
      words.push_back(fmt::format("--{}={}", option.name, joined(values, ",")));
    } else {
      for (const std::string& value : values)
        words.push_back(fmt::format("--{}={}", option.name, value));
    }
  }
  return words;
}

void append(Options& options, Options more) {
  options.insert(options.end(), std::make_move_iterator(more.begin()),
                 std::make_move_iterator(more.end()));
}

void check(const Options& options) {
  for (const Option& option : options) {
    const std::vector<std::string> values = values_text(option);
    if (option.required && values.empty())
      throw Error(Errc::invalid_argument, tr("{} is required", option.name));
    if (option.max_values > 0 && values.size() > option.max_values) {
      throw OptionError(Errc::invalid_argument, json_name(option), "",
                        tr("at most {} values, not {}", option.max_values, values.size()));
    }
    for (const std::string& value : values) check_value(option, value);
  }
}

}  // namespace ocrtune::workflow
