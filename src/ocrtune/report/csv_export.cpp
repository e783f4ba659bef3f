#include "ocrtune/report/csv_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>

#include "ocrtune/base/csv.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/time.h"
#include "ocrtune/evaluator/scoring.h"
#include "ocrtune/report/pareto_front.h"

namespace ocrtune {
namespace {

std::string optional_number(std::optional<double> value) { return value ? csv_number(*value) : ""; }

/// The point's values in the order of the space; empty for inactive parameters.
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

/// The confidence minus the baseline's; empty if there is none.
std::string delta(const ScoreValues& scores, const ScoreValues* baseline) {
  return baseline == nullptr
             ? ""
             : csv_number(scores.value(Score::confidence) - baseline->value(Score::confidence));
}

// In the order of the Python design (OCR quality audit).
constexpr std::array kFirstOfTrials{Score::confidence, Score::sharpness, Score::contrast,
                                    Score::cnr};
constexpr std::array kFirstOfPages{Score::confidence, Score::sharpness, Score::cnr,
                                   Score::contrast};

std::string column_name(Score score) {
  return score == Score::confidence ? "score_tesseract"
                                    : fmt::format("score_{}", score_name(score));
}

/// All except `first` and times: errors first, if there is ground truth.
std::vector<Score> further_scores(std::span<const Score> first, bool truth) {
  std::vector<Score> further;
  for (const Score score : all_scores()) {
    if (needs_truth(score) && truth) further.push_back(score);
  }
  for (const Score score : all_scores()) {
    if (!needs_truth(score) && !declaration_of(score).of_clock &&
        std::ranges::find(first, score) == first.end())
      further.push_back(score);
  }
  return further;
}

void append_names(CsvRow& row, std::span<const Score> scores) {
  std::ranges::transform(scores, std::back_inserter(row), column_name);
}

void append_values(CsvRow& row, std::span<const Score> scores, const ScoreValues& values) {
  std::ranges::transform(scores, std::back_inserter(row),
                         [&](Score score) { return optional_number(values.find(score)); });
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

std::string page_rows(const StudyDefinition& definition, const std::vector<Trial>& trials,
                      bool with_baseline, const std::vector<std::string>& labels) {
  const std::vector<Score> further = further_scores(kFirstOfPages, true);
  CsvRow header{"point_id", "page", "score_tesseract_delta"};
  append_names(header, kFirstOfPages);
  append_names(header, further);
  header.emplace_back("failure");
  header.insert(header.end(), labels.begin(), labels.end());
  std::string text = csv_line(header);
  const Trial* baseline = baseline_of(trials);
  for (const Trial& trial : trials) {
    if (trial.number == 0 && !with_baseline) continue;
    for (std::size_t page = 0; page < trial.pages.size(); ++page) {
      const PageResult& result = trial.pages[page];
      CsvRow row{
          std::to_string(trial.number), definition.pages[page].name,
          delta(result.scores, baseline == nullptr ? nullptr : &baseline->pages[page].scores)};
      append_values(row, kFirstOfPages, result.scores);
      append_values(row, further, result.scores);
      row.push_back(result.failure);
      append_labels(row, labels, definition.pages[page].labels);
      text += csv_line(row);
    }
  }
  return text;
}

/// The time of each step in `names`, empty if it did not apply, and the cached ones.
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
  const std::vector<Score> further = further_scores(kFirstOfTrials, has_truth(definition));
  CsvRow header{"point_id", "score_tesseract_delta"};
  append_names(header, kFirstOfTrials);
  for (const Dimension& dimension : space.dimensions()) header.push_back(dimension.name);
  append_names(header, further);
  std::string text = csv_line(header);
  const Trial* baseline = baseline_of(trials);
  const auto raw = baseline == nullptr ? std::nullopt : std::optional(baseline->means());
  for (const Trial& trial : trials) {
    const MeanScores means = trial.means();
    CsvRow row{std::to_string(trial.number), delta(means, raw ? &*raw : nullptr)};
    append_values(row, kFirstOfTrials, means);
    append_point(row, space, trial.point);
    append_values(row, further, means);
    text += csv_line(row);
  }
  return text;
}

std::string pages_csv(const StudyDefinition& definition, const std::vector<Trial>& trials) {
  return page_rows(definition, trials, true, label_names(definition));
}

std::string pruned_csv(const StudyDefinition& definition, const std::vector<PrunedTrial>& trials) {
  const Space space = space_of(definition);
  const std::vector<Score> further = further_scores(kFirstOfPages, has_truth(definition));
  CsvRow header{"point_id", "place", "page"};
  append_names(header, kFirstOfPages);
  append_names(header, further);
  for (const Dimension& dimension : space.dimensions()) header.push_back(dimension.name);
  std::string text = csv_line(header);
  for (const PrunedTrial& trial : trials) {
    for (std::size_t place = 0; place < trial.pages.size(); ++place) {
      const PageScores& scores = trial.results[place].scores;
      CsvRow row{std::to_string(trial.number), std::to_string(place + 1),
                 definition.pages[trial.pages[place]].name};
      append_values(row, kFirstOfPages, scores);
      append_values(row, further, scores);
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
  CsvRow header{"timestamp", "point_id",     "image_id",    "total_ms", "preprocess_ms",
                "ocr_ms",    "sharpness_ms", "contrast_ms", "cnr_ms"};
  append_names(header, kFirstOfTrials);
  std::vector<std::string> further{"wait", "load"};
  for (std::string& name : scoring_steps()) {
    if (name != kReadStep && std::ranges::find(header, name + "_ms") == header.end())
      further.push_back(std::move(name));
  }
  std::ranges::copy(stage_step_names(definition), std::back_inserter(further));
  for (const std::string& name : further) header.push_back(name + "_ms");
  header.emplace_back("cached");
  std::string text = csv_line(header);
  for (const Trial& trial : trials) {
    for (std::size_t page = 0; page < trial.pages.size(); ++page) {
      const PageTimings& t = trial.pages[page].timings;
      CsvRow row{
          utc_time_text(t.started_us), std::to_string(trial.number), definition.pages[page].name,
          csv_number(t.total_ms),      csv_number(t.preprocess_ms),  csv_number(t.ocr_ms),
          csv_number(t.sharpness_ms),  csv_number(t.contrast_ms),    csv_number(t.cnr_ms)};
      append_values(row, kFirstOfTrials, trial.pages[page].scores);
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
  setting("objective", std::string(score_name(definition.objective)));
  for (const Score objective : definition.search.more_objectives)
    setting("objective", std::string(score_name(objective)));
  setting("sampler", definition.search.sampler);
  setting("pruner", definition.search.pruner);
  setting("in_flight", std::to_string(definition.search.in_flight));
  for (const Constraint& constraint : definition.search.constraints)
    setting("constraint", constraint_text(constraint));
  setting("seed", std::to_string(definition.seed));
  setting("psm", std::to_string(definition.psm));
  setting("oem", std::to_string(definition.oem));
  setting("engine", definition.engine);
  setting("reference_engine", definition.search.reference_engine);
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

namespace {

/// A study whose trials are read once, at the first use.
struct ReadOnce {
  const Storage& study;
  std::optional<std::vector<Trial>> read = std::nullopt;

  [[nodiscard]] const StudyDefinition& definition() const { return study.definition(); }
  const std::vector<Trial>& trials() {
    if (!read) read = study.trials();
    return *read;
  }
};

struct CsvFile {
  std::string_view name;
  std::string (*text)(ReadOnce& study);
};

constexpr std::array<CsvFile, 6> kCsvFiles{
    {{"trials.csv", [](ReadOnce& study) { return trials_csv(study.definition(), study.trials()); }},
     {"pages.csv", [](ReadOnce& study) { return pages_csv(study.definition(), study.trials()); }},
     {"timings.csv",
      [](ReadOnce& study) {
        return timings_csv(study.definition(), study.trials(), StepTable(study.study));
      }},
     {"configuration.csv", [](ReadOnce& study) { return configuration_csv(study.definition()); }},
     {"pruned.csv",
      [](ReadOnce& study) { return pruned_csv(study.definition(), study.study.pruned()); }},
     {"pareto.csv", [](ReadOnce& study) {
        return pareto_csv(pareto_front(study.definition(), study.trials()));
      }}}};

}  // namespace

std::optional<std::string> study_csv(const Storage& study, std::string_view name) {
  const auto file = std::ranges::find(kCsvFiles, name, &CsvFile::name);
  if (file == kCsvFiles.end()) return std::nullopt;
  ReadOnce once{study};
  return file->text(once);
}

std::vector<std::string> export_study(const Storage& study, const std::filesystem::path& folder) {
  ReadOnce once{study};
  std::vector<std::string> names;
  make_folder(folder);
  for (const auto& [name, text] : kCsvFiles) {
    write_atomically(folder / name, text(once));
    names.emplace_back(name);
  }
  return names;
}

}  // namespace ocrtune
