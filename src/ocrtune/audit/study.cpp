#include "ocrtune/audit/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "ocrtune/audit/design.h"
#include "ocrtune/audit/page_scores.h"
#include "ocrtune/audit/times.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/time.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/study/points_file.h"

namespace ocrtune {
namespace {

/// About 1 kB each: 4,096 points on 400 images are 1.6 million.
constexpr std::size_t kMaxPageResults = 2'000'000;

using TimesOfPoint = std::map<std::size_t, std::vector<AuditTime>>;  // by image

[[noreturn]] void refuse_run(const std::string& source, const std::string& why) {
  throw Error(Errc::input_unreadable, fmt::format("{}: {}", source, why));
}

/// The last part of a file's name, "20251204_214825"; empty if it has none.
std::string stamp_in(const std::filesystem::path& results) {
  constexpr std::size_t kLength = 15;
  const std::string stem = results.stem().string();
  const std::string end = stem.size() < kLength ? "" : stem.substr(stem.size() - kLength);
  return local_time_us(end) ? end : "";
}

/// The log of times beside the results, which that program began in the same second or the next.
std::filesystem::path log_beside(const std::filesystem::path& results) {
  const std::optional<std::int64_t> begun = local_time_us(stamp_in(results));
  if (!begun) return {};
  constexpr std::int64_t kSecond = 1'000'000;
  for (const std::int64_t time : {*begun, *begun + kSecond}) {
    auto file = results.parent_path() / fmt::format("timing_log_{}.csv", audit_stamp(time));
    std::error_code none;
    if (std::filesystem::is_regular_file(file, none)) return file;
  }
  return {};
}

std::optional<double> value_of(const AuditRow& row, Score score) {
  for (const auto& [name, value] : row.values) {
    if (audit_score_named(name) == score) return value;
  }
  return std::nullopt;
}

std::optional<double> delta_of(const AuditRow& row) {
  for (const auto& [name, value] : row.values) {
    if (is_audit_delta(name)) return value;
  }
  return std::nullopt;
}

/// The name of a sampler for that of an algorithm in a configuration or in the name of a file.
std::optional<std::string> sampler_for(const std::string& algorithm) {
  const std::string name = lower_case(algorithm);
  if (name == lower_case(kAuditScreening)) return kDesign;
  const std::vector<std::string> samplers = sampler_names();
  if (std::ranges::find(samplers, name) != samplers.end()) return name;
  const std::pair<const char*, const char*> titles[] = {
      {"l-bfgs-b", "lbfgs"}, {"tpe", "tpe"}, {"nsga", "nsga2"}, {"sobol", "sobol"}};
  for (const auto& [begin, sampler] : titles) {
    if (name.starts_with(begin)) return sampler;
  }
  return std::nullopt;
}

/// The range of a parameter in the preset, or that of its stage if it is not free there.
Range usual_range(const Pipeline& preset, const std::string& name) {
  const Space space = preset.space();
  const auto found = std::ranges::find(space.dimensions(), name, &Dimension::name);
  if (found == space.dimensions().end()) return searched_range(preset.parameter_of(name));
  return {.low = found->low, .high = found->high, .log = found->log, .step = found->step};
}

/// Makes a study of a run.
class RunReader {
 public:
  RunReader(const std::filesystem::path& results, const AuditStudyOptions& options)
      : results_(results),
        source_(shown(results)),
        options_(options),
        run_(read_audit_run(results, options.preset)) {}

  AuditStudyTrials study() {
    found_.preset = run_.preset;
    found_.notes = run_.notes;
    found_.pipeline = searched_pipeline();
    found_.search.sampler = sampler();
    if (found_.search.sampler == kDesign) found_.search.planned = run_.configuration.points;
    read_times();
    require_few_results();
    require_scores();
    found_.trials.push_back(baseline());
    const Space space = found_.pipeline.space();
    for (const AuditRow& row : run_.rows) found_.trials.push_back(trial_of(row, space));
    std::ranges::sort(found_.trials, {}, &Trial::number);
    return std::move(found_);
  }

 private:
  /// The ranges of the configuration in the preset's names, kernel sizes in place of their bases.
  std::map<std::string, Range> configured_ranges() const {
    const Pipeline preset = load_pipeline(run_.preset);
    std::map<std::string, Range> ranges;
    for (const AuditRange& stated : run_.configuration.ranges) {
      const std::optional<AuditName> name = audit_name_in(run_.preset, stated.name);
      if (!name)
        refuse_run(audit_configuration_name(source_),
                   tr("`{}` is not a parameter of `{}`", quotable(stated.name, 60), run_.preset));
      const ParameterType type = preset.parameter_of(name->name).type;
      const auto end = [&](double value) {
        return name->kernel ? 2 * std::trunc(value) + 1 : taken_value(type, value);
      };
      Range range = usual_range(preset, name->name);
      range.low = end(stated.low);
      range.high = end(stated.high);
      ranges[name->name] = range;
    }
    return ranges;
  }

