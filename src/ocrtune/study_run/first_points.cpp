#include "ocrtune/study_run/first_points.h"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <functional>

#include "ocrtune/analysis/trial_scores.h"
#include "ocrtune/audit/results.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/storage/postgresql_place.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/study/points_file.h"

namespace ocrtune::workflow {
namespace {

constexpr std::size_t kMaxOfAFile = 5;

bool is_study(const std::string& source) {
  if (is_postgresql_address(source)) return true;
  constexpr std::string_view kMark = "SQLite format 3";
  std::ifstream file(source, std::ios::binary);
  std::string begin(kMark.size(), '\0');
  return file.read(begin.data(), static_cast<std::streamsize>(begin.size())) && begin == kMark;
}

std::vector<Point> best_of_study(const std::string& file) {
  const auto study = view_study(file);
  const StudyTrials trials = study_trials(*study);
  std::vector<Point> points;
  for (const std::size_t index : best_first(trials.scores, study->definition().objective)) {
    if (points.size() == kMaxOfAFile) break;
    const std::size_t number = trials.scores.numbers()[index];
    if (number > 0) points.push_back(trials.at(number).point);
  }
  return points;
}

/// The corresponding use of the stage at an index of `searched`, among those that run; nullptr if
/// there is none.
const StageUse* counterpart(const Pipeline& given, const Pipeline& searched, std::size_t index) {
  const std::vector<StageUse>& uses = searched.stages();
  auto earlier = std::count_if(uses.begin(), uses.begin() + static_cast<std::ptrdiff_t>(index),
                               [&](const StageUse& use) { return use.stage == uses[index].stage; });
  for (const StageUse& use : given.stages()) {
    if (use.stage == uses[index].stage && use.on && earlier-- == 0) return &use;
  }
  return nullptr;
}

/// The choice with which no stage of the slot runs, if there is one.
std::optional<std::size_t> empty_choice(const Slot& slot) {
  const auto none = std::ranges::find(slot.choices, kNoStage);
  if (none == slot.choices.end()) return std::nullopt;
  return static_cast<std::size_t>(none - slot.choices.begin());
}

/// The same parameter of [ocr], if it is set; nullptr otherwise.
const OcrUse* ocr_counterpart(const Pipeline& given, const OcrUse& use) {
  const auto found = std::ranges::find_if(given.ocr(), [&](const OcrUse& other) {
    return other.may_be_set() && other.parameter.name == use.parameter.name;
  });
  return found == given.ocr().end() ? nullptr : &*found;
}

/// A stage that leaves most pages as they are: a search can do without it.
bool is_for_few_pages(const StageUse& use) { return use.stage->name == "remove_leaders"; }

bool has_all_of(const Pipeline& searched, const Pipeline& given) {
  std::ptrdiff_t found = 0;
  for (std::size_t i = 0; i < searched.stages().size(); ++i) {
    const StageUse* same = counterpart(given, searched, i);
    if (same != nullptr && !is_for_few_pages(*same)) ++found;
  }
  const auto has = [&](const OcrUse& use) { return ocr_counterpart(searched, use) != nullptr; };
  return found == std::ranges::count_if(given.stages(), std::not_fn(is_for_few_pages)) &&
         std::ranges::all_of(given.ocr(), has);
}

/// Adds the OCR parameter's values with which `searched` has the settings of `given`, as far as
/// possible.
void add_ocr_values(const OcrUse& use, const Pipeline& given, Point& point) {
  const OcrUse* same = ocr_counterpart(given, use);
  if (use.optional) point.values.emplace_back(use.switch_name, same != nullptr ? 1 : 0);
  const Parameter* declared = find_ocr_parameter(use.parameter.name);
  if (same == nullptr && (use.optional || declared == nullptr)) return;
  const OcrUse wanted = same != nullptr ? *same : ocr_use(*declared);
  if (wanted.parameter.choices.empty()) {
    point.values.emplace_back(use.name, wanted.value);
    return;
  }
  const std::string& chosen = wanted.parameter.choices[static_cast<std::size_t>(wanted.value)];
  if (const auto choice = choice_named(use.parameter, chosen))
    point.values.emplace_back(use.name, *choice);
}

/// The point of `searched` that is equivalent to `given`, as far as possible.
Point point_like(const Pipeline& given, const Pipeline& searched) {
  Point point;
  for (const Slot& slot : searched.slots()) {
    point.values.emplace_back(slot.name,
                              static_cast<double>(empty_choice(slot).value_or(slot.chosen)));
  }
  for (std::size_t i = 0; i < searched.stages().size(); ++i) {
    const StageUse& use = searched.stages()[i];
    const StageUse* same = counterpart(given, searched, i);
    if (use.slot.empty()) {
      point.values.emplace_back(use.switch_name, same != nullptr ? 1 : 0);
    } else if (same != nullptr) {
      const Slot& slot = searched.slot(use.slot);
      const auto choice = std::ranges::find(slot.choices, use.stage->name) - slot.choices.begin();
      std::ranges::find(point.values, slot.name, &std::pair<std::string, double>::first)->second =
          static_cast<double>(choice);
    }
    if (same == nullptr) continue;
    for (std::size_t k = 0; k < use.settings.size(); ++k)
      point.values.emplace_back(use.settings[k].name, same->settings[k].value);
  }
  for (const OcrUse& use : searched.ocr()) add_ocr_values(use, given, point);
  return point;
}

/// The best points of a result file of the Python design, as points of `searched`.
std::vector<Point> best_of_results(const std::string& file, const Pipeline& searched) {
  const AuditResults results = read_audit_results(file, {});
  const Pipeline preset = load_pipeline(results.preset);
  std::vector<Point> points;
  for (const Point& point : results.points) {
    if (points.size() == kMaxOfAFile) break;
    points.push_back(point_like(preset.at(point), searched));
  }
  return points;
}

std::vector<Point> points_of(const std::string& source, const Pipeline& searched) {
  if (is_study(source)) return best_of_study(source);
  if (source.ends_with(".csv")) return best_of_results(source, searched);
  if (source.ends_with(".json")) {
    std::vector<std::string> notes;
    return read_points(source, searched, notes);
  }
  return {point_like(load_pipeline(source), searched)};
}

}  // namespace

std::vector<Point> first_points(const std::vector<std::string>& sources, const Pipeline& searched) {
  const Space space = searched.space();
  std::vector<Point> points{space.initial()};
  for (const std::string& source : sources) {
    for (const Point& found : points_of(source, searched)) {
      const Point point = space.nearest(space.values_of(found));
      if (std::ranges::find(points, point) == points.end()) points.push_back(point);
    }
  }
  return points;
}

std::vector<Point> portfolio_points(const Pipeline& searched) {
  const Space space = searched.space();
  std::vector<Point> points;
  for (const Pipeline& given : load_portfolio("documents").pipelines) {
    // The original page is the baseline.
    if (given.stages().empty() || !has_all_of(searched, given)) continue;
    points.push_back(space.nearest(space.values_of(point_like(given, searched))));
  }
  return points;
}

std::vector<Point> each_stage_alone(const Pipeline& searched) {
  const Space space = searched.space();
  Point without;
  for (const Dimension& dimension : space.dimensions()) {
    if (dimension.type == ParameterType::boolean) without.values.emplace_back(dimension.name, 0);
  }
  for (const Slot& slot : searched.slots()) {
    if (const auto empty = empty_choice(slot))
      without.values.emplace_back(slot.name, static_cast<double>(*empty));
  }
  for (const OcrUse& use : searched.ocr()) {
    // Thresholding is a step of its own, like a stage.
    const auto usual = choice_named(use.parameter, "otsu");
    if (use.free && usual) without.values.emplace_back(use.name, *usual);
  }
  std::vector<Point> points;
  for (std::size_t i = 0; i < without.values.size(); ++i) {
    const auto& [name, off] = without.values[i];
    const auto dimension = std::ranges::find(space.dimensions(), name, &Dimension::name);
    for (double value = 0; value <= dimension->high; ++value) {
      if (value == off) continue;
      Point alone = without;
      alone.values[i].second = value;
      points.push_back(space.nearest(space.values_of(alone)));
    }
  }
  return points;
}

}  // namespace ocrtune::workflow
