#include "ocrtune/analysis/warnings.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/analysis/summary.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/engines/engine_registry.h"

namespace ocrtune {
namespace {

using Severity = Warning::Severity;

/// With less than this share of the baseline's words, an OCR result has probably lost text.
constexpr double kMinWords = 0.8;

/// Nobody reserves more pages than these for validation.
constexpr std::size_t kMaxSuggestedPages = 1000;

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
    found.push_back(
        {.code = "more_errors",
         .text = tr(
             "{} improved, but the character error rate increased; consider the objective `cer`.",
             score_name(summary.objective))});
  } else if (!errors &&
             summary.best.value(Score::words) < kMinWords * summary.baseline.value(Score::words)) {
    found.push_back(
        {.code = "fewer_words",
         .text = tr("at least a fifth of the words were lost; the higher confidence may "
                    "come from omitted words.")});
  }
}

void warn_of_chance(const Summary& summary, std::vector<Warning>& found) {
  const Validation* shown = validation_of_best(summary);
  if (shown == nullptr || shown->pages < 2 || is_above_zero(shown->gain)) return;
  const double scale = shown_scale(summary.objective);
  const Interval& gain = shown->gain;
  Warning warning{.code = "gain_may_be_chance",
                  .text = tr("the confidence interval of the gain on the validation pages "
                             "includes 0: other pages may not gain."),
                  .values = {{"low", scale * gain.low}, {"high", scale * gain.high}}};
  if (gain.mean > 0) {
    const std::size_t needed =
        std::max(shown->pages + 1, sample_size(gain, shown->pages, gain.mean));
    if (needed <= kMaxSuggestedPages) {
      warning.text +=
          tr(" To confirm a gain of this size takes about {} validation pages "
             "(--hold-out).",
             needed);
      warning.values["pages_needed"] = static_cast<double>(needed);
    }
  }
  found.push_back(std::move(warning));
}

void warn_of_objective(const Summary& summary, std::vector<Warning>& found) {
  const std::string_view objective = score_name(summary.objective);
  if (summary.trust && summary.trust->spearman < kMinTrust) {
    const ProxyTrust& trust = *summary.trust;
    found.push_back(
        {.code = "objective_parts_from_errors",
         .text = tr("on {} with ground truth, {} correlates weakly with the CER (Spearman "
                    "{:.2f}); consider the objective `cer`.",
                    counted(trust.pages, "page"), objective, trust.spearman),
         .values = {{"pages", static_cast<double>(trust.pages)}, {"spearman", trust.spearman}}});
  }
  if (!summary.ocr_trust) return;
  const OrderAlike& order = summary.ocr_trust->order;
  if (order.pages == 0 || order.spearman >= kMinTrust) return;
  found.push_back({.code = "objective_parts_from_agreement",
                   .text = tr("{} correlates weakly with the agreement of the OCR results "
                              "(Spearman {:.2f}); consider the objective `agreement`.",
                              objective, order.spearman),
                   .values = {{"spearman", order.spearman}}});
}

/// `one` and `several`: the text for one page and for several.
void note_pages(std::string_view code, std::vector<std::string> pages, const std::string& one,
                const std::string& several, std::vector<Warning>& found) {
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
    found.push_back({.code = "unconfirmed",
                     .severity = Severity::note,
                     .text = tr("the scores are those of {}; they are not confirmed with {} yet.",
                                other_engines_title(summary.engine), reference_engine().title)});
  if (summary.best_number != 0)
    note_pages("worse_pages", names_of(summary.worse), tr("got worse"), tr("got worse"), found);
  note_pages("poorly_recognized_pages", names_of(summary.poorly_recognized),
             tr("is poorly recognized with any settings"),
             tr("are poorly recognized with any settings"), found);
  if (summary.ocr_trust)
    note_pages("doubtful_pages", names_of(summary.ocr_trust->doubtful),
               tr("has OCR results that differ so much that its text cannot be trusted"),
               tr("have OCR results that differ so much that their text cannot be trusted"), found);
  if (summary.failed_pages == 0) return;
  found.push_back({.code = "failed_pages",
                   .severity = Severity::note,
                   .text = tr("{} a pipeline failed on a page or turned it into noise; such a page "
                              "has the worst score. `ocrtune export` lists them.",
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
    if (warning.severity == Severity::caution) text += tr("  Warning: {}\n", warning.text);
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
