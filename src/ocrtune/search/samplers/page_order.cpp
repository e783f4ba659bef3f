#include "ocrtune/search/samplers/page_order.h"

#include <algorithm>
#include <utility>

#include "ocrtune/search/samplers/history.h"

namespace ocrtune {
namespace {

/// With fewer trials, chance and differences between pages are hard to distinguish.
constexpr std::size_t kTrialsBegun = 6;

std::vector<std::size_t> shuffled(std::vector<std::size_t> pages, std::uint64_t seed) {
  std::ranges::sort(pages);
  Random random = random_for(seed, 0);
  for (std::size_t i = pages.size(); i > 1; --i) {
    const int other = random.integer(0, static_cast<int>(i) - 1);
    std::swap(pages[i - 1], pages[static_cast<std::size_t>(other)]);
  }
  return pages;
}

}  // namespace

PageOrder::PageOrder(std::vector<std::size_t> pages, std::uint64_t seed)
    : order_(shuffled(std::move(pages), seed)), model_(order_, seed), next_(kTrialsBegun) {}

void PageOrder::tell(std::span<const PageValue> values) {
  model_.tell(values);
  if (model_.trials() < next_) return;
  order_ = model_.informative_order();
  // Trials in the same order are easier to compare, so the order changes less and less often.
  next_ += std::max<std::size_t>(1, next_ / 4);
}

}  // namespace ocrtune
