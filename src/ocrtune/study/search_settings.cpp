#include "ocrtune/study/search_settings.h"

#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

using nlohmann::json;

json point_json(const Point& point) {
  json list = json::array();
  for (const auto& [name, value] : point.values) list.push_back({name, value});
  return list;
}

Point point_from(const json& list) {
  Point point;
  for (const json& entry : list)
    point.values.emplace_back(entry.at(0).get<std::string>(), entry.at(1).get<double>());
  return point;
}

}  // namespace

std::string search_text(const SearchSettings& settings) {
  json more = json::array();
  for (const Score objective : settings.more_objectives)
    more.push_back(std::string(score_name(objective)));
  json constraints = json::array();
  for (const Constraint& constraint : settings.constraints)
    constraints.push_back(constraint_text(constraint));
  json first = json::array();
  for (const Point& point : settings.first) first.push_back(point_json(point));
  json text{{"sampler", settings.sampler},
            {"pruner", settings.pruner},
            {"in_flight", settings.in_flight},
            {"sampled", settings.sampled},
            {"more_objectives", more},
            {"constraints", constraints},
            {"first", first},
            {"whole", settings.whole},
            {"steady", settings.steady},
            {"reference_engine", settings.reference_engine}};
  // Left out where they say nothing, as in studies of earlier versions.
  if (settings.starts > 0) text["starts"] = settings.starts;
  if (settings.planned > 0) text["planned"] = settings.planned;
  return text.dump();
}

SearchSettings search_from(std::string_view text) {
  try {
    const json object = json::parse(text);
    SearchSettings settings{.sampler = object.at("sampler").get<std::string>(),
                            .pruner = object.at("pruner").get<std::string>(),
                            .in_flight = object.at("in_flight").get<std::size_t>(),
                            .sampled = object.at("sampled").get<bool>()};
    if (settings.in_flight < 1)
      throw Error(Errc::study_error, tr("the number of in-flight trials is below 1"));
    for (const json& name : object.at("more_objectives"))
      settings.more_objectives.push_back(score_named(name.get<std::string>()));
    for (const json& constraint : object.at("constraints"))
      settings.constraints.push_back(parse_constraint(constraint.get<std::string>()));
    for (const json& point : object.at("first")) settings.first.push_back(point_from(point));
    settings.whole = object.at("whole").get<std::size_t>();
    settings.steady = object.at("steady").get<bool>();
    settings.reference_engine = object.at("reference_engine").get<std::string>();
    settings.starts = object.value("starts", std::size_t{0});
    settings.planned = object.value("planned", std::size_t{0});
    return settings;
  } catch (const json::exception&) {
    throw Error(Errc::study_error, tr("is damaged: its search settings can't be read"));
  } catch (const Error& error) {
    throw Error(Errc::study_error,
                std::string(tr("is damaged: its search settings: ")) + error.what());
  }
}

}  // namespace ocrtune
