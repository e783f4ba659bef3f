#include "ocrtune/audit/results.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "ocrtune/audit/design.h"
#include "ocrtune/audit/records.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/study/points_file.h"

namespace ocrtune {
namespace {

/// 65,536 points with seven parameters take 13 MB.
constexpr std::uint64_t kResultsLimit = 32'000'000;

[[noreturn]] void refuse_file(const std::string& source, const std::string& why) {
  throw Error(Errc::input_unreadable, fmt::format("{}: {}", source, why));
}

/// Meaning of a name in a file.
struct Meaning {
  const AuditParameter* parameter = nullptr;
  bool base = false;    ///< always the base of a kernel size
  bool window = false;  ///< a name of the window and the search only, not of result files
};

/// The meaning of a parameter's name in `pipeline`: that of result files, that of the window, or
/// Optuna's name of a base, "norm_kernel_base".
std::optional<Meaning> meaning_in(const AuditPipeline& pipeline, std::string_view name) {
  constexpr std::string_view kBase = "_base";
  for (const AuditParameter& parameter : pipeline.parameters) {
    if (name == parameter.name) return Meaning{&parameter};
    if (name == parameter.in_window)
      return Meaning{.parameter = &parameter, .base = parameter.kernel, .window = true};
    if (parameter.kernel && name.ends_with(kBase) &&
        name.substr(0, name.size() - kBase.size()) == parameter.in_window)
      return Meaning{.parameter = &parameter, .base = true};
  }
  return std::nullopt;
}

/// True for point numbers, scores and names that every file of the Python design may have.
bool says_no_pipeline(std::string_view name) {
  return name == kAuditPoint || name == kAuditTrial || name == kAuditDilations ||
         is_audit_delta(name) || audit_score_named(name);
}

/// The pipelines that have a parameter with that name.
std::vector<const AuditPipeline*> pipelines_with(std::string_view name) {
  std::vector<const AuditPipeline*> found;
  for (const AuditPipeline& pipeline : audit_pipelines()) {
    if (meaning_in(pipeline, name)) found.push_back(&pipeline);
  }
  return found;
}

/// Reads the points of a file.
class ResultsReader {
 public:
  ResultsReader(std::string source, std::vector<AuditRecord> records,
                AuditConfiguration configuration, const AuditInterpretation& ocr_result)
      : source_(std::move(source)),
        records_(std::move(records)),
        configuration_(std::move(configuration)),
        ocr_result_(ocr_result),
        pipeline_(pipeline_of_file()),
        preset_(load_pipeline(std::string(pipeline_.preset))),
        bases_(kernels_are_bases()) {}

  AuditRun run() {
    AuditRun run{.preset = std::string(pipeline_.preset),
                 .rows = {},
                 .configuration = configuration_,
                 .notes = {}};
    for (const AuditRecord& record : records_)
      run.rows.push_back({record.place, point_of(record), record.values});
    run.notes = notes();
    return run;
  }

  AuditResults results() {
    AuditResults results{.preset = std::string(pipeline_.preset),
                         .points = {},
                         .rows = records_.size(),
                         .notes = {}};
    results.sorted = sort_records();
    std::set<Point> seen;
    for (const AuditRecord& record : records_) {
      Point point = point_of(record);
      if (seen.insert(point).second) results.points.push_back(std::move(point));
    }
    results.notes = notes();
    return results;
  }

 private:
  /// On the values that were changed so far.
  [[nodiscard]] std::vector<std::string> notes() const {
    std::vector<std::string> notes;
    if (bases_)
      notes.push_back(source_ +
                      tr(": kernel sizes are given there by their base; 2 * base + 1 is used"));
    for (const auto& [name, count] : changed_)
      notes.push_back(tr("{}: `{}`: {}, rounded to a whole or odd number as in the Python design",
                         source_, name, counted(count, "value")));
    return notes;
  }

