#include "ocrtune/pipeline/pipeline_file.h"

#include <fmt/format.h>

#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune {
namespace {

constexpr std::uint64_t kFileLimit = 1'000'000;
constexpr std::size_t kMostStages = 100;

/// Reads one pipeline; every message begins with source and line.
class PipelineReader {
 public:
  explicit PipelineReader(std::string_view source) : source_(source) {}

  Pipeline read(const toml::table& root) {
    check_keys(root, {"name", "description", "stage"}, "at the top");
    const std::string name = text_or(root, "name", "unnamed");
    const std::string description = text_or(root, "description", "");
    std::vector<StageUse> stages;
    if (const toml::node* node = root.get("stage")) {
      const toml::array* list = node->as_array();
      if (list == nullptr) fail(*node, "stages are written as [[stage]] sections");
      if (list->size() > kMostStages) fail(*node, fmt::format("more than {} stages", kMostStages));
      for (const toml::node& entry : *list) {
        stages.push_back(read_stage(entry));
        try {
          (void)Pipeline(name, description, stages);
        } catch (const Error& error) {
          fail(entry, error.what());
        }
      }
    }
    return {name, description, std::move(stages)};
  }

  [[noreturn]] void fail(std::size_t line, std::string_view why) const {
    throw Error(ExitStatus::pipeline_invalid, fmt::format("{}: line {}: {}", source_, line, why));
  }

 private:
  [[noreturn]] void fail(const toml::node& where, std::string_view why) const {
    fail(where.source().begin.line, why);
  }

  void check_keys(const toml::table& table, const std::vector<std::string>& known,
                  std::string_view place) const {
    for (const auto& [key, node] : table) {
      if (std::ranges::find(known, key.str()) != known.end()) continue;
      fail(node, fmt::format("`{}` is not known {}{}; known: {}", quotable(key.str(), 60), place,
                             did_you_mean(key.str(), known), joined(known)));
    }
  }

  std::string text_or(const toml::table& table, std::string_view key,
                      std::string_view otherwise) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::string(otherwise);
    const auto text = node->value_exact<std::string>();
    if (!text) fail(*node, fmt::format("`{}` must be a text", key));
    if (quotable(*text, 1000) != *text)
      fail(*node, fmt::format("`{}` must be one line of at most 1000 bytes", key));
    return *text;
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

  StageUse read_stage(const toml::node& entry) const {
    const toml::table* table = entry.as_table();
    if (table == nullptr) fail(entry, "stages are written as [[stage]] sections");
    const toml::node* use_node = table->get("use");
    const auto use_name = use_node != nullptr ? use_node->value_exact<std::string>() : std::nullopt;
    if (!use_name) fail(entry, "a stage needs use = \"NAME\"; `ocrtune stages` lists them");
    StageUse use;
    try {
      use.stage = &stage_named(*use_name);
    } catch (const Error& error) {
      fail(*use_node, error.what());
    }
    std::vector<std::string> known{"use", "optional", "on"};
    for (const Parameter& parameter : use.stage->parameters) known.push_back(parameter.name);
    check_keys(*table, known, fmt::format("in stage {}", *use_name));
    use.optional = flag_or(*table, "optional", false);
    use.on = flag_or(*table, "on", true);
    for (const Parameter& parameter : use.stage->parameters) {
      use.settings.push_back(read_setting(parameter, table->get(parameter.name)));
    }
    return use;
  }

