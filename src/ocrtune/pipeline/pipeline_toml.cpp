#include "ocrtune/pipeline/pipeline_toml.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/ocr_toml.h"
#include "ocrtune/pipeline/setting_toml.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune {
namespace {

[[noreturn]] void fail_in_line(std::size_t line, std::string_view source, std::string_view why) {
  throw Error(Errc::pipeline_invalid, tr("{}: line {}: {}", source, line, why));
}

/// Reads one pipeline; every message begins with source and line.
class PipelineReader {
 public:
  PipelineReader(std::string_view source, std::string_view place)
      : source_(source), place_(place), settings_(source) {}

  Pipeline read(const toml::table& root, const std::vector<std::string>& further) {
    std::vector<std::string> known{"name", "description", "stage", "ocr"};
    known.insert(known.end(), further.begin(), further.end());
    check_keys(root, known, place_);
    const std::string name = text_or(root, "name", "unnamed");
    const std::string description = text_or(root, "description", "");
    std::vector<StageUse> stages;
    std::vector<Slot> slots;
    if (const toml::node* node = root.get("stage")) {
      const toml::array* list = node->as_array();
      if (list == nullptr) fail(*node, tr("stages are written as [[stage]] sections"));
      if (list->size() > kMaxStages) fail(*node, tr("more than {} stages", kMaxStages));
      std::size_t sections = 0;
      for (const toml::node& entry : *list) {
        ++sections;
        const toml::table* table = entry.as_table();
        if (table == nullptr) fail(entry, tr("stages are written as [[stage]] sections"));
        read_section(*table, sections, stages, slots);
        if (stages.size() > kMaxStages) fail(entry, tr("more than {} stages", kMaxStages));
        try {
          (void)Pipeline(name, description, stages, slots);
        } catch (const Error& error) {
          fail(entry, error.what());
        }
      }
    }
    std::vector<OcrUse> ocr;
    if (const toml::node* node = root.get("ocr")) ocr = read_ocr(*node, source_);
    try {
      return {name, description, std::move(stages), std::move(slots), std::move(ocr)};
    } catch (const Error& error) {
      fail(root.contains("ocr") ? *root.get("ocr") : root, error.what());
    }
  }

 private:
  /// `number` of the [[stage]] sections, from 1.
  void read_section(const toml::table& table, std::size_t number, std::vector<StageUse>& stages,
                    std::vector<Slot>& slots) {
    if (table.contains("one_of")) {
      Slot slot = read_slot(table, number);
      read_alternatives(table, slot, stages);
      slots.push_back(std::move(slot));
    } else {
      stages.push_back(read_stage(table));
    }
  }

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

  const Stage& stage_of(const toml::node& node) const {
    const auto name = node.value_exact<std::string>();
    if (!name) fail(node, tr("`use` needs the name of a stage; `ocrtune stages` lists them"));
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
      fail(table, tr("a stage needs use = \"NAME\" or one_of = [\"NAME\", …]; `ocrtune stages` "
                     "lists them"));
    StageUse use{.stage = &stage_of(*use_node)};
    std::vector<std::string> known = parameter_names(*use.stage);
    known.insert(known.begin(), {"use", "optional", "on"});
    check_keys(table, known, tr("in stage {}", use.stage->name));
    use.optional = settings_.flag_or(table, "optional", false);
    use.on = settings_.flag_or(table, "on", true);
    for (const Parameter& parameter : use.stage->parameters) {
      use.settings.push_back(settings_.read(parameter, table.get(parameter.name), parameter.name));
    }
    return use;
  }

  /// `section` is its number among the [[stage]] sections, from 1.
  Slot read_slot(const toml::table& table, std::size_t section) const {
    const toml::node& list_node = *table.get("one_of");
    const toml::array* list = list_node.as_array();
    if (list == nullptr || list->size() < 2 || list->size() > kMaxStages)
      fail(list_node,
           tr("one_of = [\"NAME\", …] takes at least two stages, or a stage and \"none\""));
    Slot slot;
    for (const toml::node& node : *list) {
      const std::string given = node.value_exact<std::string>().value_or("");
      const std::string name = given == kNoStage ? given : stage_of(node).name;
      if (std::ranges::find(slot.choices, name) != slot.choices.end())
        fail(node, tr("`{}` is given twice", name));
      slot.choices.push_back(name);
    }
    slot.name = text_or(table, "as", slot_name(slot.choices, section));
    settings_.check_name(table, slot.name);
    const std::string initial = text_or(table, "initial", slot.choices.front());
    const auto chosen = std::ranges::find(slot.choices, initial);
    if (chosen == slot.choices.end())
      fail(*table.get("initial"), tr("`initial` is not one of {}", joined(slot.choices)));
    slot.chosen = static_cast<std::size_t>(chosen - slot.choices.begin());
    std::vector<std::string> known{"one_of", "as", "initial"};
    known.insert(known.end(), slot.choices.begin(), slot.choices.end());
    check_keys(table, known, tr("beside one_of in `{}`", slot.name));
    return slot;
  }

  /// The first word, if all stages have the same one.
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
        if (node != nullptr) fail(*node, tr("`none` has no parameters"));
        continue;
      }
      const toml::table* own = node != nullptr ? node->as_table() : nullptr;
      if (node != nullptr && own == nullptr)
        fail(*node, tr("the parameters of `{0}` are written in a section [stage.{0}]", choice));
      StageUse use{.stage = &stage_named(choice), .slot = slot.name};
      if (own != nullptr) check_keys(*own, parameter_names(*use.stage), tr("in stage {}", choice));
      for (const Parameter& parameter : use.stage->parameters) {
        use.settings.push_back(settings_.read(parameter,
                                              own != nullptr ? own->get(parameter.name) : nullptr,
                                              fmt::format("{}_{}", choice, parameter.name)));
      }
      stages.push_back(std::move(use));
    }
  }

  std::string source_;
  std::string place_;  ///< of the pipeline itself, in messages
  SettingReader settings_;
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
            tr("unknown key `{}` {}{}; known: {}", quotable(key.str(), 60), place,
               did_you_mean(key.str(), known), joined(known)));
  }
}

std::string text_or(const toml::table& table, std::string_view key, std::string_view otherwise,
                    std::string_view source) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return std::string(otherwise);
  const auto text = node->value_exact<std::string>();
  if (!text) fail_at(*node, source, tr("`{}` must be a string", key));
  if (quotable(*text, 1000) != *text)
    fail_at(*node, source, tr("`{}` must be one line of at most 1000 bytes", key));
  return *text;
}

toml::table parse_pipeline_toml(std::string_view text, std::string_view source) try {
  return parse_toml(text);
} catch (const Error& error) {
  throw Error(Errc::pipeline_invalid, fmt::format("{}: {}", source, error.what()));
}

Pipeline pipeline_of(const toml::table& table, std::string_view source, std::string_view place,
                     const std::vector<std::string>& further) {
  return PipelineReader(source, place).read(table, further);
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
