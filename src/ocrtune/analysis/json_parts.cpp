#include "ocrtune/analysis/json_parts.h"

#include <nlohmann/json.hpp>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

using nlohmann::json;

json in_each_language(const std::function<std::string()>& text) {
  json texts;
  for (const Language language : {Language::english, Language::french}) {
    const LanguageScope scope(language);
    texts[std::string(language_tag(language))] = text();
  }
  return texts;
}

std::string_view type_word(ParameterType type) {
  return type == ParameterType::odd ? "odd" : type_name(type);
}

json interval_json(const Interval& interval) {
  return {{"mean", interval.mean}, {"low", interval.low}, {"high", interval.high}};
}

json point_json(const Space& space, const Point& point) {
  json values = json::object();
  for (const Dimension& dimension : space.dimensions()) {
    const std::optional<double> value = point.find(dimension.name);
    if (!value) continue;
    if (dimension.type == ParameterType::category) {
      values[dimension.name] = value_text(dimension, *value);
    } else {
      values[dimension.name] = *value;
    }
  }
  return values;
}

json score_json(Score score) {
  const ScoreDeclaration& declared = declaration_of(score);
  return {{"name", declared.name},
          {"minimized", declared.minimized},
          {"unit", declared.unit},
          {"scale", declared.scale},
          {"title", in_each_language([&] { return translated("score", declared.title); })},
          {"needs_truth", needs_truth(score)},
          {"help", in_each_language([&] { return translated({}, declared.help); })}};
}

json devices_json(const std::vector<DeviceListing>& devices) {
  json list = json::array();
  for (const auto& [info, is_processor, has_code] : devices) {
    list.push_back({{"name", info.name},
                    {"description", quotable(info.description)},
                    {"memory_bytes", info.memory_bytes},
                    {"is_processor", is_processor},
                    {"has_code", has_code}});
  }
  return list;
}

}  // namespace ocrtune
