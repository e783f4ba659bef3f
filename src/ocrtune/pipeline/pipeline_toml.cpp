#include "ocrtune/pipeline/pipeline_toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune {
namespace {

[[noreturn]] void fail_in_line(std::size_t line, std::string_view source, std::string_view why) {
  throw Error(Errc::pipeline_invalid, fmt::format("{}: line {}: {}", source, line, why));
}

/// Reads one pipeline; every message begins with source and line.
class PipelineReader {
 public:
  PipelineReader(std::string_view source, std::string_view place)
      : source_(source), place_(place) {}

  Pipeline read(const toml::table& root) {
    check_keys(root, {"name", "description", "stage"}, place_);
    const std::string name = text_or(root, "name", "unnamed");
    const std::string description = text_or(root, "description", "");
    std::vector<StageUse> stages;
    std::vector<Slot> slots;
    if (const toml::node* node = root.get("stage")) {
      const toml::array* list = node->as_array();
      if (list == nullptr) fail(*node, "stages are written as [[stage]] sections");
      if (list->size() > kMostStages) fail(*node, fmt::format("more than {} stages", kMostStages));
      std::size_t sections = 0;
      for (const toml::node& entry : *list) {
        ++sections;
        const toml::table* table = entry.as_table();
        if (table == nullptr) fail(entry, "stages are written as [[stage]] sections");
        if (table->contains("one_of")) {
          slots.push_back(read_slot(*table, sections));
          read_alternatives(*table, slots.back(), stages);
        } else {
          stages.push_back(read_stage(*table));
        }
        if (stages.size() > kMostStages)
          fail(entry, fmt::format("more than {} stages", kMostStages));
        try {
          (void)Pipeline(name, description, stages, slots);
        } catch (const Error& error) {
          fail(entry, error.what());
        }
      }
    }
    return {name, description, std::move(stages), std::move(slots)};
  }

 private:
  [[noreturn]] void fail(const toml::node& where, std::string_view why) const {
    fail_at(where, source_, why);
  }

  void check_keys(const toml::table& table, const std::vector<std::string>& known,
                  std::string_view place) const {
    ocrtune::check_keys(table, known, place, source_);
  }

  std::string text_or(const toml::table& table, std::string_view key,
                      std::string_view otherwise) const {
    return ocrtune::text_or(table, key, otherwise, source_);
  }

  bool flag_or(const toml::table& table, std::string_view key, bool otherwise) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return otherwise;
    const auto flag = node->value_exact<bool>();
    if (!flag) fail(*node, fmt::format("`{}` must be true or false", key));
    return *flag;
  }

  double number(const toml::node& node, std::string_view what) const {
    const auto value = node.is_number() ? node.value<double>() : std::nullopt;
    if (!value || !std::isfinite(*value)) fail(node, fmt::format("`{}` must be a number", what));
    return *value;
  }

  const Stage& stage_of(const toml::node& node) const {
    const auto name = node.value_exact<std::string>();
    if (!name) fail(node, "a stage is given by its name; `ocrtune stages` lists them");
    try {
      return stage_named(*name);
    } catch (const Error& error) {
      fail(node, error.what());
    }
  }

  static std::vector<std::string> parameter_names(const Stage& stage) {
    std::vector<std::string> names;
    for (const Parameter& parameter : stage.parameters) names.push_back(parameter.name);
    return names;
  }

  StageUse read_stage(const toml::table& table) const {
    const toml::node* use_node = table.get("use");
    if (use_node == nullptr)
      fail(table,
           "a stage needs use = \"NAME\" or one_of = [\"NAME\", …]; `ocrtune stages` lists them");
    StageUse use{.stage = &stage_of(*use_node)};
    std::vector<std::string> known = parameter_names(*use.stage);
    known.insert(known.begin(), {"use", "optional", "on"});
    check_keys(table, known, fmt::format("in stage {}", use.stage->name));
    use.optional = flag_or(table, "optional", false);
    use.on = flag_or(table, "on", true);
    for (const Parameter& parameter : use.stage->parameters) {
      use.settings.push_back(read_setting(parameter, table.get(parameter.name), parameter.name));
    }
    return use;
  }