  Setting read_setting(const Parameter& parameter, const toml::node* node) const {
    Setting setting{
        .name = parameter.name, .parameter = &parameter, .value = parameter.initial, .free = {}};
    if (node == nullptr) return setting;
    if (const toml::table* table = node->as_table()) {
      read_table(*table, setting);
    } else if (node->value_exact<std::string>() == "free") {
      setting.free = Range{parameter.low, parameter.high};
    } else if (node->is_number()) {
      setting.value = number(*node, parameter.name);
      require_allowed(*node, parameter, setting.value);
    } else {
      fail(*node, fmt::format("`{}` must be a number, \"free\", or {{ low = …, high = … }}",
                              parameter.name));
    }
    return setting;
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
    check_keys(table, {"low", "high", "initial", "value", "as"},
               fmt::format("in `{}`", parameter.name));
    setting.name = text_or(table, "as", parameter.name);
    check_name(table, setting.name);
    const toml::node* low = table.get("low");
    const toml::node* high = table.get("high");
    const toml::node* value = table.get("value");
    const toml::node* initial = table.get("initial");
    if ((low == nullptr) != (high == nullptr))
      fail(table, fmt::format("`{}` needs both low and high", parameter.name));
    if (value != nullptr && (low != nullptr || initial != nullptr)) {
      fail(table, fmt::format("`{}` is either fixed (value) or free (low, high, initial)",
                              parameter.name));
    }
    if (low != nullptr) {
      const Range range{number(*low, "low"), number(*high, "high")};
      require_allowed(*low, parameter, range.low);
      require_allowed(*high, parameter, range.high);
      if (range.low > range.high)
        fail(*low, fmt::format("`{}`: low is above high", parameter.name));
      setting.free = range;
      setting.value = std::clamp(setting.value, range.low, range.high);
    } else if (initial != nullptr) {
      setting.free = Range{parameter.low, parameter.high};
    }
    if (value != nullptr) setting.value = number(*value, "value");
    if (initial != nullptr) setting.value = number(*initial, "initial");
    require_allowed(table, parameter, setting.value);
    if (setting.free && (setting.value < setting.free->low || setting.value > setting.free->high)) {
      fail(*initial, fmt::format("`{}`: initial lies outside low to high", parameter.name));
    }
  }

  void check_name(const toml::table& table, std::string_view name) const {
    const bool plain =
        !name.empty() && name.size() <= 64 &&
        name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
            std::string_view::npos;
    if (!plain) fail(table, "as = \"…\" takes letters, digits and _, at most 64");
  }

  std::string source_;
};

std::string toml_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

std::string setting_text(const Setting& setting) {
  const Parameter& parameter = *setting.parameter;
  const auto text = [&](double value) { return value_text(parameter.type, value); };
  const std::string as =
      setting.name == parameter.name ? "" : fmt::format(", as = {}", toml_string(setting.name));
  if (setting.free) {
    return fmt::format("{} = {{ low = {}, high = {}, initial = {}{} }}\n", parameter.name,
                       text(setting.free->low), text(setting.free->high), text(setting.value), as);
  }
  if (as.empty()) return fmt::format("{} = {}\n", parameter.name, text(setting.value));
  return fmt::format("{} = {{ value = {}{} }}\n", parameter.name, text(setting.value), as);
}

}  // namespace

Pipeline parse_pipeline(std::string_view text, std::string_view source) {
  PipelineReader reader(source);
  if (!is_utf8(text))
    throw Error(ExitStatus::pipeline_invalid, fmt::format("{}: is not a UTF-8 text", source));
  try {
    return reader.read(toml::parse(text));
  } catch (const toml::parse_error& error) {
    reader.fail(error.source().begin.line,
                fmt::format("not TOML: {}", quotable(error.description())));
  }
}

Pipeline read_pipeline(const std::filesystem::path& path) {
  return parse_pipeline(read_text(path, kFileLimit, ExitStatus::pipeline_invalid), shown(path));
}

std::string pipeline_text(const Pipeline& pipeline) {
  std::string text = fmt::format("name = {}\n", toml_string(pipeline.name()));
  if (!pipeline.description().empty())
    text += fmt::format("description = {}\n", toml_string(pipeline.description()));
  for (const StageUse& use : pipeline.stages()) {
    text += fmt::format("\n[[stage]]\nuse = {}\n", toml_string(use.stage->name));
    if (use.optional) text += "optional = true\n";
    if (!use.on) text += "on = false\n";
    for (const Setting& setting : use.settings) text += setting_text(setting);
  }
  return text;
}

}  // namespace ocrtune
