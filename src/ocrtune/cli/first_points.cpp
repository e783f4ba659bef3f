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

/// The values a pipeline has where nothing is searched.
Point own_values(const Pipeline& pipeline) {
  Point point;
  for (const StageUse& use : pipeline.stages()) {
    point.values.emplace_back(use.switch_name, use.on ? 1 : 0);
    for (const Setting& setting : use.settings)
      point.values.emplace_back(setting.name, setting.value);
  }
  return point;
}

std::vector<Point> points_of(const std::string& source, const Pipeline& searched) {
  if (is_study(source)) return best_of_study(source);
  if (source.ends_with(".json")) {
    std::vector<std::string> notes;
    return read_points(source, searched, notes);
  }
  return {own_values(load_pipeline(source))};
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