  /// The first location of each name.
  [[nodiscard]] std::map<std::string, std::string> places_of_names() const {
    std::map<std::string, std::string> places;
    for (const AuditRecord& record : records_) {
      for (const auto& [name, value] : record.values) places.try_emplace(name, record.names_at);
    }
    return places;
  }

  [[noreturn]] void refuse_name(const std::string& name, const std::string& place) const {
    std::vector<std::string> known;
    for (const AuditPipeline& pipeline : audit_pipelines()) {
      for (const AuditParameter& parameter : pipeline.parameters)
        known.emplace_back(parameter.name);
    }
    refuse_file(source_, tr("{}: column `{}` is neither a score nor a parameter of the "
                            "Python design{}",
                            place, quotable(name, 60), did_you_mean(name, known)));
  }

  /// The stated pipeline, or the one that has all names of the file.
  const AuditPipeline& pipeline_of_file() const {
    const AuditPipeline* found =
        find_audit_pipeline(ocr_result_.preset.empty() ? configuration_.mode : ocr_result_.preset);
    std::string by = tr("which was specified");
    std::string shared;
    for (const auto& [name, place] : places_of_names()) {
      if (says_no_pipeline(name)) continue;
      const std::vector<const AuditPipeline*> owners = pipelines_with(name);
      if (owners.empty()) refuse_name(name, place);
      if (owners.size() > 1) {
        shared = name;
      } else if (found == nullptr) {
        found = owners.front();
        by = tr("to which `{}` belongs", name);
      } else if (found != owners.front()) {
        refuse_file(source_, tr("{}: column `{}` belongs to the preset {}, not to {}, {}", place,
                                name, owners.front()->preset, found->preset, by));
      }
    }
    if (found != nullptr) return *found;
    refuse_file(
        source_,
        shared.empty()
            ? tr("has no parameter of the Python design")
            : tr("`{}` alone doesn't determine the preset; give it with `ocrtune import --preset`",
                 shared));
  }

  /// Result files have kernel sizes, which are odd integers. Values of the search itself, which it
  /// wrote into no file, have the window's names or fractions.
  [[nodiscard]] bool kernels_are_bases() const {
    for (const AuditRecord& record : records_) {
      for (const auto& [name, value] : record.values) {
        const auto meaning = meaning_in(pipeline_, name);
        if (!meaning) continue;
        if (meaning->window) return true;
        if (meaning->parameter->kernel && !meaning->base && value != std::trunc(value)) return true;
      }
    }
    return false;
  }

  /// The value of the record's score, or of the delta if it is equivalent.
  [[nodiscard]] std::optional<double> score_of(const AuditRecord& record) const {
    std::optional<double> delta;
    for (const auto& [name, value] : record.values) {
      if (audit_score_named(name) == ocr_result_.by) return value;
      if (is_audit_delta(name)) delta = value;
    }
    return ocr_result_.by == Score::confidence ? delta : std::nullopt;
  }

  /// Sorts the best first and those without the score last; false if none has it.
  bool sort_records() {
    std::vector<std::pair<double, std::size_t>> order;
    bool any = false;
    for (const AuditRecord& record : records_) {
      const std::optional<double> score = score_of(record);
      any = any || score;
      order.emplace_back(score ? -*score : HUGE_VAL, order.size());
    }
    std::ranges::sort(order);
    std::vector<AuditRecord> sorted;
    sorted.reserve(order.size());
    for (const auto& [score, index] : order) sorted.push_back(std::move(records_[index]));
    records_ = std::move(sorted);
    return any;
  }

  /// Only `standard` has repeated dilation.
  [[nodiscard]] bool is_standard() const { return &pipeline_ == &audit_pipelines().front(); }

  /// Adds a value under the preset's name. `where` is the file and the location in it.
  void add(Point& point, std::string_view name, double given, bool base, const std::string& where) {
    const std::string own(name);
    if (point.find(own)) refuse_file(where, tr("`{}` appears twice", own));
    const Parameter parameter = preset_.parameter_of(own);
    const double stated = base ? 2 * std::trunc(given) + 1 : given;
    const double used = taken_value(parameter.type, stated);
    if (used != stated) ++changed_[own];
    try {
      check_value(parameter, used, own);
    } catch (const Error& error) {
      refuse_file(where, error.what());
    }
    point.values.emplace_back(own, used);
  }

