#include "ocrtune/ocr/external/engine_protocol.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxText = 200;
constexpr std::size_t kMaxLanguages = 1000;
constexpr std::size_t kMaxOptions = 50;
constexpr std::size_t kMaxChoices = 100;
constexpr double kMaxNumber = 1e9;

std::string optional_line(JsonFields& fields, const std::string& name, std::size_t limit) {
  return fields.absent(name) ? "" : fields.line(name, limit);
}

bool is_option_name(std::string_view name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

void read_choices(JsonFields& fields, EngineOption& option) {
  option.choices = fields.texts("choices", kMaxChoices);
  if (option.choices.size() < 2) fields.refuse("choices", tr("must be a list of at least two"));
  const auto found = std::ranges::find(option.choices, fields.text("initial"));
  if (found == option.choices.end()) fields.refuse("initial", tr("must be one of the choices"));
  option.initial = static_cast<double>(found - option.choices.begin());
  option.high = static_cast<double>(option.choices.size() - 1);
}

void read_range(JsonFields& fields, EngineOption& option) {
  const auto number = [&](const std::string& name, double low, double high) {
    return option.type == EngineOptionType::integer
               ? static_cast<double>(
                     fields.whole(name, static_cast<long long>(low), static_cast<long long>(high)))
               : fields.number(name, low, high);
  };
  option.low = number("low", -kMaxNumber, kMaxNumber);
  option.high = number("high", option.low, kMaxNumber);
  option.initial = number("initial", option.low, option.high);
}

EngineOption parse_option(const json& object, const std::string& place) {
  JsonFields fields(object, place);
  EngineOption option{.name = fields.text("name", 50)};
  if (!is_option_name(option.name))
    fields.refuse("name", tr("must have the characters a to z, 0 to 9 and _"));
  const std::string type = fields.text("type", 20);
  if (type == "category") {
    option.type = EngineOptionType::category;
    read_choices(fields, option);
  } else if (type == "integer" || type == "real") {
    option.type = type == "real" ? EngineOptionType::real : EngineOptionType::integer;
    read_range(fields, option);
  } else {
    fields.refuse("type", tr("must be integer, real or category"));
  }
  option.unit = optional_line(fields, "unit", 20);
  option.help = optional_line(fields, "help", kMaxText);
  return option;
}

std::vector<EngineOption> parse_options(JsonFields& fields) {
  std::vector<EngineOption> options;
  for (const json& object : fields.array("options", kMaxOptions)) {
    EngineOption option = parse_option(object, fmt::format("options[{}]", options.size()));
    if (std::ranges::find(options, option.name, &EngineOption::name) != options.end())
      fields.refuse("options", tr("has `{}` twice", option.name));
    options.push_back(std::move(option));
  }
  return options;
}

}  // namespace

bool EngineHello::supports(std::string_view language) const {
  const auto has = [this](std::string_view name) {
    return std::ranges::find(languages, name) != languages.end();
  };
  if (has("*")) return true;
  const std::vector<std::string> parts = split(language, '+');
  return std::ranges::all_of(parts, has);
}

EngineHello parse_hello(std::string_view line) {
  const json object = parse_json(line);
  JsonFields fields(object, "");
  (void)fields.whole("protocol", kEngineProtocol, kEngineProtocol);
  EngineHello hello{.version = fields.line("version", kMaxText)};
  hello.models = optional_line(fields, "models", kMaxText);
  hello.languages = fields.texts("languages", kMaxLanguages);
  if (hello.languages.empty()) fields.refuse("languages", tr("must name at least one"));
  for (const std::string& language : hello.languages) {
    if (quotable(language, 60) != language)
      fields.refuse("languages", tr("must be one line of text"));
  }
  hello.confidence = optional_line(fields, "confidence", kMaxText);
  if (!fields.absent("options")) hello.options = parse_options(fields);
  return hello;
}

std::string request_line(const EngineRequest& request, std::string_view image) {
  json options = json::object();
  for (const auto& [option, value] : request.options) {
    json& stated = options[option.name];
    switch (option.type) {
      case EngineOptionType::category:
        stated = option.choices.at(static_cast<std::size_t>(value));
        break;
      case EngineOptionType::integer:
        stated = static_cast<long long>(value);
        break;
      default:
        stated = value;
    }
  }
  const json object = {{"id", request.id},
                       {"image", image},
                       {"width", request.size.width},
                       {"height", request.size.height},
                       {"dpi", request.dpi},
                       {"language", request.lang},
                       {"options", options}};
  return object.dump();
}

}  // namespace ocrtune
