#include "ocrtune/options/option_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>

#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/options/option_value.h"

namespace ocrtune::workflow {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestText = 1000;
constexpr std::size_t kMaxValues = 20;

/// Requires one line that is one of the option's choices, if it has some.
void check_text(const JsonFields& fields, const Option& option, const std::string& text) {
  if (!option.choices.empty() && std::ranges::find(option.choices, text) == option.choices.end()) {
    const std::string asked = quotable(text, 60);
    fields.refuse(json_name(option),
                  tr("`{}` is not one of {}{}", asked, joined(option.choices),
                     kind_of(option) == "whole" ? "" : did_you_mean(asked, option.choices)));
  }
  if (text.empty() || quotable(text, kLongestText) != text)
    fields.refuse(json_name(option), tr("must be one line of at most {} bytes", kLongestText));
}

template <typename Field>
void read_field(JsonFields& fields, const Option& option, Field& field) {
  using Value = typename ValueOf<Field>::type;
  const std::string name = json_name(option);
  if constexpr (std::is_same_v<Value, bool>) {
    field = fields.boolean(name);
  } else if constexpr (std::is_same_v<Value, std::string>) {
    std::string text = fields.text(name, kLongestText);
    check_text(fields, option, text);
    field = std::move(text);
  } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
    std::vector<std::string> texts =
        fields.texts(name, option.max_values > 0 ? option.max_values : kMaxValues);
    for (const std::string& text : texts) check_text(fields, option, text);
    // An empty list counts as not given.
    if (!texts.empty()) field = std::move(texts);
  } else {
    const NumberRange range = option.range.value_or(NumberRange{0, INT64_MAX});
    if constexpr (std::is_same_v<Value, double>) {
      field = fields.number(name, static_cast<double>(range.low), static_cast<double>(range.high));
    } else {
      field = static_cast<Value>(fields.whole(name, static_cast<long long>(range.low),
                                              static_cast<long long>(range.high)));
      if (!option.choices.empty()) check_text(fields, option, values_text(option).at(0));
    }
  }
}

json option_json(const Option& option) {
  json info{{"name", json_name(option)},
            {"option", "--" + option.name},
            {"group", option.group},
            {"kind", kind_of(option)},
            {"label", option.label},
            {"help", option.help},
            {"usual", usual_text(option)},
            {"low", nullptr},
            {"high", nullptr},
            {"duration", option.notation == Notation::duration},
            {"choices", option.choices},
            {"most_values", option.max_values}};
  if (option.range) {
    info["low"] = option.range->low;
    info["high"] = option.range->high;
  }
  return info;
}

}  // namespace

void read_options(const json& object, const Options& options) {
  JsonFields fields(object, "options");
  for (const Option& option : options) {
    if (option.command_only || fields.absent(json_name(option))) continue;
    std::visit([&](auto* field) { read_field(fields, option, *field); }, option.field);
  }
  fields.finish();
}

json options_json(const Options& options) {
  json list = json::array();
  for (const Option& option : options) {
    if (!option.command_only) list.push_back(option_json(option));
  }
  return list;
}

}  // namespace ocrtune::workflow
