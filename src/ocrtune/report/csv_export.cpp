#include "ocrtune/report/csv_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

#include "ocrtune/base/csv.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/time.h"
#include "ocrtune/report/pareto_front.h"

namespace ocrtune {
namespace {

std::string optional_number(std::optional<double> value) { return value ? csv_number(*value) : ""; }

/// The point's values in the space's order, empty for those it leaves out.
void append_point(CsvRow& row, const Space& space, const Point& point) {
  for (const Dimension& dimension : space.dimensions()) {
    const auto value = point.find(dimension.name);
    row.push_back(value ? value_text(dimension, *value) : "");
  }
}

const Trial* baseline_of(const std::vector<Trial>& trials) {
  const auto found = std::ranges::find(trials, std::size_t{0}, &Trial::number);
  return found == trials.end() ? nullptr : &*found;
}

/// Empty where there is no baseline to compare with.
std::string delta(double confidence, std::optional<double> baseline) {
  return baseline ? csv_number(confidence - *baseline) : "";
}

std::optional<double> baseline_of_page(const Trial* baseline, std::size_t page) {
  return baseline == nullptr ? std::nullopt
                             : std::optional(baseline->pages[page].scores.confidence);
}

void append_labels(CsvRow& row, const std::vector<std::string>& names, const Labels& labels) {
  for (const std::string& name : names) {
    const auto found = std::ranges::find(labels, name, &Labels::value_type::first);
    row.push_back(found == labels.end() ? "" : found->second);
  }
}

std::vector<std::string> label_names(const StudyDefinition& definition) {
  std::vector<std::string> names;
  for (const PageRecord& page : definition.pages) {
    for (const auto& [name, value] : page.labels) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

CsvRow page_row(std::size_t number, const PageRecord& record, const PageResult& result,
                std::optional<double> baseline) {
  const PageScores& scores = result.scores;
  return {std::to_string(number),
          record.name,
          delta(scores.confidence, baseline),
          csv_number(scores.confidence),
          csv_number(scores.sharpness),
          csv_number(scores.cnr),
          csv_number(scores.contrast),
          optional_number(scores.cer),
          optional_number(scores.wer),
          std::to_string(scores.words),
          optional_number(scores.char_confidence),
          optional_number(scores.legible),
          optional_number(scores.net_legible),
          optional_number(scores.lexicon),
          optional_number(scores.garbage),
          optional_number(scores.bow),
          optional_number(scores.agreement),
          optional_number(scores.coverage),
          result.failure};
}

const CsvRow kPageHeader{"point_id",
                         "page",
                         "score_tesseract_delta",
                         "score_tesseract",
                         "score_sharpness",
                         "score_cnr",
                         "score_contrast",
                         "score_cer",
                         "score_wer",
                         "words",
                         "score_char_confidence",
                         "score_legible",
                         "score_net_legible",
                         "score_lexicon",
                         "score_garbage",
                         "score_bow",
                         "score_agreement",
                         "score_coverage",
                         "failure"};

std::string page_rows(const StudyDefinition& definition, const std::vector<Trial>& trials,
                      bool with_baseline, const std::vector<std::string>& labels) {
  CsvRow header = kPageHeader;
  header.insert(header.end(), labels.begin(), labels.end());
  std::string text = csv_line(header);
  const Trial* baseline = baseline_of(trials);
  for (const Trial& trial : trials) {
    if (trial.number == 0 && !with_baseline) continue;
    for (std::size_t page = 0; page < trial.pages.size(); ++page) {
      CsvRow row = page_row(trial.number, definition.pages[page], trial.pages[page],
                            baseline_of_page(baseline, page));
      append_labels(row, labels, definition.pages[page].labels);
      text += csv_line(row);
    }
  }
  return text;
}

/// The time of each step called one of `names`, empty where it was not due, and the cached ones.
void append_steps(CsvRow& row, const std::vector<std::string>& names, const StepTable& table,
                  std::span<const StepTable::Step> steps) {
  for (const std::string& name : names) {
    const auto found = std::ranges::find_if(
        steps, [&](const StepTable::Step& step) { return table.name(step) == name; });
    row.push_back(found == steps.end() ? "" : csv_number(found->ms));
  }
  std::vector<std::string> cached;
  for (const StepTable::Step& step : steps) {
    if (step.cached) cached.push_back(table.name(step));
  }
  row.push_back(joined(cached, " "));
}

}  // namespace

std::string trials_csv(const StudyDefinition& definition, const std::vector<Trial>& trials) {
  const Space space = space_of(definition);
  const bool truth = has_truth(definition);
  CsvRow header{"point_id",        "score_tesseract_delta", "score_tesseract",
                "score_sharpness", "score_contrast",        "score_cnr"};
  for (const Dimension& dimension : space.dimensions()) header.push_back(dimension.name);
  if (truth) header.insert(header.end(), {"score_cer", "score_wer", "score_bow"});
  header.insert(header.end(),
                {"score_char_confidence", "score_legible", "score_net_legible", "score_lexicon",
                 "score_garbage", "score_agreement", "score_coverage"});
  std::string text = csv_line(header);
  const Trial* baseline = baseline_of(trials);
  const auto raw = baseline == nullptr ? std::nullopt : std::optional(baseline->means().confidence);
  for (const Trial& trial : trials) {
    const MeanScores means = trial.means();
    CsvRow row{std::to_string(trial.number), delta(means.confidence, raw),
               csv_number(means.confidence), csv_number(means.sharpness),
               csv_number(means.contrast),   csv_number(means.cnr)};
    append_point(row, space, trial.point);
    if (truth)
      row.insert(row.end(), {optional_number(means.cer), optional_number(means.wer),
                             optional_number(means.bow)});
    row.insert(row.end(), {optional_number(means.char_confidence), optional_number(means.legible),
                           optional_number(means.net_legible), optional_number(means.lexicon),
                           optional_number(means.garbage), optional_number(means.agreement),
                           optional_number(means.coverage)});
    text += csv_line(row);
  }
  return text;
}

std::string pages_csv(const StudyDefinition& definition, const std::vector<Trial>& trials) {
  return page_rows(definition, trials, true, label_names(definition));
}

std::string pruned_csv(const StudyDefinition& definition, const std::vector<PrunedTrial>& trials) {
  const Space space = space_of(definition);
  CsvRow header{"point_id", "place", "page", "score_tesseract", "score_cer", "score_wer"};
  for (const Dimension& dimension : space.dimensions()) header.push_back(dimension.name);
  std::string text = csv_line(header);
  for (const PrunedTrial& trial : trials) {
    for (std::size_t place = 0; place < trial.pages.size(); ++place) {
      const PageScores& scores = trial.results[place].scores;
      CsvRow row{std::to_string(trial.number),
                 std::to_string(place + 1),
                 definition.pages[trial.pages[place]].name,
                 csv_number(scores.confidence),
                 optional_number(scores.cer),
                 optional_number(scores.wer)};
      append_point(row, space, trial.point);
      text += csv_line(row);
    }
  }
  return text;
}

std::string scores_csv(const StudyDefinition& definition, const std::vector<Trial>& trials) {
  return page_rows(definition, trials, false, {});
}

std::string timings_csv(const StudyDefinition& definition, const std::vector<Trial>& trials,
                        const StepTable& steps) {
  CsvRow header{"timestamp",       "point_id",       "image_id",    "total_ms", "preprocess_ms",
                "ocr_ms",          "sharpness_ms",   "contrast_ms", "cnr_ms",   "score_tesseract",
                "score_sharpness", "score_contrast", "score_cnr"};
  // Metrics and reading have their columns above.
  std::vector<std::string> further{"wait", "load", "errors"};
  std::ranges::copy(stage_step_names(definition), std::back_inserter(further));
  for (const std::string& name : further) header.push_back(name + "_ms");
  header.emplace_back("cached");
  std::string text = csv_line(header);
  for (const Trial& trial : trials) {
    for (std::size_t page = 0; page < trial.pages.size(); ++page) {
      const PageTimings& t = trial.pages[page].timings;
      const PageScores& s = trial.pages[page].scores;
      CsvRow row{utc_time_text(t.started_us),
                 std::to_string(trial.number),
                 definition.pages[page].name,
                 csv_number(t.total_ms),
                 csv_number(t.preprocess_ms),
                 csv_number(t.ocr_ms),
                 csv_number(t.sharpness_ms),
                 csv_number(t.contrast_ms),
                 csv_number(t.cnr_ms),
                 csv_number(s.confidence),
                 csv_number(s.sharpness),
                 csv_number(s.contrast),
                 csv_number(s.cnr)};
      append_steps(row, further, steps, steps.of(trial.number, page));
      text += csv_line(row);
    }
  }
  return text;
}

namespace {

std::string switch_line(const std::string& name, bool on, bool optional) {
  return optional ? csv_line({"parameter", name, "false", "true"})
                  : csv_line({"parameter", name, on ? "true" : "false", ""});
}

std::string parameter_line(const std::string& name, const Parameter& parameter, double value,
                           const std::optional<Range>& free) {
  return free ? csv_line({"parameter", name, value_text(parameter, free->low),
                          value_text(parameter, free->high)})
              : csv_line({"parameter", name, value_text(parameter, value), ""});
}

}  // namespace

std::string configuration_csv(const StudyDefinition& definition) {
  const Pipeline pipeline = pipeline_of(definition);
  std::string text = csv_line({"category", "key", "value_min_or_fixed", "value_max"});
  text += csv_line({"pipeline", "name", pipeline.name(), ""});
  for (const Slot& slot : pipeline.slots())
    text += csv_line({"parameter", slot.name, joined(slot.choices, " "), ""});
  for (const StageUse& use : pipeline.stages()) {
    if (use.slot.empty()) text += switch_line(use.switch_name, use.on, use.optional);
    for (const Setting& setting : use.settings)
      text += parameter_line(setting.name, *setting.parameter, setting.value, setting.free);
  }
  for (const OcrUse& use : pipeline.ocr()) {
    if (use.optional) text += switch_line(use.switch_name, use.on, true);
    text += parameter_line(use.name, use.parameter, use.value, use.free);
  }
  const auto setting = [&](const char* key, const std::string& value) {
    text += csv_line({"study", key, value, ""});
  };
  setting("objective", std::string(objective_name(definition.objective)));
  for (const Objective objective : definition.search.more_objectives)
    setting("objective", std::string(objective_name(objective)));
  setting("sampler", definition.search.sampler);
  setting("pruner", definition.search.pruner);
  setting("in_flight", std::to_string(definition.search.in_flight));
  for (const Constraint& constraint : definition.search.constraints)
    setting("constraint", constraint_text(constraint));
  setting("seed", std::to_string(definition.seed));
  setting("psm", std::to_string(definition.psm));
  setting("oem", std::to_string(definition.oem));
  setting("reader", definition.reader);
  setting("ocr_max_width",
          definition.ocr_max_width == 0 ? "" : std::to_string(definition.ocr_max_width));
  setting("lang", definition.lang);
  setting("models", definition.models);
  setting("program", definition.program);
  setting("pages", std::to_string(definition.pages.size()));
  if (!definition.held_out.empty())
    setting("held_out_pages", std::to_string(definition.held_out.size()));
  return text;
}

std::vector<std::string> export_study(const Storage& study, const std::filesystem::path& folder) {
  const StudyDefinition& definition = study.definition();
  const std::vector<Trial> trials = study.trials();
  std::vector<std::string> names;
  const auto write = [&](const char* name, const std::string& text) {
    write_atomically(folder / name, text);
    names.emplace_back(name);
  };
  make_folder(folder);
  write("trials.csv", trials_csv(definition, trials));
  write("pages.csv", pages_csv(definition, trials));
  write("timings.csv", timings_csv(definition, trials, StepTable(study)));
  write("configuration.csv", configuration_csv(definition));
  write("pruned.csv", pruned_csv(definition, study.pruned()));
  write("pareto.csv", pareto_csv(pareto_front(definition, trials)));
  return names;
}

}  // namespace ocrtune
