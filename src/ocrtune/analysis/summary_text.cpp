#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "ocrtune/analysis/summary.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/engines/engine_registry.h"

namespace ocrtune {
namespace {

/// In the displayed unit.
double shown_value(Score objective, double value) { return shown_scale(objective) * value; }

std::string percent(std::optional<double> rate) {
  return rate ? localized("{:.2f} %", 100 * *rate) : "-";
}

/// Scores that every row shows.
bool is_always_shown(Score objective) {
  constexpr std::array kAlways{Score::confidence, Score::words, Score::cer, Score::wer};
  return std::ranges::find(kAlways, objective) != kAlways.end();
}

std::string row(std::string_view name, Score objective, const MeanScores& scores) {
  std::string text = fmt::format("  {:<9}", name);
  if (scores.find(Score::cer))
    text += tr("  CER {:>7}  WER {:>7}", percent(scores.find(Score::cer)),
               percent(scores.find(Score::wer)));
  if (!is_always_shown(objective)) {
    text += localized("  {} {:.2f}", shown_name(objective),
                      shown_value(objective, scores.value(objective)));
  }
  // Imported trials have no number of words.
  if (!scores.find(Score::words))
    return text + tr("  confidence {:5.2f}\n", scores.value(Score::confidence));
  return text + tr("  confidence {:5.2f}  words {:.1f}\n", scores.value(Score::confidence),
                   scores.value(Score::words));
}

/// "14 trials", or "14 trials (3 pruned)".
std::string trials_text(const Summary& summary) {
  const std::string all = counted(summary.points + summary.pruned, "trial");
  return summary.pruned == 0 ? all : tr("{} ({} pruned)", all, summary.pruned);
}

std::string worse_text(const Summary& summary) {
  if (summary.worse.empty()) return tr("  no page got worse\n");
  constexpr std::size_t kShown = 5;
  std::string text =
      tr("  {} of {} pages got worse:\n", summary.worse.size(), summary.judged_pages);
  for (std::size_t i = 0; i < std::min(kShown, summary.worse.size()); ++i) {
    const PageChange& change = summary.worse[i];
    text += localized("    {}  {:.2f} -> {:.2f}\n", change.name,
                      shown_value(summary.objective, change.baseline),
                      shown_value(summary.objective, change.best));
  }
  if (summary.worse.size() > kShown) text += tr("    and {} more\n", summary.worse.size() - kShown);
  return text;
}

/// The reliability of the objective according to pages with ground truth; empty if it is
/// unreliable, as a warning says so.
std::string trust_text(const Summary& summary) {
  if (!summary.trust) return summary.ocr_trust ? ocr_trust_text(*summary.ocr_trust) : "";
  const ProxyTrust& trust = *summary.trust;
  if (trust.spearman < kMinTrust) return "";
  return tr(
      "  trust     on {} with ground truth, {} ranks the points like their CER (Spearman {:.2f}); "
      "lowest CER: {}, {}\n",
      counted(trust.pages, "page"), shown_name(summary.objective), trust.spearman,
      trust.fewest == 0 ? tr("the original") : fmt::format("#{}", trust.fewest),
      percent(trust.fewest_errors));
}

std::string poorly_recognized_text(const Summary& summary) {
  if (summary.poorly_recognized.empty()) return "";
  constexpr std::size_t kShown = 5;
  std::string text = tr(
      "  {} poorly recognized with any settings, with this character confidence:\n",
      summary.poorly_recognized.size() == 1 ? tr("1 page is")
                                            : tr("{} pages are", summary.poorly_recognized.size()));
  for (std::size_t i = 0; i < std::min(kShown, summary.poorly_recognized.size()); ++i) {
    const PoorlyRecognized& page = summary.poorly_recognized[i];
    text += localized("    {}  {:.1f}", page.name, page.char_confidence);
    if (page.coverage) text += tr(", {:.0f} % of its ink covered by words", 100 * *page.coverage);
    text += '\n';
  }
  if (summary.poorly_recognized.size() > kShown)
    text += tr("    and {} more\n", summary.poorly_recognized.size() - kShown);
  return text;
}

/// True if two engines differ by more than a tenth of a point or percent.
bool part(const MeanScores& ours, const MeanScores& stock) {
  constexpr double kTenth = 0.1;
  return std::ranges::any_of(std::array{Score::confidence, Score::cer, Score::wer}, [&](Score s) {
    return shown_scale(s) * std::abs(ours.find(s).value_or(0) - stock.find(s).value_or(0)) > kTenth;
  });
}

std::string note_text(const Summary& summary, std::string_view code) {
  const auto found = std::ranges::find(summary.warnings, code, &Warning::code);
  return found == summary.warnings.end() ? "" : fmt::format("  {}\n", found->text);
}

std::string confirmation_text(const Summary& summary) {
  switch (summary.confirmation) {
    case Confirmation::not_needed:
      return "";
    case Confirmation::missing:
      return note_text(summary, "unconfirmed");
    case Confirmation::refused:
      return tr("  point #{} was better{} with {} only, not with {}:\n", summary.found_number,
                summary.constraints.empty() ? "" : tr(" and satisfied the constraints"),
                other_engines_title(summary.engine), reference_engine().title) +
             row(tr("baseline"), summary.objective, summary.found_baseline) +
             row(tr("best #{}", summary.found_number), summary.objective, summary.found_best);
    default:
      break;
  }
  std::string text =
      tr("  confirmed with {}: the scores above are its own\n", reference_engine().title);
  if (part(summary.found_baseline, summary.baseline) || part(summary.found_best, summary.best)) {
    text += tr("  the scores of {}, which the search used, differ by more than 0.1:\n",
               other_engines_title(summary.engine)) +
            row(tr("baseline"), summary.objective, summary.found_baseline) +
            row(tr("best #{}", summary.found_number), summary.objective, summary.found_best);
  }
  return text;
}

/// One page gives no interval.
std::string gain_text(const Summary& summary, const Interval& gain, std::size_t pages,
                      const std::string& which) {
  const auto value = [&](double number) { return shown_value(summary.objective, number); };
  const std::string interval =
      pages < 2 ? std::string()
                : tr("95 % interval {:+.2f} to {:+.2f}, ", value(gain.low), value(gain.high));
  return tr("  gain      {:+.2f} {} ({}{})\n", value(gain.mean),
            translated(unit_of(summary.objective)), interval, which);
}

std::string value_of(const ConstraintReport& report) {
  std::string value = localized("{:.2f}", report.value);
  const std::string unit = translated(unit_of(report.constraint.score));
  if (!unit.empty() && !report.constraint.of_pages) value += fmt::format(" {}", unit);
  return report.page.empty() ? value : fmt::format("{}, {}", value, report.page);
}

/// The constraints that the best point satisfies, with the margin of each.
std::string kept_text(const std::vector<ConstraintReport>& reports, const std::string& where) {
  std::string text;
  for (const ConstraintReport& report : reports) {
    text +=
        fmt::format("  {:<9} {} ({}{})\n", report.violation == 0 ? tr("satisfies") : tr("violates"),
                    constraint_text(report.constraint), value_of(report), where);
  }
  return text;
}

std::string broken_text(const Validation& validation) {
  std::vector<std::string> broken;
  for (const ConstraintReport& report : validation.constraints) {
    if (report.violation > 0)
      broken.push_back(
          fmt::format("{} ({})", constraint_text(report.constraint), value_of(report)));
  }
  return joined(broken);
}

/// About the point with the best mean, if it is not recommended because its gain is not steady.
std::string unsteady_text(const Summary& summary) {
  if (!summary.unsteady) return "";
  return tr("  point #{} has the best mean, but no gain without the pages that gain most\n",
            *summary.unsteady);
}

std::string nothing_better_text(const Summary& summary, bool has_recipe) {
  // If there was a steady one, the validation pages or Tesseract rejected it.
  const bool none_steady = summary.found_number == 0 && !summary.validation;
  if (summary.unsteady && none_steady) {
    return tr("  No single pipeline improves more than a few pages.\n");
  }
  const std::string kind = summary.constraints.empty() ? "" : tr(" that satisfies the constraints");
  if (has_recipe) return tr("  No single pipeline{} is better than the originals.\n", kind);
  return tr("  No pipeline{} is better than the originals: use them without preprocessing.\n",
            kind);
}

/// Result on the validation pages of the point that was chosen on the others.
std::string validation_text(const Summary& summary) {
  if (!summary.validation) return "";
  const Validation& validation = *summary.validation;
  const std::string pages = counted(validation.pages, "page");
  if (validation.number == summary.found_number) {
    return gain_text(summary, validation.gain, validation.pages,
                     tr("on {} reserved for validation", pages)) +
           kept_text(validation.constraints, tr(", on the validation pages"));
  }
  if (validation.gain.mean > 0) {
    return tr("  point #{} also gains on the {} reserved for validation, but violates {} there\n",
              validation.number, pages, broken_text(validation));
  }
  return tr("  point #{} was better on the tuning pages, but not on the {} reserved for "
            "validation:\n",
            validation.number, pages) +
         gain_text(summary, validation.gain, validation.pages, tr("on the validation pages"));
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

}  // namespace

std::string summary_text(const Summary& summary, bool has_recipe) {
  std::string text = tr("{} on {}, by {}\n", trials_text(summary),
                        counted(summary.judged_pages, "page"), shown_name(summary.objective));
  text += row(tr("baseline"), summary.objective, summary.baseline);
  if (summary.points == 0) return text + tr("  No trial is finished yet.\n");
  if (summary.best_number == 0) {
    return text + unsteady_text(summary) + validation_text(summary) +
           nothing_better_text(summary, has_recipe) + poorly_recognized_text(summary) +
           cautions_text(summary.warnings) + trust_text(summary) + confirmation_text(summary);
  }
  text += row(tr("best #{}", summary.best_number), summary.objective, summary.best);
  text += gain_text(summary, summary.gain, summary.judged_pages, tr("on the tuning pages")) +
          kept_text(summary.constraints, "") + unsteady_text(summary) + validation_text(summary);
  text += settings_text(summary);
  text += worse_text(summary) + poorly_recognized_text(summary) + cautions_text(summary.warnings) +
          trust_text(summary) + confirmation_text(summary);
  return text + note_text(summary, "failed_pages");
}

}  // namespace ocrtune
