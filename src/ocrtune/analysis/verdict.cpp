#include "ocrtune/analysis/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/analysis/results_json.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

using nlohmann::json;

/// "16", "4.1", "0.3": what a reader can tell apart.
std::string number(double percent) {
  return percent >= 9.95 ? localized("{:.0f}", percent) : localized("{:.1f}", percent);
}

/// "250", "12", "5.1", "0.26".
std::string seconds_text(double seconds) {
  return seconds >= 9.95 ? localized("{:.0f}", seconds) : localized("{:.2g}", seconds);
}

/// "on 13 pages not used in the search".
std::string pages_text(const Verdict& verdict) {
  const std::string pages = counted(verdict.pages, "page");
  return verdict.kept_aside ? tr("on {} not used in the search", pages)
                            : tr("on {}, each judged by what was chosen on the others", pages);
}

Interval interval_of(const json& object) {
  return {.mean = object.at("mean"), .low = object.at("low"), .high = object.at("high")};
}

}  // namespace

const RecipePoint& Verdict::point(std::string_view name) const {
  return *std::ranges::find(points, name, &RecipePoint::name);
}

std::string verdict_text(const Verdict& verdict) {
  const RecipePoint& untuned = verdict.point(verdict.untuned);
  const RecipePoint& found = verdict.point(verdict.found);
  std::string text =
      tr("Of 100 characters, about {} are wrong on the original pages, {} with ocrtune untuned, {} "
         "with what was found (95 % interval {} to {}, {}), at {} s a page.\n",
         number(verdict.point(verdict.original).wrong), number(untuned.wrong), number(found.wrong),
         number(verdict.wrong.low), number(verdict.wrong.high), pages_text(verdict),
         seconds_text(found.seconds));
  if (!verdict.recommends && !verdict.kept_aside)
    return text + tr("Without validation pages a gain over ocrtune untuned can't be shown; untuned "
                     "is recommended: --effort {}, at {} s a page.\n",
                     verdict.untuned, seconds_text(untuned.seconds));
  text += verdict.recommends
              ? tr("What was found is recommended: it leaves {} fewer wrong than untuned (95 % "
                   "interval {} to {}).\n",
                   number(verdict.gain.mean), number(verdict.gain.low), number(verdict.gain.high))
              : tr("Nothing was won over ocrtune untuned, which is recommended: --effort {}, at "
                   "{} s a page.\n",
                   verdict.untuned, seconds_text(untuned.seconds));
  return text;
}

std::string recommended_arguments(const Verdict& verdict, std::string_view file) {
  return fmt::format("--{} {}", verdict.recommends ? "recipe" : "effort",
                     verdict.recommends ? file : verdict.untuned);
}

json verdict_json(const Verdict& verdict) {
  json points = json::array();
  for (const RecipePoint& point : verdict.points) {
    points.push_back({{"name", point.name},
                      {"tuned", point.tuned},
                      {"wrong", point.wrong},
                      {"seconds", point.seconds},
                      {"on_front", point.on_front}});
  }
  return {{"pages", verdict.pages},
          {"with_truth", verdict.with_truth},
          {"kept_aside", verdict.kept_aside},
          {"points", std::move(points)},
          {"original", verdict.original},
          {"untuned", verdict.untuned},
          {"found", verdict.found},
          {"wrong", interval_json(verdict.wrong)},
          {"gain", interval_json(verdict.gain)},
          {"recommends", verdict.recommends},
          {"recipe", verdict.recipe}};
}

json verdict_result_json(const Verdict& verdict) {
  json result = verdict_json(verdict);
  result["text"] = verdict_text(verdict);
  return result;
}

json verdict_page_json(const Verdict& verdict) {
  json result = verdict_json(verdict);
  result["text"] = in_each_language([&] { return verdict_text(verdict); });
  return result;
}

Verdict parse_verdict(std::string_view text) {
  try {
    const json object = json::parse(text);
    Verdict verdict{.pages = object.at("pages"),
                    .with_truth = object.at("with_truth"),
                    .kept_aside = object.at("kept_aside"),
                    .points = {},
                    .original = object.at("original"),
                    .untuned = object.at("untuned"),
                    .found = object.at("found"),
                    .wrong = interval_of(object.at("wrong")),
                    .gain = interval_of(object.at("gain")),
                    .recommends = object.at("recommends"),
                    .recipe = object.at("recipe")};
    for (const json& point : object.at("points")) {
      verdict.points.push_back({.name = point.at("name"),
                                .tuned = point.at("tuned"),
                                .wrong = point.at("wrong"),
                                .seconds = point.at("seconds"),
                                .on_front = point.at("on_front")});
    }
    for (const std::string& name : {verdict.original, verdict.untuned, verdict.found}) {
      if (std::ranges::find(verdict.points, name, &RecipePoint::name) == verdict.points.end())
        throw Error(Errc::study_error, tr("the study is damaged: its verdict can't be read"));
    }
    return verdict;
  } catch (const json::exception&) {
    throw Error(Errc::study_error, tr("the study is damaged: its verdict can't be read"));
  }
}

std::optional<Verdict> verdict_of(const Storage& study) {
  const std::optional<std::string> text = study.verdict();
  return text && !text->empty() ? std::optional(parse_verdict(*text)) : std::nullopt;
}

}  // namespace ocrtune
