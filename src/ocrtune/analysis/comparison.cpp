#include "ocrtune/analysis/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/analysis/results_json.h"
#include "ocrtune/base/csv.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

using nlohmann::json;

constexpr std::uint64_t kSeed = 1;
constexpr double kPercent = 100;

std::string shown(Measure measure, std::optional<double> value) {
  if (!value) return "-";
  return measure == Measure::confidence ? localized("{:.2f}", *value)
                                        : localized("{:.2f} %", *value);
}

/// Heading in tables and lists.
std::string title(Measure measure) {
  const std::array<std::string, 4> titles{tr("confidence"), "CER", "WER", tr("bag of words")};
  return titles.at(static_cast<std::size_t>(measure));
}

/// The measures that have values.
std::vector<Measure> known_measures(const std::vector<ComparedPipeline>& pipelines) {
  std::vector<Measure> known;
  std::ranges::copy_if(all_measures(), std::back_inserter(known),
                       [&](Measure m) { return pipelines.front().mean(m).has_value(); });
  return known;
}

double mean_words(const ComparedPipeline& pipeline) {
  double words = 0;
  for (const ReadPage& page : pipeline.pages) words += page.words;
  return words / static_cast<double>(std::max<std::size_t>(pipeline.pages.size(), 1));
}

std::string verdict(const Interval& gain) {
  if (is_above_zero(gain)) return tr("better");
  return gain.high < 0 ? tr("worse") : tr("no clear difference");
}

std::string table_text(const std::vector<ComparedPipeline>& pipelines,
                       const std::vector<Measure>& measures, std::size_t width) {
  std::string text = fmt::format("  {:<{}}  {:>12}", "", width, tr("words per page"));
  for (const Measure measure : measures) text += fmt::format("  {:>12}", title(measure));
  text += '\n';
  for (const ComparedPipeline& pipeline : pipelines) {
    text += localized("  {:<{}}  {:>12.1f}", pipeline.name, width, mean_words(pipeline));
    for (const Measure measure : measures)
      text += fmt::format("  {:>12}", shown(measure, pipeline.mean(measure)));
    text += '\n';
    if (!pipeline.whole(Measure::cer)) continue;
    text += fmt::format("  {:<{}}  {:>12}", tr("  micro average"), width, "");
    for (const Measure measure : measures) {
      const auto whole = pipeline.whole(measure);
      text += fmt::format("  {:>12}", whole ? shown(measure, whole) : "");
    }
    text += '\n';
  }
  return text;
}

std::string gain_row(Measure measure, const std::vector<PageGain>& gains) {
  const Interval gain = mean_gain(gains);
  const std::string unit = measure == Measure::confidence ? tr("points") : "%";
  const std::string name = fmt::format("{}:", title(measure));
  if (gains.size() < 2) {
    return tr("  {:<14} gain {:+.2f} {} (on one page)\n", name, gain.mean, unit);
  }
  return tr("  {:<14} gain {:+.2f} {} (95 % interval {:+.2f} to {:+.2f}): {}\n", name, gain.mean,
            unit, gain.low, gain.high, verdict(gain));
}

std::string worse_pages_text(const std::vector<PageGain>& gains,
                             const std::vector<std::string>& names, Measure by, std::size_t most) {
  const auto worse = static_cast<std::size_t>(
      std::ranges::count_if(gains, [](const PageGain& page) { return page.gain < 0; }));
  if (worse == 0) return tr("  no page got worse, by {}\n", title(by));
  std::string text =
      tr("  {} of {} got worse, by {}:\n", worse, counted(gains.size(), "page"), title(by));
  for (std::size_t i = 0; i < std::min(worse, most); ++i) {
    text += fmt::format("    {}  {} -> {}\n", quotable(names[gains[i].page]),
                        shown(by, gains[i].before), shown(by, gains[i].after));
  }
  if (worse > most) text += tr("    and {} more\n", worse - most);
  return text;
}

std::string failures_text(const ComparedPipeline& pipeline, const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < pipeline.pages.size(); ++i) {
    if (!pipeline.pages[i].failure.empty())
      text += tr("  failed on {}: {}\n", quotable(names[i]), pipeline.pages[i].failure);
  }
  return text;
}

json means_json(const ComparedPipeline& pipeline, const std::vector<Measure>& measures) {
  json means{{"words", mean_words(pipeline)}};
  json whole = json::object();
  for (const Measure measure : measures) {
    const std::string name(measure_name(measure));
    const double scale = measure == Measure::confidence ? 1 : kPercent;
    if (const auto mean = pipeline.mean(measure)) means[name] = *mean / scale;
    if (const auto all = pipeline.whole(measure)) whole[name] = *all / scale;
  }
  return {{"pipeline", pipeline.name}, {"mean_of_pages", means}, {"all_text", whole}};
}

json gains_json(const std::vector<PageGain>& gains, const std::vector<std::string>& names,
                double scale) {
  json list = json::array();
  for (const PageGain& page : gains) {
    list.push_back({{"page", names[page.page]},
                    {"first", page.before / scale},
                    {"other", page.after / scale},
                    {"gain", page.gain / scale}});
  }
  return list;
}

}  // namespace

std::string_view measure_name(Measure measure) {
  constexpr std::array<std::string_view, 4> kNames{"confidence", "cer", "wer", "bow"};
  return kNames.at(static_cast<std::size_t>(measure));
}

const std::vector<Measure>& all_measures() {
  static const std::vector<Measure> kAll{Measure::confidence, Measure::cer, Measure::wer,
                                         Measure::bag_of_words};
  return kAll;
}

