#include "ocrtune/pipeline/setting_toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

bool SettingReader::flag_or(const toml::table& table, std::string_view key, bool otherwise) const {
  const toml::node* node = table.get(key);
  if (node == nullptr) return otherwise;
  const auto flag = node->value_exact<bool>();
  if (!flag) fail_at(*node, source_, tr("`{}` must be true or false", key));
  return *flag;
}

Setting SettingReader::read(const Parameter& parameter, const toml::node* node,
                            const std::string& name,
                            const std::vector<std::string>& further) const {
  Setting setting{.name = name, .parameter = &parameter, .value = parameter.initial, .free = {}};
  if (node == nullptr) return setting;
  if (const toml::table* table = node->as_table()) {
    read_table(*table, setting, further);
  } else if (node->value_exact<std::string>() == "free") {
    setting.free = searched_range(parameter);
  } else if (parameter.type == ParameterType::category ? node->is_string() : node->is_number()) {
    setting.value = value(*node, parameter);
  } else {
    fail_at(
        *node, source_,
        tr("`{}` must be {}, \"free\", or {{ … }}", parameter.name,
           parameter.type == ParameterType::category ? allowed_values(parameter) : tr("a number")));
  }
  return setting;
}

double SettingReader::number(const toml::node& node, std::string_view what) const {
  const auto value = node.is_number() ? node.value<double>() : std::nullopt;
  if (!value || !std::isfinite(*value)) fail_at(node, source_, tr("`{}` must be a number", what));
  return *value;
}

/// A value of the parameter: a number, or a choice's name.
double SettingReader::value(const toml::node& node, const Parameter& parameter) const {
  if (parameter.type != ParameterType::category) {
    const double given = number(node, parameter.name);
    require_allowed(node, parameter, given);
    return given;
  }
  const auto text = node.value_exact<std::string>();
  if (!text)
    fail_at(node, source_, tr("`{}` must be {}", parameter.name, allowed_values(parameter)));
  try {
    return parse_value(parameter, *text, parameter.name);
  } catch (const Error& error) {
    fail_at(node, source_, error.what());
  }
}

void SettingReader::require_allowed(const toml::node& where, const Parameter& parameter,
                                    double value) const {
  try {
    check_value(parameter, value, parameter.name);
  } catch (const Error& error) {
    fail_at(where, source_, error.what());
  }
}

void SettingReader::read_table(const toml::table& table, Setting& setting,
                               const std::vector<std::string>& further) const {
  const Parameter& parameter = *setting.parameter;
  const bool ordered = parameter.type != ParameterType::category;
  std::vector<std::string> known{"initial", "value", "as"};
  if (ordered) known = {"low", "high", "log", "step", "initial", "value", "as"};
  known.insert(known.end(), further.begin(), further.end());
  check_keys(table, known, tr("in `{}`", parameter.name), source_);
  setting.name = text_or(table, "as", setting.name, source_);
  check_name(table, setting.name);
  const toml::node* fixed = table.get("value");
  const toml::node* initial = table.get("initial");
  setting.free = read_range(table, parameter);
  if (fixed != nullptr && (setting.free || initial != nullptr)) {
    fail_at(table, source_,
            tr("`{}` is either fixed (value) or free (low, high, initial)", parameter.name));
  }
  if (!setting.free && initial != nullptr) setting.free = searched_range(parameter);
  if (fixed != nullptr) setting.value = value(*fixed, parameter);
  if (initial != nullptr) setting.value = value(*initial, parameter);
  if (!setting.free) return;
  if (initial == nullptr)
    setting.value = std::clamp(setting.value, setting.free->low, setting.free->high);
  if (setting.value < setting.free->low || setting.value > setting.free->high)
    fail_at(*initial, source_,
            tr("`{}`: initial lies outside the range from low to high", parameter.name));
}

/// The range from low, high, log and step; nothing if there are none.
std::optional<Range> SettingReader::read_range(const toml::table& table,
                                               const Parameter& parameter) const {
  const toml::node* low = table.get("low");
  const toml::node* high = table.get("high");
  if ((low == nullptr) != (high == nullptr))
    fail_at(table, source_, tr("`{}` needs both low and high", parameter.name));
  const toml::node* step = table.get("step");
  if (low == nullptr && step == nullptr && !table.contains("log")) return std::nullopt;
  Range range = searched_range(parameter);
  if (low != nullptr) {
    range = {.low = value(*low, parameter), .high = value(*high, parameter)};
    if (range.low > range.high)
      fail_at(*low, source_, tr("`{}`: low is above high", parameter.name));
  }
  range.log = flag_or(table, "log", low == nullptr && step == nullptr && range.log);
  if (step != nullptr) range.step = number(*step, "step");
  try {
    check_range(parameter, range, parameter.name);
  } catch (const Error& error) {
    fail_at(step != nullptr ? *step : table, source_, error.what());
  }
  return range;
}

void SettingReader::check_name(const toml::table& table, std::string_view name) const {
  if (!is_parameter_name(name))
    fail_at(table, source_, tr("as = \"…\" takes letters, digits and _, at most 64"));
}

std::string setting_text(const Setting& setting, const std::string& usual_name,
                         const std::vector<std::string>& further) {
  const Parameter& parameter = *setting.parameter;
  const bool ordered = parameter.type != ParameterType::category;
  const auto text = [&](double value) {
    const std::string plain = value_text(parameter, value);
    return ordered ? plain : toml_string(plain);
  };
  std::vector<std::string> parts;
  if (setting.free && ordered) {
    const Range& range = *setting.free;
    parts.push_back(fmt::format("low = {}, high = {}", text(range.low), text(range.high)));
    if (range.log) parts.emplace_back("log = true");
    if (range.step > 0) parts.push_back(fmt::format("step = {}", range.step));
  }
  parts.push_back((setting.free ? "initial = " : "value = ") + text(setting.value));
  parts.insert(parts.end(), further.begin(), further.end());
  if (setting.name != usual_name) parts.push_back("as = " + toml_string(setting.name));
  if (!setting.free && parts.size() == 1)
    return fmt::format("{} = {}\n", parameter.name, text(setting.value));
  return fmt::format("{} = {{ {} }}\n", parameter.name, joined(parts));
}

std::string joined_strings(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  quoted.reserve(texts.size());
  for (const std::string& text : texts) quoted.push_back(toml_string(text));
  return joined(quoted);
}

}  // namespace ocrtune
