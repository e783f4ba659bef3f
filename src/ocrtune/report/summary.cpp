#include "ocrtune/report/summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/reader.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/report/json_parts.h"

namespace ocrtune {
namespace {

using nlohmann::json;

/// In the unit people know.
double shown_value(Objective objective, double value) { return shown_scale(objective) * value; }

std::string percent(std::optional<double> rate) {
  return rate ? fmt::format("{:.2f} %", 100 * *rate) : "-";
}

void compare_pages(const StudyDefinition& definition, const Trial& baseline, const Trial& best,
                   Summary& summary) {
  std::vector<double> gains;
  for (std::size_t page = 0; page < baseline.pages.size(); ++page) {
    const PageResult& before = baseline.pages[page];
    const PageResult& after = best.pages[page];
    const auto gain = page_gain(before, after, summary.objective);
    if (!gain) continue;
    gains.push_back(*gain);
    if (*gain >= 0) continue;
    summary.worse.push_back({.name = definition.pages[page].name,
                             .baseline = *page_value(before, summary.objective),
                             .best = *page_value(after, summary.objective)});
  }
  summary.judged_pages = gains.size();
  summary.gain = paired_bootstrap(gains, definition.seed);
  std::ranges::stable_sort(summary.worse, std::ranges::greater(), [](const PageChange& change) {
    return std::abs(change.best - change.baseline);
  });
}

std::string row(std::string_view name, const MeanScores& scores) {
  std::string text = fmt::format("  {:<9} confidence {:6.2f}   words a page {:6.1f}", name,
                                 scores.confidence, scores.words);
  if (scores.cer)
    text += fmt::format("   CER {:>8}   WER {:>8}", percent(scores.cer), percent(scores.wer));
  return text + "\n";
}

std::string worse_text(const Summary& summary) {
  if (summary.worse.empty()) return "  no page reads worse\n";
  constexpr std::size_t kShown = 5;
  std::string text =
      fmt::format("  {} of {} pages read worse:\n", summary.worse.size(), summary.judged_pages);
  for (std::size_t i = 0; i < std::min(kShown, summary.worse.size()); ++i) {
    const PageChange& change = summary.worse[i];
    text += fmt::format("    {}  {:.2f} -> {:.2f}\n", change.name,
                        shown_value(summary.objective, change.baseline),
                        shown_value(summary.objective, change.best));
  }
  if (summary.worse.size() > kShown)
    text += fmt::format("    and {} more\n", summary.worse.size() - kShown);
  return text;
}

/// Said where a gain in the objective is not one in what can be read.
std::string doubts(const Summary& summary) {
  std::string text;
  if (summary.best.cer && summary.baseline.cer && *summary.best.cer > *summary.baseline.cer) {
    text +=
        "  Beware: the confidence rose, but so did the character errors; `--objective cer` tunes "
        "for the text.\n";
  } else if (!summary.best.cer && summary.best.words < 0.8 * summary.baseline.words) {
    text +=
        "  Beware: a fifth of the words or more are gone; a high confidence may come from leaving "
        "words out.\n";
  }
  return text;
}

bool read_by_stock(const StudyDefinition& definition) {
  return definition.reader == reader_name(Reader::tesseract);
}

/// The trial with stock Tesseract's scores.
Trial with_scores(Trial trial, const std::vector<PageScores>& scores) {
  for (std::size_t page = 0; page < std::min(trial.pages.size(), scores.size()); ++page)
    trial.pages[page].scores = scores[page];
  return trial;
}

/// Puts stock Tesseract's scores in the place of the reader's.
void confirm(const Confirmations& confirmations, Trial& baseline, Trial& best, Summary& summary) {
  const auto first = confirmations.find(baseline.number);
  const auto second = confirmations.find(best.number);
  if (first == confirmations.end() || second == confirmations.end()) {
    summary.confirmation = Confirmation::missing;
    return;
  }
  summary.confirmation = Confirmation::given;
  baseline = with_scores(std::move(baseline), first->second);
  best = with_scores(std::move(best), second->second);
  const bool better = is_better(summary.objective, best.means().value(summary.objective),
                                baseline.means().value(summary.objective));
  if (best.number == 0 || better) return;
  summary.confirmation = Confirmation::refused;
  best = baseline;
}

/// True where two readers part by more than a tenth of a point or percent.
bool part(const MeanScores& ours, const MeanScores& stock) {
  constexpr double kTenth = 0.1;
  const auto rates_part = [](std::optional<double> a, std::optional<double> b) {
    return 100 * std::abs(a.value_or(0) - b.value_or(0)) > kTenth;
  };
  return std::abs(ours.confidence - stock.confidence) > kTenth || rates_part(ours.cer, stock.cer) ||
         rates_part(ours.wer, stock.wer);
}

std::string confirmation_text(const Summary& summary) {
  switch (summary.confirmation) {
    case Confirmation::not_needed:
      return "";
    case Confirmation::missing:
      return "  scores are those of ocrtune's own reader; stock Tesseract hasn't confirmed them "
             "yet\n";
    case Confirmation::refused:
      return fmt::format(
                 "  point #{} was better with ocrtune's own reader only, not with stock "
                 "Tesseract:\n",
                 summary.found_number) +
             row("baseline", summary.found_baseline) +
             row(fmt::format("best #{}", summary.found_number), summary.found_best);
    default:
      break;
  }
  std::string text = "  confirmed with stock Tesseract, whose scores these are\n";
  if (part(summary.found_baseline, summary.baseline) || part(summary.found_best, summary.best)) {
    text += "  ocrtune's own reader, which the search used, differs by more than 0.1:\n" +
            row("baseline", summary.found_baseline) +
            row(fmt::format("best #{}", summary.found_number), summary.found_best);
  }
  return text;
}

std::string_view confirmation_name(Confirmation confirmation) {
  switch (confirmation) {
    case Confirmation::not_needed:
      return "not needed";
    case Confirmation::missing:
      return "missing";
    case Confirmation::refused:
      return "refused";
    default:
      return "given";
  }
}

}  // namespace

std::vector<const Trial*> to_be_confirmed(const StudyDefinition& definition,
                                          const std::vector<Trial>& trials,
                                          const Confirmations& confirmations,
                                          const Confirmations& validations) {
  std::vector<const Trial*> missing;
  if (read_by_stock(definition) || trials.empty()) return missing;
  const std::size_t recommended = recommend(definition, trials, validations).number;
  for (const Trial& trial : trials) {
    const bool shown = trial.number == 0 || trial.number == recommended;
    if (shown && !confirmations.contains(trial.number)) missing.push_back(&trial);
  }
  return missing;
}

Summary summarize(const Storage& study) {
  return summarize(study.definition(), study.trials(), study.confirmations(), study.validations());
}

Summary summarize(const StudyDefinition& definition, const std::vector<Trial>& trials,
                  const Confirmations& confirmations, const Confirmations& validations) {
  if (trials.empty() || trials.front().number != 0) {
    throw Error(ExitStatus::study_error,
                "the study has no finished baseline yet; the command that began it goes on");
  }
  const Recommendation recommended = recommend(definition, trials, validations);
  Trial baseline = trials.front();
  Trial best = *std::ranges::find(trials, recommended.number, &Trial::number);
  Summary summary;
  summary.objective = definition.objective;
  summary.points = trials.size() - 1;
  summary.reader = definition.reader;
  summary.found_number = best.number;
  summary.found_baseline = baseline.means();
  summary.found_best = best.means();
  if (!read_by_stock(definition)) confirm(confirmations, baseline, best, summary);
  summary.baseline = baseline.means();
  summary.best_number = best.number;
  summary.best = best.means();
  summary.best_point = best.point;
  summary.space = space_of(definition);
  for (const Trial& trial : trials) {
    summary.failed_pages += static_cast<std::size_t>(std::ranges::count_if(
        trial.pages, [](const PageResult& page) { return !page.failure.empty(); }));
  }
  summary.validations = recommended.validations;
  compare_pages(definition, baseline, best, summary);
  return summary;
}

namespace {

/// Of one page there is no interval.
std::string gain_text(const Summary& summary, const Interval& gain, std::size_t pages,
                      const std::string& which) {
  const auto value = [&](double number) { return shown_value(summary.objective, number); };
  const std::string interval = pages < 2 ? std::string()
                                         : fmt::format("95 % interval {:+.2f} to {:+.2f}, ",
                                                       value(gain.low), value(gain.high));
  return fmt::format("  gain      {:+.2f} {} ({}{})\n", value(gain.mean),
                     unit_of(summary.objective), interval, which);
}

/// What the pages held out say: of the recommended point, and of better ones that they refused.
std::string validation_text(const Summary& summary) {
  std::string text;
  for (const Validation& validation : summary.validations) {
    if (validation.number == summary.best_number) {
      text += gain_text(summary, validation.gain, validation.pages,
                        fmt::format("on {} held out, which it was not chosen on",
                                    counted(validation.pages, "page")));
      return text;
    }
    text += fmt::format(
        "  point #{} was better on the tuned pages, but not on the {} held out "
        "({:+.2f} {})\n",
        validation.number, counted(validation.pages, "page"),
        shown_value(summary.objective, validation.gain.mean), unit_of(summary.objective));
  }
  return text;
}

std::string settings_text(const Summary& summary) {
  std::string text;
  for (const Dimension& dimension : summary.space.dimensions()) {
    const std::optional<double> value = summary.best_point.find(dimension.name);
    if (!value) continue;
    text += is_nominal(dimension)
                ? fmt::format("    {:<18} {}\n", dimension.name, value_text(dimension, *value))
                : fmt::format("    {:<18} {:.5g}\n", dimension.name, *value);
  }
  return text;
}

json validations_json(const Summary& summary) {
  json list = json::array();
  for (const Validation& validation : summary.validations) {
    list.push_back({{"point_id", validation.number},
                    {"pages", validation.pages},
                    {"baseline", scores_json(validation.baseline)},
                    {"scores", scores_json(validation.scores)},
                    {"gain", interval_json(validation.gain)}});
  }
  return list;
}

}  // namespace

std::string summary_text(const Summary& summary) {
  std::string text =
      fmt::format("{} on {}, by {}\n", counted(summary.points, "point"),
                  counted(summary.judged_pages, "page"), objective_name(summary.objective));
  text += row("baseline", summary.baseline);
  if (summary.points == 0) return text + "  No point is finished yet.\n";
  if (summary.best_number == 0) {
    return text + validation_text(summary) +
           "  Nothing beats the pages as they came: read them without preprocessing.\n" +
           confirmation_text(summary);
  }
  text += row(fmt::format("best #{}", summary.best_number), summary.best);
  text += gain_text(summary, summary.gain, summary.judged_pages, "on the pages it was chosen on") +
          validation_text(summary);
  text += settings_text(summary);
  text += worse_text(summary) + doubts(summary) + confirmation_text(summary);
  if (summary.failed_pages > 0) {
    text +=
        fmt::format("  {} times a pipeline could not run on a page; `ocrtune export` names them\n",
                    summary.failed_pages);
  }
  return text;
}

json summary_json(const Summary& summary) {
  json worse = json::array();
  for (const PageChange& change : summary.worse) {
    worse.push_back({{"page", change.name}, {"baseline", change.baseline}, {"best", change.best}});
  }
  return {{"objective", objective_name(summary.objective)},
          {"points", summary.points},
          {"reader", summary.reader},
          {"confirmation", confirmation_name(summary.confirmation)},
          {"found",
           {{"point_id", summary.found_number},
            {"baseline", scores_json(summary.found_baseline)},
            {"best", scores_json(summary.found_best)}}},
          {"pages", summary.judged_pages},
          {"baseline", scores_json(summary.baseline)},
          {"best",
           {{"point_id", summary.best_number},
            {"params", point_json(summary.space, summary.best_point)},
            {"scores", scores_json(summary.best)}}},
          {"gain", interval_json(summary.gain)},
          {"held_out", validations_json(summary)},
          {"worse_pages", worse},
          {"failed_pages", summary.failed_pages}};
}

Pipeline best_pipeline(const StudyDefinition& definition, const Summary& summary) {
  if (summary.best_number == 0) return raw_pipeline();
  return pipeline_of(definition).at(summary.best_point);
}

}  // namespace ocrtune
