#include "ocrtune/training/training_set.h"

#include <utility>

#include "ocrtune/base/random.h"

namespace ocrtune::training {

std::vector<std::size_t> epoch_pictures(const TrainingSet& set,
                                        const std::vector<std::size_t>& lines, std::size_t epoch,
                                        std::uint64_t seed) {
  std::vector<std::size_t> pictures;
  if (lines.empty()) return pictures;
  const std::size_t passes = (kLeastPictures + lines.size() - 1) / lines.size();
  Random random(mix64(seed) + epoch);
  for (std::size_t pass = 0; pass < passes; ++pass) {
    std::vector<std::size_t> order = lines;
    for (std::size_t i = order.size(); i > 1; --i) {
      const auto other = static_cast<std::size_t>(random.integer(0, static_cast<int>(i) - 1));
      std::swap(order[i - 1], order[other]);
    }
    for (const std::size_t line : order)
      pictures.push_back(set.picture(line, (line + epoch * passes + pass) % set.variants));
  }
  return pictures;
}

}  // namespace ocrtune::training
