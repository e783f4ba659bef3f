#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/training/model_trainer.h"

namespace ocrtune::training {

/// Lines to train with, and their pictures.
struct TrainingSet {
  std::vector<std::size_t>
      page_of;               ///< of each line, the number of its page, from 0 on without gaps
  std::size_t pages = 0;     ///< number of pages
  std::size_t variants = 1;  ///< pictures of each line; the first is as on the page
  /// Those of the first line, then those of the next.
  std::shared_ptr<const std::vector<LinePicture>> pictures;

  [[nodiscard]] std::size_t lines() const { return page_of.size(); }
  /// The place of a picture.
  [[nodiscard]] std::size_t picture(std::size_t line, std::size_t variant) const {
    return line * variants + variant;
  }
  [[nodiscard]] const std::string& text(std::size_t line) const {
    return (*pictures)[picture(line, 0)].text;
  }
};

/// An epoch has at least so many pictures, so that few lines are trained with in several passes:
/// after fewer steps nothing is to be seen.
inline constexpr std::size_t kLeastPictures = 120;

/// The lines in the order in which an epoch trains with them, as pictures: shuffled, and each line
/// in another variant than in the pass before. The same arguments give the same. Pure.
std::vector<std::size_t> epoch_pictures(const TrainingSet& set,
                                        const std::vector<std::size_t>& lines, std::size_t epoch,
                                        std::uint64_t seed);

}  // namespace ocrtune::training