  /// The preset's parameters that are columns of the file.
  [[nodiscard]] std::set<std::string> columns() const {
    std::set<std::string> names;
    for (const AuditRow& row : run_.rows) {
      for (const auto& [column, value] : row.values) {
        const std::optional<AuditName> name = audit_name_in(run_.preset, column);
        if (!name) continue;
        // It is in the columns of some files, but was never searched.
        const bool varies = row.point.find(name->name) != run_.rows.front().point.find(name->name);
        if (name->name != kAuditDilations || varies) names.insert(name->name);
      }
    }
    return names;
  }

  /// Extends a range to the values of all points; the baseline has none.
  void extend(Range& range, const std::string& name) {
    const Range stated = range;
    for (const AuditRow& row : run_.rows) {
      const std::optional<double> value = row.point.find(name);
      if (!value) refuse_run(source_, tr("{}: has no value of `{}`", row.place, name));
      range.low = std::min(range.low, *value);
      range.high = std::max(range.high, *value);
    }
    if (!(range == stated))
      found_.notes.push_back(tr("{}: the range of `{}` is extended to its points, {:g} to {:g}",
                                source_, name, range.low, range.high));
  }

  Pipeline searched_pipeline() {
    const Pipeline preset = load_pipeline(run_.preset);
    const Space usual = preset.space();
    std::map<std::string, Range> ranges = configured_ranges();
    const std::string source = ranges.empty() ? source_ : audit_configuration_name(source_);
    for (const std::string& name : columns()) ranges.try_emplace(name, usual_range(preset, name));
    Pipeline pipeline = preset;
    try {
      // All that is not searched has one value: that of the configuration, or else of the preset.
      for (const Dimension& dimension : usual.dimensions())
        pipeline.fix(dimension.name, dimension.initial);
      for (const auto& [name, value] : run_.rows.front().point.values) {
        if (!ranges.contains(name)) pipeline.fix(name, value);
      }
      for (auto& [name, range] : ranges) {
        extend(range, name);
        pipeline.free(name, range);
      }
    } catch (const Error& error) {
      if (error.code() == Errc::input_unreadable) throw;
      refuse_run(source, error.what());
    }
    return pipeline;
  }

  [[nodiscard]] bool is_optimization() const {
    return std::ranges::any_of(run_.rows.front().values,
                               [](const auto& cell) { return cell.first == kAuditTrial; });
  }

  [[nodiscard]] std::string sampler() const {
    const std::string& stated = run_.configuration.algorithm;
    if (const auto known = sampler_for(stated)) return *known;
    // As in resultats_metrics_L-BFGS-B_20251103_101500.csv.
    constexpr std::string_view kBefore = "resultats_metrics_";
    const std::string stem = results_.stem().string();
    if (stem.starts_with(kBefore)) {
      const std::string rest = stem.substr(kBefore.size());
      if (const auto known = sampler_for(rest.substr(0, rest.find('_')))) return *known;
    }
    return is_optimization() ? "tpe" : kDesign;
  }

  void read_times() {
    const std::filesystem::path file =
        options_.times.empty() ? log_beside(results_) : options_.times;
    found_.images = run_.configuration.baseline.images;
    found_.states_images = found_.images > 0;
    if (!found_.states_images) found_.images = std::max<std::size_t>(1, options_.images);
    if (file.empty()) return;
    const std::vector<AuditTime> times = read_audit_times(file);
    std::size_t images = 0;
    for (const AuditTime& time : times) images = std::max(images, time.image + 1);
    if (!found_.states_images && images > 0) {
      found_.images = images;
      found_.states_images = true;
    }
    if (images != found_.images) {
      found_.notes.push_back(tr("{}: has times of {}, the run {}; they are left out", shown(file),
                                counted(images, "page"), found_.images));
      return;
    }
    for (const AuditTime& time : times) {
      if (time.point > 0) times_[time.point].push_back(time);
    }
    std::erase_if(times_, [&](const auto& entry) { return entry.second.size() != images; });
    for (auto& [point, rows] : times_) std::ranges::sort(rows, {}, &AuditTime::image);
  }

  void require_few_results() const {
    const std::size_t points = run_.rows.size();
    if ((points + 1) * found_.images > kMaxPageResults)
      refuse_run(source_,
                 tr("has {} on {}; at most {} page results can be imported",
                    counted(points, "point"), counted(found_.images, "page"), kMaxPageResults));
  }

  static void require_score(const std::string& where, const std::string& name, double value) {
    if (std::abs(value) > static_cast<double>(kMaxAuditScore))
      refuse_run(where, tr("`{}`: {} is not a score from {} to {}", quotable(name, 60), value,
                           -kMaxAuditScore, kMaxAuditScore));
  }

  void require_scores() const {
    for (const AuditRow& row : run_.rows) {
      for (const auto& [name, value] : row.values) {
        if (audit_score_named(name) || is_audit_delta(name))
          require_score(fmt::format("{}: {}", source_, row.place), name, value);
      }
    }
    const AuditBaseline& known = run_.configuration.baseline;
    for (const auto& [name, value] :
         {std::pair(kAuditMean, known.mean), std::pair(kAuditLeast, known.least),
          std::pair(kAuditGreatest, known.greatest)}) {
      if (value) require_score(audit_configuration_name(source_), std::string(name), *value);
    }
  }