  /// `section` is its number among the [[stage]] sections, from 1.
  Slot read_slot(const toml::table& table, std::size_t section) const {
    const toml::node& list_node = *table.get("one_of");
    const toml::array* list = list_node.as_array();
    if (list == nullptr || list->size() < 2 || list->size() > kMostStages)
      fail(list_node, "one_of = [\"NAME\", …] takes at least two stages, or a stage and \"none\"");
    Slot slot;
    for (const toml::node& node : *list) {
      const std::string name =
          node.value_exact<std::string>() == kNoStage ? std::string(kNoStage) : stage_of(node).name;
      if (std::ranges::find(slot.choices, name) != slot.choices.end())
        fail(node, fmt::format("`{}` is there twice", name));
      slot.choices.push_back(name);
    }
    slot.name = text_or(table, "as", slot_name(slot.choices, section));
    check_name(table, slot.name);
    const std::string initial = text_or(table, "initial", slot.choices.front());
    const auto chosen = std::ranges::find(slot.choices, initial);
    if (chosen == slot.choices.end())
      fail(*table.get("initial"), fmt::format("`initial` is none of {}", joined(slot.choices)));
    slot.chosen = static_cast<std::size_t>(chosen - slot.choices.begin());
    std::vector<std::string> known{"one_of", "as", "initial"};
    known.insert(known.end(), slot.choices.begin(), slot.choices.end());
    check_keys(table, known, fmt::format("beside one_of in `{}`", slot.name));
    return slot;
  }

  /// The first word, where all stages have the same one.
  static std::string slot_name(const std::vector<std::string>& choices, std::size_t section) {
    std::string word;
    for (const std::string& choice : choices) {
      if (choice == kNoStage) continue;
      const std::string first = split(choice, '_').front();
      if (!word.empty() && word != first) return fmt::format("choice_{}", section);
      word = first;
    }
    return word;
  }

  void read_alternatives(const toml::table& table, const Slot& slot,
                         std::vector<StageUse>& stages) const {
    for (const std::string& choice : slot.choices) {
      const toml::node* node = table.get(choice);
      if (choice == kNoStage) {
        if (node != nullptr) fail(*node, "`none` has no parameters");
        continue;
      }
      const toml::table* own = node != nullptr ? node->as_table() : nullptr;
      if (node != nullptr && own == nullptr)
        fail(*node,
             fmt::format("the parameters of `{0}` are written in a section [stage.{0}]", choice));
      StageUse use{.stage = &stage_named(choice), .slot = slot.name};
      if (own != nullptr)
        check_keys(*own, parameter_names(*use.stage), fmt::format("in stage {}", choice));
      for (const Parameter& parameter : use.stage->parameters) {
        use.settings.push_back(read_setting(parameter,
                                            own != nullptr ? own->get(parameter.name) : nullptr,
                                            fmt::format("{}_{}", choice, parameter.name)));
      }
      stages.push_back(std::move(use));
    }
  }

  Setting read_setting(const Parameter& parameter, const toml::node* node,
                       const std::string& name) const {
    Setting setting{.name = name, .parameter = &parameter, .value = parameter.initial, .free = {}};
    if (node == nullptr) return setting;
    if (const toml::table* table = node->as_table()) {
      read_table(*table, setting);
    } else if (node->value_exact<std::string>() == "free") {
      setting.free = searched_range(parameter);
    } else if (parameter.type == ParameterType::category ? node->is_string() : node->is_number()) {
      setting.value = value(*node, parameter);
    } else {
      fail(*node, fmt::format("`{}` must be {}, \"free\", or {{ … }}", parameter.name,
                              parameter.type == ParameterType::category ? allowed_values(parameter)
                                                                        : "a number"));
    }
    return setting;
  }

  /// A value of the parameter: a number, or a choice's name.
  double value(const toml::node& node, const Parameter& parameter) const {
    if (parameter.type != ParameterType::category) {
      const double given = number(node, parameter.name);
      require_allowed(node, parameter, given);
      return given;
    }
    const auto text = node.value_exact<std::string>();
    if (!text)
      fail(node, fmt::format("`{}` must be {}", parameter.name, allowed_values(parameter)));
    try {
      return parse_value(parameter, *text, parameter.name);
    } catch (const Error& error) {
      fail(node, error.what());
    }
  }

  void require_allowed(const toml::node& where, const Parameter& parameter, double value) const {
    try {
      check_value(parameter, value, parameter.name);
    } catch (const Error& error) {
      fail(where, error.what());
    }
  }

