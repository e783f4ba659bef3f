#include "samplers/recorded.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/storage/storage.h"
#include "samplers/neighbours.h"

namespace ocrtune::bench {
namespace {

struct Recorded {
  Space space;
  std::vector<double> coordinates;  // row by row
  std::vector<double> losses;       // against the best trial
};

Recorded read(const std::filesystem::path& study) {
  const auto storage = view_study(study);
  const StudyDefinition& definition = storage->definition();
  Recorded recorded{.space = space_of(definition), .coordinates = {}, .losses = {}};
  const double sign = is_minimized(definition.objective) ? 1 : -1;
  for (const Trial& trial : storage->trials()) {
    if (trial.number == 0) continue;
    const std::vector<double> units = recorded.space.units_of(trial.point);
    recorded.coordinates.insert(recorded.coordinates.end(), units.begin(), units.end());
    recorded.losses.push_back(sign * trial.means().value(definition.objective));
  }
  constexpr std::size_t kFewest = 50;
  if (recorded.losses.size() < kFewest) {
    throw Error(Errc::study_error,
                fmt::format("{}: has fewer than {} trials to guess from", study.string(), kFewest));
  }
  const double best = std::ranges::min(recorded.losses);
  for (double& loss : recorded.losses) loss -= best;
  return recorded;
}

}  // namespace

Function recorded_function(const std::filesystem::path& study) {
  Recorded recorded = read(study);
  const auto neighbours =
      std::make_shared<Neighbours>(std::move(recorded.coordinates), std::move(recorded.losses));
  return {.name = study.stem().string(),
          .space = recorded.space,
          .values = [neighbours, space = recorded.space](const Point& point) {
            return std::vector{neighbours->at(space.units_of(point))};
          }};
}

double recorded_explained(const std::filesystem::path& study) {
  const Recorded recorded = read(study);
  return explained(recorded.coordinates, recorded.losses);
}

}  // namespace ocrtune::bench
