#include "ocrtune/report/warnings.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/text.h"
#include "ocrtune/ocr/engine_registry.h"
#include "ocrtune/ocr/reader.h"
#include "ocrtune/report/results_json.h"
#include "ocrtune/report/summary.h"

namespace ocrtune {
namespace {

using Severity = Warning::Severity;

/// Fewer than this share of the baseline's words are too few to be a better reading.
constexpr double kLeastWords = 0.8;

template <typename Entry>
std::vector<std::string> names_of(const std::vector<Entry>& entries) {
  std::vector<std::string> names;
  names.reserve(entries.size());
  for (const Entry& entry : entries) names.push_back(entry.name);
  return names;
}

void warn_of_text(const Summary& summary, std::vector<Warning>& found) {
  const std::optional<double> errors = summary.best.find(Score::cer);
  const std::optional<double> before = summary.baseline.find(Score::cer);
  if (errors && before && *errors > *before) {
    found.push_back({.code = "more_errors",
                     .text = fmt::format("by {} it is better, but there are more character errors; "
                                         "the objective `cer` tunes for the text.",
                                         score_name(summary.objective))});
  } else if (!errors && summary.best.value(Score::words) <
                            kLeastWords * summary.baseline.value(Score::words)) {
    found.push_back({.code = "fewer_words",
                     .text = "a fifth of the words or more are gone; a high confidence may come "
                             "from leaving words out."});
  }
}

void warn_of_chance(const Summary& summary, std::vector<Warning>& found) {
  const Validation* shown = validation_of_best(summary);
  if (shown == nullptr || shown->pages < 2 || shown->gain.low > 0) return;
  const double scale = shown_scale(summary.objective);
  const Interval& gain = shown->gain;
  found.push_back({.code = "gain_may_be_chance",
                   .text = "the interval of the gain on the pages held out holds 0: on other pages "
                           "there may be none.",
                   .values = {{"low", scale * gain.low}, {"high", scale * gain.high}}});
}

void warn_of_objective(const Summary& summary, std::vector<Warning>& found) {
  const std::string_view objective = score_name(summary.objective);
  if (summary.trust && summary.trust->spearman < kLeastTrust) {
    const ProxyTrust& trust = *summary.trust;
    found.push_back(
        {.code = "objective_parts_from_errors",
         .text = fmt::format("on {} with truth {} hardly follows the errors (Spearman {:.2f} of "
                             "1); the objective `cer` tunes for the text.",
                             counted(trust.pages, "page"), objective, trust.spearman),
         .values = {{"pages", static_cast<double>(trust.pages)}, {"spearman", trust.spearman}}});
  }
  if (!summary.reading_trust) return;
  const OrderAlike& order = summary.reading_trust->order;
  if (order.pages == 0 || order.spearman >= kLeastTrust) return;
  found.push_back(
      {.code = "objective_parts_from_agreement",
       .text = fmt::format("{} hardly follows how far the readings agree with others (Spearman "
                           "{:.2f} of 1); the objective `agreement` tunes for it.",
                           objective, order.spearman),
       .values = {{"spearman", order.spearman}}});
}

/// `what` is said of one page and of several.
void note_pages(std::string_view code, std::vector<std::string> pages, const char* one,
                const char* several, std::vector<Warning>& found) {
  if (pages.empty()) return;
  const std::size_t count = pages.size();
  found.push_back(
      {.code = code,
       .severity = Severity::note,
       .text = fmt::format("{} {}.", counted(count, "page"), count == 1 ? one : several),
       .values = {{"count", static_cast<double>(count)}},
       .pages = std::move(pages)});
}

void note_the_rest(const Summary& summary, std::vector<Warning>& found) {
  if (summary.confirmation == Confirmation::missing)
    found.push_back(
        {.code = "unconfirmed",
         .severity = Severity::note,
         .text = fmt::format("scores are those of {}; {} hasn't confirmed them yet.",
                             other_readers_title(summary.reader), reference_engine().title)});
  if (summary.best_number != 0)
    note_pages("worse_pages", names_of(summary.worse), "is read worse", "are read worse", found);
  note_pages("hardly_read_pages", names_of(summary.hardly_read), "is hardly read even so",
             "are hardly read even so", found);
  if (summary.reading_trust)
    note_pages("doubtful_pages", names_of(summary.reading_trust->doubtful),
               "is read so differently each time that the text is garbage, or can't be trusted",
               "are read so differently each time that the text is garbage, or can't be trusted",
               found);
  if (summary.failed_pages == 0) return;
  found.push_back(
      {.code = "failed_pages",
       .severity = Severity::note,
       .text = fmt::format("{} a pipeline could not run on a page, or made noise of it, which "
                           "counts as the worst; `ocrtune export` names them.",
                           counted(summary.failed_pages, "time")),
       .values = {{"count", static_cast<double>(summary.failed_pages)}}});
}

std::string_view severity_name(Severity severity) {
  return severity == Severity::caution ? "caution" : "note";
}

}  // namespace

std::vector<Warning> warnings_of(const Summary& summary) {
  std::vector<Warning> found;
  if (summary.points == 0) return found;
  if (summary.best_number != 0) {
    warn_of_text(summary, found);
    warn_of_chance(summary, found);
  }
  warn_of_objective(summary, found);
  note_the_rest(summary, found);
  return found;
}

std::string cautions_text(const std::vector<Warning>& warnings) {
  std::string text;
  for (const Warning& warning : warnings) {
    if (warning.severity == Severity::caution) text += fmt::format("  Beware: {}\n", warning.text);
  }
  return text;
}

nlohmann::json warnings_json(const std::vector<Warning>& warnings) {
  nlohmann::json list = nlohmann::json::array();
  for (const Warning& warning : warnings) {
    list.push_back({{"code", warning.code},
                    {"severity", severity_name(warning.severity)},
                    {"text", warning.text},
                    {"values", warning.values},
                    {"pages", warning.pages}});
  }
  return list;
}

}  // namespace ocrtune