  /// When the run began, as far as it is known.
  [[nodiscard]] std::int64_t begun_us() const {
    for (const std::string& stamp : {run_.configuration.timestamp, stamp_in(results_)}) {
      if (const auto time = local_time_us(stamp)) return *time;
    }
    return now_us();
  }

  [[nodiscard]] Trial baseline() const {
    const AuditBaseline& known = run_.configuration.baseline;
    std::vector<std::pair<double, double>> pairs;
    for (const AuditRow& row : run_.rows) {
      const std::optional<double> confidence = value_of(row, Score::confidence);
      const std::optional<double> delta = delta_of(row);
      if (confidence && delta) pairs.emplace_back(*confidence, *delta);
    }
    const std::optional<double> mean = pairs.empty() ? known.mean : baseline_of(pairs);
    if (!mean)
      refuse_run(source_, tr("has no scores of the original pages: neither a column `{}` nor a "
                             "configuration beside it; import its points with --output",
                             kAuditDelta));
    Trial trial{.number = 0, .point = {}, .pages = {}};
    trial.started_us = trial.finished_us = begun_us();
    for (const double score : spread_scores(*mean, known.least, known.greatest, found_.images))
      trial.pages.push_back({.scores = {{Score::confidence, score}},
                             .timings = {.started_us = trial.started_us},
                             .failure = {}});
    return trial;
  }

  /// Numbers of points count from 1, those of optimizations from 0.
  std::size_t number_of(const AuditRow& row, std::size_t index) {
    double number = static_cast<double>(index + 1);
    for (const auto& [name, value] : row.values) {
      if (name == kAuditPoint) number = value;
      if (name == kAuditTrial) number = value + 1;
    }
    constexpr double kMost = 1e9;
    if (number < 1 || number > kMost || number != std::trunc(number))
      refuse_run(source_, tr("{}: has no valid number of a point", row.place));
    if (!numbers_.insert(static_cast<std::size_t>(number)).second)
      refuse_run(source_, tr("{}: a point of that number is there already", row.place));
    return static_cast<std::size_t>(number);
  }

  Trial trial_of(const AuditRow& row, const Space& space) {
    Trial trial{.number = number_of(row, found_.trials.size() - 1),
                .point = {},
                .pages = std::vector<PageResult>(found_.images)};
    for (const Dimension& dimension : space.dimensions())
      trial.point.values.emplace_back(dimension.name, *row.point.find(dimension.name));
    trial.started_us = trial.finished_us = found_.trials.front().started_us;
    PageScores means;
    for (const AuditScore& score : audit_scores())
      means.set(score.score, value_of(row, score.score));
    if (!means.find(Score::confidence)) {
      if (const std::optional<double> delta = delta_of(row))
        means.set(Score::confidence,
                  *delta + found_.trials.front().means().value(Score::confidence));
    }
    if (!means.find(Score::confidence))
      refuse_run(source_, tr("{}: has no {}, which a study needs", row.place,
                             score_name(Score::confidence)));
    const auto times = times_.find(trial.number);
    if (times == times_.end() || !matches(times->second, means)) {
      for (PageResult& page : trial.pages) {
        page.scores = means;
        page.timings.started_us = trial.started_us;
      }
      return trial;
    }
    found_.has_page_scores = true;
    take_times(trial, times->second);
    take_page_scores(trial, times->second, means);
    return trial;
  }

  /// True if the log is that of the run: its scores have the means of the results.
  bool matches(const std::vector<AuditTime>& times, const PageScores& means) {
    const std::optional<double> logged = mean_logged(times, &AuditTime::confidence);
    const std::optional<double> mean = means.find(Score::confidence);
    if (!logged || !mean || is_rounded(*logged, *mean)) return true;
    if (!noted_other_log_)
      found_.notes.push_back(
          tr("{}: the log of times has other scores than the results; its rows are left out",
             source_));
    noted_other_log_ = true;
    return false;
  }

  static void take_times(Trial& trial, const std::vector<AuditTime>& times) {
    trial.started_us = times.front().started_us;
    for (const AuditTime& time : times) {
      trial.pages[time.image].timings = timings_of(time);
      trial.started_us = std::min(trial.started_us, time.started_us);
      trial.finished_us = std::max(
          trial.finished_us, time.started_us + static_cast<std::int64_t>(1000 * time.total_ms));
    }
  }

  const std::filesystem::path& results_;
  std::string source_;
  const AuditStudyOptions& options_;
  AuditRun run_;
  TimesOfPoint times_;
  AuditStudyTrials found_;
  std::set<std::size_t> numbers_;
  bool noted_other_log_ = false;
};

}  // namespace

AuditStudyTrials read_audit_study(const std::filesystem::path& results,
                                  const AuditStudyOptions& options) {
  return RunReader(results, options).study();
}

}  // namespace ocrtune
