#include "ocrtune/audit/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ocrtune/audit/design.h"
#include "ocrtune/audit/times.h"
#include "ocrtune/base/csv.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/time.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/presets.h"

namespace ocrtune {
namespace {

/// Python's format of a float: always with a point or an exponent.
std::string python_float(double value) {
  std::string text = csv_number(value);
  if (text.find_first_not_of("-0123456789") == std::string::npos && !text.empty()) text += ".0";
  return text;
}

/// Python's format of round(value, 2).
std::string rounded_float(double value) {
  double rounded = 0;
  return parse_number(fmt::format("{:.2f}", value), rounded) ? python_float(rounded) : "";
}

std::string rounded_score(const ScoreValues& scores, Score score) {
  const std::optional<double> value = scores.find(score);
  return value ? rounded_float(*value) : "";
}

/// A value of a parameter: integers without a point.
std::string parameter_text(ParameterType type, double value) {
  return type == ParameterType::real ? python_float(value) : csv_number(value);
}

/// To the millisecond.
std::string row_stamp(std::int64_t microseconds) {
  constexpr std::size_t kMicroDigits = 3;
  const std::string text = local_time_text(microseconds);
  return text.substr(0, text.size() - kMicroDigits);
}

bool same_stages(const Pipeline& a, const Pipeline& b) {
  const auto same_name = [](const Setting& x, const Setting& y) { return x.name == y.name; };
  return std::ranges::equal(a.stages(), b.stages(), [&](const StageUse& x, const StageUse& y) {
    return x.stage == y.stage && x.on == y.on && x.optional == y.optional && x.slot == y.slot &&
           std::ranges::equal(x.settings, y.settings, same_name);
  });
}

/// A study in the terms of the Python design.
struct AuditStudy {
  const StudyDefinition& definition;
  const AuditPipeline* pipeline = nullptr;
  Pipeline searched;
  std::vector<const Trial*> points = {};
  const Trial* baseline = nullptr;
  std::string stamp = {};
};

const AuditPipeline& pipeline_of_design(const Pipeline& pipeline) {
  std::vector<std::string> names;
  for (const AuditPipeline& known : audit_pipelines()) {
    names.emplace_back(known.preset);
    if (same_stages(pipeline, load_pipeline(names.back()))) return known;
  }
  throw Error(Errc::invalid_argument,
              tr("pipeline `{}`: isn't one of the Python design; available: {}",
                 quotable(pipeline.name()), joined(names)));
}

void require_known_parameters(const AuditStudy& study) {
  std::vector<std::string> names;
  for (const AuditParameter& parameter : study.pipeline->parameters)
    names.emplace_back(parameter.name);
  const Space space = study.searched.space();
  for (const Dimension& dimension : space.dimensions()) {
    if (std::ranges::count(names, dimension.name) > 0) continue;
    throw Error(Errc::invalid_argument,
                tr("the free parameter `{}`: the Python design has none of that name in "
                   "`{}`; it has: {}",
                   dimension.name, study.pipeline->preset, joined(names)));
  }
}

AuditStudy study_of(const StudyDefinition& definition, const std::vector<Trial>& trials) {
  AuditStudy study{.definition = definition, .searched = pipeline_of(definition)};
  study.pipeline = &pipeline_of_design(study.searched);
  require_known_parameters(study);
  for (const Trial& trial : trials) {
    if (trial.number > 0) study.points.push_back(&trial);
    if (trial.number == 0) study.baseline = &trial;
  }
  const auto begun = std::ranges::min_element(trials, {}, &Trial::started_us);
  study.stamp = audit_stamp(begun == trials.end() ? 0 : begun->started_us);
  return study;
}

bool is_screening(const AuditStudy& study) { return study.definition.search.sampler == kDesign; }

/// Of a screening the number that it is to have, also if it was interrupted.
std::size_t point_count(const AuditStudy& study) {
  return is_screening(study) ? std::max(study.points.size(), study.definition.search.planned)
                             : study.points.size();
}

/// The scores in its newest files, which have no contrast.
std::vector<AuditScore> written_scores() {
  std::vector<AuditScore> scores = audit_scores();
  std::erase_if(scores, [](const AuditScore& score) { return score.score == Score::contrast; });
  return scores;
}

/// The free parameters in the order of its window, which is that of the space.
std::string results_text(const AuditStudy& study) {
  const Space space = study.searched.space();
  CsvRow header{std::string(kAuditPoint), std::string(kAuditDelta)};
  for (const AuditScore& score : written_scores()) header.emplace_back(score.column);
  for (const Dimension& dimension : space.dimensions()) header.push_back(dimension.name);
  std::string text = csv_line(header);
  const double raw =
      study.baseline == nullptr ? 0 : study.baseline->means().value(Score::confidence);
  for (const Trial* trial : study.points) {
    const MeanScores means = trial->means();
    CsvRow row{std::to_string(trial->number), python_float(means.value(Score::confidence) - raw)};
    for (const AuditScore& score : written_scores())
      row.push_back(python_float(means.value(score.score)));
    for (const Dimension& dimension : space.dimensions())
      row.push_back(parameter_text(dimension.type, trial->point.find(dimension.name).value_or(0)));
    text += csv_line(row);
  }
  return text;
}

const Setting& setting_named(const Pipeline& pipeline, std::string_view name) {
  for (const StageUse& use : pipeline.stages()) {
    const auto found = std::ranges::find(use.settings, name, &Setting::name);
    if (found != use.settings.end()) return *found;
  }
  throw Error(Errc::not_found, tr("no parameter is called `{}`", name));
}

/// The parameters in the format of its window: ranges, of bases for kernel sizes, then values.
std::string parameter_rows(const AuditStudy& study) {
  std::string ranges;
  std::string fixed;
  const auto base = [](const AuditParameter& parameter, double value) {
    return python_float(parameter.kernel ? (value - 1) / 2 : value);
  };
  for (const AuditParameter& parameter : study.pipeline->parameters) {
    const Setting& setting = setting_named(study.searched, parameter.name);
    const std::string name(parameter.in_window);
    if (setting.free) {
      ranges += csv_line({std::string(kAuditRange), name, base(parameter, setting.free->low),
                          base(parameter, setting.free->high)});
    } else {
      // There, a fixed kernel size is used unchanged.
      fixed += csv_line({std::string(kAuditFixed), name, python_float(setting.value), ""});
    }
  }
  const bool standard = study.pipeline == &audit_pipelines().front();
  const double dilations = standard ? setting_named(study.searched, kAuditDilations).value : 2;
  return ranges +
         csv_line(
             {std::string(kAuditFixed), std::string(kAuditDilations), csv_number(dilations), ""}) +
         fixed;
}

std::string baseline_rows(const Trial* baseline) {
  if (baseline == nullptr || baseline->pages.empty())
    return csv_line({std::string(kAuditBaseline), "Stats", "N/A", ""});
  std::vector<double> scores;
  for (const PageResult& page : baseline->pages)
    scores.push_back(page.scores.value(Score::confidence));
  const auto row = [](std::string_view name, const std::string& value) {
    return csv_line({std::string(kAuditBaseline), std::string(name), value, ""});
  };
  const auto score = [](double value) { return fmt::format("{:.2f}", value); };
  return row(kAuditMean, score(baseline->means().value(Score::confidence))) +
         row(kAuditLeast, score(std::ranges::min(scores))) +
         row(kAuditGreatest, score(std::ranges::max(scores))) +
         row(kAuditImages, std::to_string(scores.size()));
}

std::string configuration_text(const AuditStudy& study) {
  const auto info = [](std::string_view key, const std::string& value) {
    return csv_line({std::string(kAuditInfo), std::string(key), value, ""});
  };
  return csv_line({"Category", "Key", "Value_Min_or_Fixed", "Value_Max"}) +
         info(kAuditMode, std::string(study.pipeline->preset)) +
         info(kAuditAlgorithm, is_screening(study) ? std::string(kAuditScreening)
                                                   : study.definition.search.sampler) +
         info(kAuditPoints, std::to_string(point_count(study))) +
         info(kAuditTimestamp, study.stamp) + parameter_rows(study) + baseline_rows(study.baseline);
}

std::string times_text(const AuditStudy& study) {
  std::string text = csv_line({kAuditTimeColumns.begin(), kAuditTimeColumns.end()});
  for (const Trial* trial : study.points) {
    for (std::size_t page = 0; page < trial->pages.size(); ++page) {
      const PageTimings& t = trial->pages[page].timings;
      const PageScores& scores = trial->pages[page].scores;
      // The Python design measures sharpness and CNR together.
      text += csv_line(
          {row_stamp(t.started_us), std::to_string(trial->number), std::to_string(page),
           rounded_float(t.total_ms), rounded_float(t.preprocess_ms), rounded_float(t.ocr_ms),
           rounded_float(step_ms(t.steps, "sharpness") + step_ms(t.steps, "cnr")),
           rounded_float(step_ms(t.steps, "contrast")), rounded_score(scores, Score::confidence),
           rounded_score(scores, Score::sharpness), rounded_score(scores, Score::contrast)});
    }
  }
  return text;
}

}  // namespace

std::vector<AuditFile> audit_files(const StudyDefinition& definition,
                                   const std::vector<Trial>& trials) {
  const AuditStudy study = study_of(definition, trials);
  const std::string results = fmt::format(
      "{}_{}_{}pts_{}.csv",
      is_screening(study) ? "screening_sobol" : "optimization_" + definition.search.sampler,
      study.pipeline->preset, point_count(study), study.stamp);
  return {{results, results_text(study)},
          {audit_configuration_name(results), configuration_text(study)},
          {fmt::format("timing_log_{}.csv", study.stamp), times_text(study)}};
}

bool has_audit_files(const StudyDefinition& definition) try {
  (void)study_of(definition, {});
  return true;
} catch (const Error&) {
  return false;
}

std::vector<AuditFile> audit_files(const Storage& study) {
  std::vector<Trial> trials;
  study.each_trial([&](Trial&& trial) { trials.push_back(std::move(trial)); }, TrialSteps::read);
  return audit_files(study.definition(), trials);
}

std::vector<std::string> export_audit(const Storage& study, const std::filesystem::path& folder) {
  const std::vector<AuditFile> files = audit_files(study);
  make_folder(folder);
  std::vector<std::string> names;
  for (const AuditFile& file : files) {
    write_atomically(folder / file.name, file.text);
    names.push_back(file.name);
  }
  return names;
}

}  // namespace ocrtune
