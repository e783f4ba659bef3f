#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "ocrtune/base/text.h"
#include "ocrtune/ocr/engine_registry.h"
#include "ocrtune/ocr/reader.h"
#include "ocrtune/report/summary.h"

namespace ocrtune {
namespace {

/// In the unit people know.
double shown_value(Score objective, double value) { return shown_scale(objective) * value; }

std::string percent(std::optional<double> rate) {
  return rate ? fmt::format("{:.2f} %", 100 * *rate) : "-";
}

/// What every row shows anyway.
bool is_always_shown(Score objective) {
  constexpr std::array kAlways{Score::confidence, Score::words, Score::cer, Score::wer};
  return std::ranges::find(kAlways, objective) != kAlways.end();
}

std::string row(std::string_view name, Score objective, const MeanScores& scores) {
  std::string text = fmt::format("  {:<9} ", name);
  if (!is_always_shown(objective)) {
    text += fmt::format("{} {:.2f}   ", score_name(objective),
                        shown_value(objective, scores.value(objective)));
  }
  text += fmt::format("confidence {:6.2f}   words a page {:6.1f}", scores.value(Score::confidence),
                      scores.value(Score::words));
  if (scores.find(Score::cer))
    text += fmt::format("   CER {:>8}   WER {:>8}", percent(scores.find(Score::cer)),
                        percent(scores.find(Score::wer)));
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

/// How far the objective can be trusted, where pages with truth tell; where it can't, a warning
/// says so.
std::string trust_text(const Summary& summary) {
  if (!summary.trust)
    return summary.reading_trust ? reading_trust_text(*summary.reading_trust) : "";
  const ProxyTrust& trust = *summary.trust;
  if (trust.spearman < kLeastTrust) return "";
  return fmt::format(
      "  trust     on {} with truth {} orders the points as their errors do (Spearman {:.2f} of "
      "1); the fewest errors has {}: CER {}\n",
      counted(trust.pages, "page"), score_name(summary.objective), trust.spearman,
      trust.fewest == 0 ? "the page as it came" : fmt::format("#{}", trust.fewest),
      percent(trust.fewest_errors));
}

std::string hardly_read_text(const Summary& summary) {
  if (summary.hardly_read.empty()) return "";
  constexpr std::size_t kShown = 5;
  std::string text = fmt::format("  {} hardly read even so, with this confidence:\n",
                                 summary.hardly_read.size() == 1
                                     ? "1 page is"
                                     : fmt::format("{} pages are", summary.hardly_read.size()));
  for (std::size_t i = 0; i < std::min(kShown, summary.hardly_read.size()); ++i) {
    const HardlyRead& page = summary.hardly_read[i];
    text += fmt::format("    {}  {:.1f}", page.name, page.char_confidence);
    if (page.coverage) text += fmt::format(", {:.0f} % of its text covered", 100 * *page.coverage);
    text += '\n';
  }
  if (summary.hardly_read.size() > kShown)
    text += fmt::format("    and {} more\n", summary.hardly_read.size() - kShown);
  return text;
}

/// True where two readers part by more than a tenth of a point or percent.
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
      return fmt::format("  point #{} was better{} with {} only, not with {}:\n",
                         summary.found_number,
                         summary.constraints.empty() ? "" : " and kept the constraints",
                         other_readers_title(summary.reader), reference_engine().title) +
             row("baseline", summary.objective, summary.found_baseline) +
             row(fmt::format("best #{}", summary.found_number), summary.objective,
                 summary.found_best);
    default:
      break;
  }
  std::string text =
      fmt::format("  confirmed with {}, whose scores these are\n", reference_engine().title);
  if (part(summary.found_baseline, summary.baseline) || part(summary.found_best, summary.best)) {
    text +=
        fmt::format("  {}, which the search used, differs by more than 0.1:\n",
                    other_readers_title(summary.reader)) +
        row("baseline", summary.objective, summary.found_baseline) +
        row(fmt::format("best #{}", summary.found_number), summary.objective, summary.found_best);
  }
  return text;
}

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

std::string value_of(const ConstraintReport& report) {
  std::string value = fmt::format("{:.2f}", report.value);
  const std::string_view unit = unit_of(report.constraint.score);
  if (!unit.empty() && !report.constraint.of_pages) value += fmt::format(" {}", unit);
  return report.page.empty() ? value : fmt::format("{}, {}", value, report.page);
}

/// What the best point keeps, each with how near it comes.
std::string kept_text(const std::vector<ConstraintReport>& reports, const std::string& where) {
  std::string text;
  for (const ConstraintReport& report : reports) {
    text += fmt::format("  {:<9} {} ({}{})\n", report.violation == 0 ? "keeps" : "breaks",
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

/// Of the point with the best mean, where it isn't recommended for how it came by it.
std::string unsteady_text(const Summary& summary) {
  if (!summary.unsteady) return "";
  return fmt::format(
      "  point #{} has the best mean, but gains nothing without the pages that gain most\n",
      *summary.unsteady);
}

std::string nothing_better_text(const Summary& summary) {
  // Where a steady one was tried, it was the pages held out or stock Tesseract that refused it.
  const bool none_steady = summary.found_number == 0 && !summary.validation;
  if (summary.unsteady && none_steady) {
    return "  No one pipeline is better than the pages as they came on more than a few of them.\n";
  }
  return fmt::format("  Nothing{} beats the pages as they came: read them without preprocessing.\n",
                     summary.constraints.empty() ? "" : " that keeps the constraints");
}

/// What the pages held out say of the point that was chosen on the others.
std::string validation_text(const Summary& summary) {
  if (!summary.validation) return "";
  const Validation& validation = *summary.validation;
  const std::string pages = counted(validation.pages, "page");
  if (validation.number == summary.found_number) {
    return gain_text(summary, validation.gain, validation.pages,
                     fmt::format("on {} held out, which it was not chosen on", pages)) +
           kept_text(validation.constraints, ", on the pages held out");
  }
  if (validation.gain.mean > 0) {
    return fmt::format("  point #{} gains on the {} held out too, but breaks {} there\n",
                       validation.number, pages, broken_text(validation));
  }
  return fmt::format("  point #{} was better on the tuned pages, but not on the {} held out:\n",
                     validation.number, pages) +
         gain_text(summary, validation.gain, validation.pages, "on the pages held out");
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

std::string summary_text(const Summary& summary) {
  std::string text =
      fmt::format("{} on {}, by {}\n", counted(summary.points, "point"),
                  counted(summary.judged_pages, "page"), score_name(summary.objective));
  text += row("baseline", summary.objective, summary.baseline);
  if (summary.points == 0) return text + "  No point is finished yet.\n";
  if (summary.best_number == 0) {
    return text + unsteady_text(summary) + validation_text(summary) + nothing_better_text(summary) +
           hardly_read_text(summary) + cautions_text(summary.warnings) + trust_text(summary) +
           confirmation_text(summary);
  }
  text += row(fmt::format("best #{}", summary.best_number), summary.objective, summary.best);
  text += gain_text(summary, summary.gain, summary.judged_pages, "on the pages it was chosen on") +
          kept_text(summary.constraints, "") + unsteady_text(summary) + validation_text(summary);
  text += settings_text(summary);
  text += worse_text(summary) + hardly_read_text(summary) + cautions_text(summary.warnings) +
          trust_text(summary) + confirmation_text(summary);
  return text + note_text(summary, "failed_pages");
}

}  // namespace ocrtune