  Point point_of(const AuditRecord& record) {
    Point point;
    const std::string where = fmt::format("{}: {}", source_, record.place);
    for (const auto& [name, value] : record.values) {
      if (name == kAuditDilations) {
        if (is_standard()) add(point, name, value, false, where);
      } else if (const auto meaning = meaning_in(pipeline_, name)) {
        add(point, meaning->parameter->name, value,
            meaning->base || (bases_ && meaning->parameter->kernel), where);
      }
    }
    add_fixed(point);
    return ordered(point);
  }

  /// Adds the fixed values of the run's configuration. The Python design uses a fixed kernel size
  /// unchanged.
  void add_fixed(Point& point) {
    const std::string where = audit_configuration_name(source_);
    for (const auto& [name, value] : configuration_.fixed) {
      const auto meaning = meaning_in(pipeline_, name);
      if (!meaning && name != kAuditDilations)
        refuse_file(where,
                    tr("`{}` is not a parameter of `{}`", quotable(name, 60), pipeline_.preset));
      if (!meaning && !is_standard()) continue;
      const std::string_view own = meaning ? meaning->parameter->name : kAuditDilations;
      if (!point.find(own)) add(point, own, value, false, where);
    }
  }

  /// In the preset's order.
  [[nodiscard]] Point ordered(const Point& point) const {
    Point result;
    for (const StageUse& use : preset_.stages()) {
      for (const Setting& setting : use.settings) {
        if (const auto value = point.find(setting.name))
          result.values.emplace_back(setting.name, *value);
      }
    }
    return result;
  }

  std::string source_;
  std::vector<AuditRecord> records_;
  AuditConfiguration configuration_;
  AuditInterpretation ocr_result_;
  const AuditPipeline& pipeline_;
  Pipeline preset_;
  bool bases_;
  std::map<std::string, std::size_t> changed_;  ///< number of changes, by the preset's names
};

/// The configuration file beside a CSV file; nothing if there is none.
AuditConfiguration configuration_beside(const std::filesystem::path& file, ConfigurationRows rows) {
  if (file.extension() != ".csv") return {};
  const std::filesystem::path beside =
      file.parent_path() / audit_configuration_name(file.filename().string());
  std::error_code none;
  if (!std::filesystem::is_regular_file(beside, none)) return {};
  return parse_audit_configuration(read_text(beside, kResultsLimit), shown(beside), rows);
}

ResultsReader reader_of(const std::filesystem::path& file, const AuditInterpretation& ocr_result,
                        ConfigurationRows rows) {
  const std::string source = shown(file);
  return {source, parse_audit_records(read_text(file, kResultsLimit), source),
          configuration_beside(file, rows), ocr_result};
}

}  // namespace

AuditResults read_audit_results(const std::filesystem::path& file,
                                const AuditInterpretation& ocr_result) {
  return reader_of(file, ocr_result, ConfigurationRows::of_points).results();
}

AuditRun read_audit_run(const std::filesystem::path& file, const std::string& preset) {
  return reader_of(file, {.preset = preset}, ConfigurationRows::all).run();
}

std::optional<AuditName> audit_name_in(std::string_view preset, std::string_view name) {
  const AuditPipeline* pipeline = find_audit_pipeline(preset);
  if (pipeline == nullptr) return std::nullopt;
  if (name == kAuditDilations && pipeline == &audit_pipelines().front())
    return AuditName{std::string(name)};
  const std::optional<Meaning> meaning = meaning_in(*pipeline, name);
  if (!meaning) return std::nullopt;
  return AuditName{std::string(meaning->parameter->name), meaning->parameter->kernel};
}

}  // namespace ocrtune