  void read_table(const toml::table& table, Setting& setting) const {
    const Parameter& parameter = *setting.parameter;
    const bool ordered = parameter.type != ParameterType::category;
    check_keys(
        table,
        ordered ? std::vector<std::string>{"low", "high", "log", "step", "initial", "value", "as"}
                : std::vector<std::string>{"initial", "value", "as"},
        fmt::format("in `{}`", parameter.name));
    setting.name = text_or(table, "as", setting.name);
    check_name(table, setting.name);
    const toml::node* fixed = table.get("value");
    const toml::node* initial = table.get("initial");
    setting.free = read_range(table, parameter);
    if (fixed != nullptr && (setting.free || initial != nullptr)) {
      fail(table, fmt::format("`{}` is either fixed (value) or free (low, high, initial)",
                              parameter.name));
    }
    if (!setting.free && initial != nullptr) setting.free = searched_range(parameter);
    if (fixed != nullptr) setting.value = value(*fixed, parameter);
    if (initial != nullptr) setting.value = value(*initial, parameter);
    if (!setting.free) return;
    if (initial == nullptr)
      setting.value = std::clamp(setting.value, setting.free->low, setting.free->high);
    if (setting.value < setting.free->low || setting.value > setting.free->high)
      fail(*initial, fmt::format("`{}`: initial lies outside low to high", parameter.name));
  }

  /// What low, high, log and step state; nothing where they don't.
  std::optional<Range> read_range(const toml::table& table, const Parameter& parameter) const {
    const toml::node* low = table.get("low");
    const toml::node* high = table.get("high");
    if ((low == nullptr) != (high == nullptr))
      fail(table, fmt::format("`{}` needs both low and high", parameter.name));
    const toml::node* step = table.get("step");
    if (low == nullptr && step == nullptr && !table.contains("log")) return std::nullopt;
    Range range = searched_range(parameter);
    if (low != nullptr) {
      range = {.low = value(*low, parameter), .high = value(*high, parameter)};
      if (range.low > range.high)
        fail(*low, fmt::format("`{}`: low is above high", parameter.name));
    }
    range.log = flag_or(table, "log", low == nullptr && step == nullptr && range.log);
    if (step != nullptr) range.step = number(*step, "step");
    try {
      check_range(parameter, range, parameter.name);
    } catch (const Error& error) {
      fail(step != nullptr ? *step : table, error.what());
    }
    return range;
  }

  void check_name(const toml::table& table, std::string_view name) const {
    const bool plain =
        !name.empty() && name.size() <= 64 &&
        name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
            std::string_view::npos;
    if (!plain) fail(table, "as = \"…\" takes letters, digits and _, at most 64");
  }

  std::string source_;
  std::string place_;  ///< of the pipeline itself, in messages
};

}  // namespace

void fail_at(const toml::node& where, std::string_view source, std::string_view why) {
  fail_in_line(where.source().begin.line, source, why);
}

void check_keys(const toml::table& table, const std::vector<std::string>& known,
                std::string_view place, std::string_view source) {
  for (const auto& [key, node] : table) {
    if (std::ranges::find(known, key.str()) != known.end()) continue;
    fail_at(node, source,
            fmt::format("`{}` is not known {}{}; known: {}", quotable(key.str(), 60), place,
                        did_you_mean(key.str(), known), joined(known)));
  }
}

std::string text_or(const toml::table& table, std::string_view key, std::string_view otherwise,
                    std::string_view source) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return std::string(otherwise);
  const auto text = node->value_exact<std::string>();
  if (!text) fail_at(*node, source, fmt::format("`{}` must be a text", key));
  if (quotable(*text, 1000) != *text)
    fail_at(*node, source, fmt::format("`{}` must be one line of at most 1000 bytes", key));
  return *text;
}

toml::table parse_toml(std::string_view text, std::string_view source) {
  if (!is_utf8(text))
    throw Error(Errc::pipeline_invalid, fmt::format("{}: is not a UTF-8 text", source));
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    fail_in_line(error.source().begin.line, source,
                 fmt::format("not TOML: {}", quotable(error.description())));
  }
}

Pipeline pipeline_of(const toml::table& table, std::string_view source, std::string_view place) {
  return PipelineReader(source, place).read(table);
}

std::string toml_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

}  // namespace ocrtune
