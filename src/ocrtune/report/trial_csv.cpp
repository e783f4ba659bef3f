#include "ocrtune/report/trial_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>

#include "ocrtune/analysis/stage_measurements.h"
#include "ocrtune/analysis/step_table.h"
#include "ocrtune/base/csv.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/time.h"
#include "ocrtune/execution/scoring.h"

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

void append_measured(CsvRow& row, const std::vector<std::string>& names,
                     const std::vector<StageMeasurement>& measurements) {
  for (const std::string& name : names) {
    const auto found = std::ranges::find(measurements, name, &StageMeasurement::name);
    row.push_back(found == measurements.end() ? "" : csv_number(found->value));
  }
}

/// One row for each page.
class CsvOfPages final : public CsvOfTrials {
 public:
  CsvOfPages(const StudyDefinition& definition, bool with_baseline, std::vector<std::string> labels)
      : definition_(definition),
        with_baseline_(with_baseline),
        labels_(std::move(labels)),
        pipeline_(pipeline_of(definition)),
        measured_(measurement_names(pipeline_)) {}

  [[nodiscard]] std::string header() const override {
    CsvRow header{"trial", "page", "score_tesseract_delta"};
    append_names(header, kFirstOfPages);
    append_names(header, further_);
    header.insert(header.end(), measured_.begin(), measured_.end());
    header.emplace_back("failure");
    header.insert(header.end(), labels_.begin(), labels_.end());
    return csv_line(header);
  }

  [[nodiscard]] std::string rows(const Trial& trial) override {
    if (trial.number == 0) baseline_ = trial.pages;
    if (trial.number == 0 && !with_baseline_) return "";
    const Pipeline pipeline = trial.number == 0 ? Pipeline() : pipeline_.at(trial.point);
    std::string text;
    for (std::size_t page = 0; page < trial.pages.size(); ++page) {
      const PageResult& result = trial.pages[page];
      CsvRow row{std::to_string(trial.number), definition_.pages[page].name,
                 delta(result.scores, baseline_.empty() ? nullptr : &baseline_[page].scores)};
      append_values(row, kFirstOfPages, result.scores);
      append_values(row, further_, result.scores);
      append_measured(row, measured_, measurements_of(pipeline, result.timings.steps));
      row.push_back(result.failure);
      append_labels(row, labels_, definition_.pages[page].labels);
      text += csv_line(row);
    }
    return text;
  }

 private:
  const StudyDefinition& definition_;
  bool with_baseline_;
  std::vector<std::string> labels_;
  Pipeline pipeline_;
  std::vector<std::string> measured_;
  std::vector<Score> further_ = further_scores(kFirstOfPages, true);
  std::vector<PageResult> baseline_;
};

/// The time of each step in `names`, empty if it did not apply, and the cached ones.
void append_steps(CsvRow& row, const std::vector<std::string>& names,
                  const std::vector<StepTiming>& steps) {
  for (const std::string& name : names) {
    const auto found = std::ranges::find(steps, name, &StepTiming::name);
    row.push_back(found == steps.end() ? "" : csv_number(found->ms));
  }
  std::vector<std::string> cached;
  for (const StepTiming& step : steps) {
    if (step.cached) cached.push_back(step.name);
  }
  row.push_back(joined(cached, " "));
}

/// One row for each trial with its means.
class CsvOfMeans final : public CsvOfTrials {
 public:
  explicit CsvOfMeans(const StudyDefinition& definition)
      : space_(space_of(definition)),
        further_(further_scores(kFirstOfTrials, has_truth(definition))) {}

  [[nodiscard]] std::string header() const override {
    CsvRow header{"trial", "score_tesseract_delta"};
    append_names(header, kFirstOfTrials);
    for (const Dimension& dimension : space_.dimensions()) header.push_back(dimension.name);
    append_names(header, further_);
    return csv_line(header);
  }

  [[nodiscard]] std::string rows(const Trial& trial) override {
    const MeanScores means = trial.means();
    if (trial.number == 0) baseline_ = means;
    CsvRow row{std::to_string(trial.number), delta(means, baseline_ ? &*baseline_ : nullptr)};
    append_values(row, kFirstOfTrials, means);
    append_point(row, space_, trial.point);
    append_values(row, further_, means);
    return csv_line(row);
  }

 private:
  Space space_;
  std::vector<Score> further_;
  std::optional<MeanScores> baseline_;
};

/// Steps whose times come before the scores.
constexpr std::array kMeasuredFirst{"sharpness", "contrast", "cnr"};

/// One row for each page with its times and those of its steps.
class CsvOfTimings final : public CsvOfTrials {
 public:
  explicit CsvOfTimings(const StudyDefinition& definition) : definition_(definition) {
    header_ = {"timestamp", "trial", "image_id", "total_ms", "preprocess_ms", "ocr_ms"};
    for (const std::string name : kMeasuredFirst) header_.push_back(name + "_ms");
    append_names(header_, kFirstOfTrials);
    steps_ = {"wait", "load"};
    for (std::string& name : scoring_steps()) {
      if (name != kReadStep && std::ranges::find(header_, name + "_ms") == header_.end())
        steps_.push_back(std::move(name));
    }
    std::ranges::copy(stage_step_names(definition), std::back_inserter(steps_));
    for (const std::string& name : steps_) header_.push_back(name + "_ms");
    header_.emplace_back("cached");
  }

  [[nodiscard]] std::string header() const override { return csv_line(header_); }

  [[nodiscard]] std::string rows(const Trial& trial) override {
    std::string text;
    for (std::size_t page = 0; page < trial.pages.size(); ++page) {
      const PageTimings& t = trial.pages[page].timings;
      CsvRow row{utc_time_text(t.started_us),  std::to_string(trial.number),
                 definition_.pages[page].name, csv_number(t.total_ms),
                 csv_number(t.preprocess_ms),  csv_number(t.ocr_ms)};
      for (const char* measured : kMeasuredFirst)
        row.push_back(csv_number(step_ms(t.steps, measured)));
      append_values(row, kFirstOfTrials, trial.pages[page].scores);
      append_steps(row, steps_, t.steps);
      text += csv_line(row);
    }
    return text;
  }

 private:
  const StudyDefinition& definition_;
  CsvRow header_;
  std::vector<std::string> steps_;
};

}  // namespace

std::unique_ptr<CsvOfTrials> csv_of_means(const StudyDefinition& definition) {
  return std::make_unique<CsvOfMeans>(definition);
}

std::unique_ptr<CsvOfTrials> csv_of_pages(const StudyDefinition& definition) {
  return std::make_unique<CsvOfPages>(definition, true, label_names(definition));
}

std::unique_ptr<CsvOfTrials> csv_of_scores(const StudyDefinition& definition) {
  return std::make_unique<CsvOfPages>(definition, false, std::vector<std::string>());
}

std::unique_ptr<CsvOfTrials> csv_of_timings(const StudyDefinition& definition) {
  return std::make_unique<CsvOfTimings>(definition);
}

std::string pruned_csv(const StudyDefinition& definition, const std::vector<PrunedTrial>& trials) {
  const Space space = space_of(definition);
  const std::vector<Score> further = further_scores(kFirstOfPages, has_truth(definition));
  CsvRow header{"trial", "place", "page"};
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

}  // namespace ocrtune
