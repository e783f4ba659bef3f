#include "ocrtune/cli/first_points.h"

#include <algorithm>
#include <fstream>

#include "ocrtune/cli/points_file.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/study/storage.h"

namespace ocrtune::cli {
namespace {

constexpr std::size_t kBestOfAStudy = 5;

bool is_study(const std::string& source) {
  constexpr std::string_view kMark = "SQLite format 3";
  std::ifstream file(source, std::ios::binary);
  std::string begin(kMark.size(), '\0');
  return file.read(begin.data(), static_cast<std::streamsize>(begin.size())) && begin == kMark;
}

std::vector<Point> best_of_study(const std::string& file) {
  const auto study = view_study(file);
  const std::vector<Trial> trials = study->trials();
  std::vector<Point> points;
  for (const Trial* trial : best_first(trials, study->definition().objective)) {
    if (trial->number > 0 && points.size() < kBestOfAStudy) points.push_back(trial->point);
  }
  return points;
}

/// The use of the same stage that `searched` is the next one of, among those that run; nullptr for
/// none.
const StageUse* counterpart(const Pipeline& given, const Pipeline& searched, std::size_t index) {
  const std::vector<StageUse>& uses = searched.stages();
  auto earlier = std::count_if(uses.begin(), uses.begin() + static_cast<std::ptrdiff_t>(index),
                               [&](const StageUse& use) { return use.stage == uses[index].stage; });
  for (const StageUse& use : given.stages()) {
    if (use.stage == uses[index].stage && use.on && earlier-- == 0) return &use;
  }
  return nullptr;
}

/// The point of `searched` that does what `given` does, as far as it can.
Point point_like(const Pipeline& given, const Pipeline& searched) {
  Point point;
  for (const Slot& slot : searched.slots()) {
    const auto none = std::ranges::find(slot.choices, kNoStage);
    const std::size_t otherwise = none != slot.choices.end()
                                      ? static_cast<std::size_t>(none - slot.choices.begin())
                                      : slot.chosen;
    point.values.emplace_back(slot.name, otherwise);
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
  return point;
}

std::vector<Point> points_of(const std::string& source, const Pipeline& searched) {
  if (is_study(source)) return best_of_study(source);
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

std::vector<Point> each_stage_alone(const Pipeline& searched) {
  const Space space = searched.space();
  std::vector<Point> points;
  for (std::size_t only = 0; only < space.size(); ++only) {
    if (space.dimensions()[only].type != ParameterType::boolean) continue;
    std::vector<double> values = space.values_of({});
    for (std::size_t i = 0; i < space.size(); ++i) {
      if (space.dimensions()[i].type == ParameterType::boolean) values[i] = i == only ? 1 : 0;
    }
    points.push_back(space.nearest(values));
  }
  return points;
}

}  // namespace ocrtune::cli