std::optional<double> ReadPage::value(Measure measure) const {
  if (measure == Measure::confidence) return confidence;
  if (!errors || !bag) return std::nullopt;
  if (!failure.empty()) return kPercent;
  if (measure == Measure::cer) return kPercent * errors->cer();
  return kPercent * (measure == Measure::wer ? errors->wer() : bag->rate());
}

std::optional<double> ComparedPipeline::mean(Measure measure) const {
  std::vector<double> values;
  values.reserve(pages.size());
  for (const ReadPage& page : pages) {
    if (const auto value = page.value(measure)) values.push_back(*value);
  }
  return values.empty() ? std::nullopt : std::optional(mean_of(values));
}

std::optional<double> ComparedPipeline::whole(Measure measure) const {
  ErrorRate errors;
  WordBag bag;
  bool any = false;
  for (const ReadPage& page : pages) {
    if (!page.errors || !page.bag) continue;
    any = true;
    errors.character_errors += page.errors->character_errors;
    errors.truth_characters += page.errors->truth_characters;
    errors.word_errors += page.errors->word_errors;
    errors.truth_words += page.errors->truth_words;
    bag += *page.bag;
  }
  if (!any || measure == Measure::confidence) return std::nullopt;
  return ReadPage{.errors = errors, .bag = bag}.value(measure);
}

std::vector<PageGain> page_gains(const ComparedPipeline& first, const ComparedPipeline& other,
                                 Measure measure) {
  std::vector<PageGain> gains;
  gains.reserve(first.pages.size());
  for (std::size_t i = 0; i < first.pages.size(); ++i) {
    const auto before = first.pages[i].value(measure);
    const auto after = other.pages[i].value(measure);
    if (!before || !after) continue;
    const double rise = *after - *before;
    gains.push_back({.page = i,
                     .before = *before,
                     .after = *after,
                     .gain = measure == Measure::confidence ? rise : -rise});
  }
  std::ranges::stable_sort(gains, {}, &PageGain::gain);
  return gains;
}

Interval mean_gain(const std::vector<PageGain>& gains) {
  // In the order of the pages, so that the interval does not depend on the sorting.
  std::vector<PageGain> ordered = gains;
  std::ranges::sort(ordered, {}, &PageGain::page);
  std::vector<double> differences;
  differences.reserve(ordered.size());
  for (const PageGain& page : ordered) differences.push_back(page.gain);
  return paired_bootstrap(differences, {}, kSeed);
}

std::string comparison_text(const std::vector<ComparedPipeline>& pipelines,
                            const std::vector<std::string>& names, Measure by, std::size_t most) {
  const std::vector<Measure> measures = known_measures(pipelines);
  std::size_t width = code_points(tr("  micro average")).size();
  for (const ComparedPipeline& pipeline : pipelines) width = std::max(width, pipeline.name.size());
  std::string text = counted(names.size(), "page") + "\n" + table_text(pipelines, measures, width);
  const ComparedPipeline& first = pipelines.front();
  text += failures_text(first, names);
  for (std::size_t i = 1; i < pipelines.size(); ++i) {
    text += tr("{} against {}\n", pipelines[i].name, first.name);
    for (const Measure measure : measures)
      text += gain_row(measure, page_gains(first, pipelines[i], measure));
    text += worse_pages_text(page_gains(first, pipelines[i], by), names, by, most) +
            failures_text(pipelines[i], names);
  }
  return text;
}

json comparison_json(const std::vector<ComparedPipeline>& pipelines,
                     const std::vector<std::string>& names, Measure by) {
  const std::vector<Measure> measures = known_measures(pipelines);
  json result{{"pages", names.size()}, {"by", measure_name(by)}};
  result["pipelines"] = json::array();
  for (const ComparedPipeline& pipeline : pipelines)
    result["pipelines"].push_back(means_json(pipeline, measures));
  result["against_first"] = json::array();
  for (std::size_t i = 1; i < pipelines.size(); ++i) {
    json other{{"pipeline", pipelines[i].name}};
    for (const Measure measure : measures) {
      const double scale = measure == Measure::confidence ? 1 : kPercent;
      const auto gains = page_gains(pipelines.front(), pipelines[i], measure);
      Interval gain = mean_gain(gains);
      other["gain"][std::string(measure_name(measure))] =
          interval_json({gain.mean / scale, gain.low / scale, gain.high / scale});
      if (measure == by) other["page_gains"] = gains_json(gains, names, scale);
    }
    result["against_first"].push_back(std::move(other));
  }
  return result;
}

std::string comparison_csv(const std::vector<ComparedPipeline>& pipelines,
                           const std::vector<std::string>& names) {
  std::string text = csv_line({"pipeline", "page", "score_tesseract", "score_tesseract_delta",
                               "score_cer", "score_wer", "score_bow", "words", "failure"});
  for (const ComparedPipeline& pipeline : pipelines) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const ReadPage& page = pipeline.pages[i];
      const auto rate = [&](Measure measure) {
        const auto value = page.value(measure);
        return value ? csv_number(*value / kPercent) : "";
      };
      text += csv_line({pipeline.name, names[i], csv_number(page.confidence),
                        csv_number(page.confidence - pipelines.front().pages[i].confidence),
                        rate(Measure::cer), rate(Measure::wer), rate(Measure::bag_of_words),
                        fmt::to_string(page.words), page.failure});
    }
  }
  return text;
}

}  // namespace ocrtune
