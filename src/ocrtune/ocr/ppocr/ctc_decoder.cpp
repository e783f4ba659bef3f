#include "ocrtune/ocr/ppocr/ctc_decoder.h"

#include <algorithm>
#include <cstddef>

namespace ocrtune::ppocr {
namespace {

constexpr double kMinAlternative = 0.02;
constexpr std::size_t kMaxAlternatives = 3;

/// The best other texts of a row; never the space, which is part of no word.
std::vector<CharacterChoice> alternatives(std::span<const float> row, std::size_t best,
                                          const std::vector<std::string>& texts) {
  std::vector<CharacterChoice> others;
  for (std::size_t i = 1; i + 1 < row.size(); ++i) {
    if (i != best && row[i] > kMinAlternative)
      others.push_back({.text = texts[i], .probability = row[i]});
  }
  std::ranges::stable_sort(others, std::ranges::greater{}, &CharacterChoice::probability);
  if (others.size() > kMaxAlternatives) others.resize(kMaxAlternatives);
  return others;
}

/// Where a character is most likely, and its class.
struct Peak {
  std::size_t row = 0;
  std::size_t best = 0;
};

/// A space between two characters that the network finds less likely than nothing.
struct WeakSpace {
  double probability = 0;
  int row = 0;
};

}  // namespace

std::vector<LineCharacter> decode_ctc(const NetworkOutput& output, int rows,
                                      const std::vector<std::string>& texts, double space) {
  constexpr std::size_t kBlank = 0;
  const std::size_t space_class = texts.size() - 1;
  std::vector<LineCharacter> line;
  std::vector<Peak> peaks;
  std::size_t previous = kBlank;
  WeakSpace gap;
  const auto add = [&](std::size_t best, double probability, int row) {
    line.push_back(
        {.character = {.text = texts[best], .probability = probability, .alternatives = {}},
         .first = row,
         .last = row});
    peaks.push_back({.row = static_cast<std::size_t>(row), .best = best});
  };
  const auto columns = static_cast<std::size_t>(output.columns);
  for (int row = 0; row < std::min(rows, output.rows); ++row) {
    const std::span<const float> values =
        output.values.subspan(static_cast<std::size_t>(row) * columns, columns);
    const auto best = static_cast<std::size_t>(std::ranges::max_element(values) - values.begin());
    const double probability = values[best];
    if (best == kBlank) {
      if (values[space_class] > gap.probability)
        gap = {.probability = values[space_class], .row = row};
    } else if (best == previous) {
      LineCharacter& same = line.back();
      same.last = row;
      if (probability > same.character.probability) {
        same.character.probability = probability;
        peaks.back().row = static_cast<std::size_t>(row);
      }
    } else {
      if (gap.probability > space && !line.empty() && peaks.back().best != space_class &&
          best != space_class)
        add(space_class, gap.probability, gap.row);
      add(best, probability, row);
    }
    if (best != kBlank) gap = {};
    previous = best;
  }
  for (std::size_t i = 0; i < line.size(); ++i) {
    line[i].character.alternatives =
        alternatives(output.values.subspan(peaks[i].row * columns, columns), peaks[i].best, texts);
  }
  return line;
}

}  // namespace ocrtune::ppocr
