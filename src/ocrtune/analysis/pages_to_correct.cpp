#include "ocrtune/analysis/pages_to_correct.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/parallel.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/study/informative_units.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMaxDoubtful = 60;
constexpr std::size_t kMaxOthers = 60;

/// The pages that are looked at: those with the most expected errors, and others at equal
/// distances.
std::vector<RecognizedPage> looked_at(std::span<const RecognizedPage> pages) {
  std::vector<RecognizedPage> sorted(pages.begin(), pages.end());
  std::ranges::stable_sort(sorted, std::greater{}, &RecognizedPage::expected_cer);
  if (sorted.size() <= kMaxDoubtful + kMaxOthers) return sorted;
  std::vector<RecognizedPage> chosen(sorted.begin(), sorted.begin() + kMaxDoubtful);
  const std::size_t rest = sorted.size() - kMaxDoubtful;
  for (std::size_t i = 0; i < kMaxOthers; ++i)
    chosen.push_back(sorted[kMaxDoubtful + i * rest / kMaxOthers]);
  return chosen;
}

}  // namespace

std::vector<std::size_t> pages_to_correct(const Corpus& corpus,
                                          std::span<const RecognizedPage> pages, std::size_t wanted,
                                          PageFeatureCache& cache, int workers,
                                          const std::atomic<bool>& stop) {
  const std::vector<RecognizedPage> candidates = looked_at(pages);
  std::vector<std::optional<DoubtfulUnit>> found(candidates.size());
  parallel_for(workers, candidates.size(), [&](std::size_t i) {
    if (stop) throw Error(Errc::interrupted, tr("the program ends"));
    const auto& [page, expected_cer] = candidates[i];
    try {
      found[i] = {.features = cache.features(corpus, page),
                  .doubt = expected_cer,
                  .known = corpus.pages()[page].truth.has_value()};
    } catch (const Error& error) {
      if (error.code() != Errc::input_unreadable) throw;
    }
  });
  std::vector<DoubtfulUnit> units;
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i]) continue;
    units.push_back(*std::move(found[i]));
    numbers.push_back(candidates[i].page);
  }
  std::vector<std::size_t> chosen = informative_units(units, wanted);
  for (std::size_t& unit : chosen) unit = numbers[unit];
  return chosen;
}

}  // namespace ocrtune
