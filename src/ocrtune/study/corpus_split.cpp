#include "ocrtune/study/corpus_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

#include "ocrtune/base/hash.h"

namespace ocrtune {

CorpusSplit split_at_random(const Corpus& pages, std::size_t held_out, std::size_t max_tuned,
                            std::uint64_t seed) {
  std::vector<std::string> keys;
  for (const Page& page : pages.pages())
    keys.push_back(content_hash(fmt::format("{} {}", seed, page.pixel_hash.text())).text());
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t page) { return keys[page]; });
  const auto first = order.begin() + static_cast<std::ptrdiff_t>(std::min(held_out, order.size()));
  const auto left = static_cast<std::size_t>(order.end() - first);
  CorpusSplit split;
  split.held_out.assign(order.begin(), first);
  split.tuned.assign(first, first + static_cast<std::ptrdiff_t>(std::min(max_tuned, left)));
  std::ranges::sort(split.held_out);
  std::ranges::sort(split.tuned);
  return split;
}

CorpusSplit split_as(const StudyDefinition& stored, const Corpus& pages) {
  std::map<std::string, int> held_out;
  std::map<std::string, int> tuned;
  for (const PageRecord& page : stored.held_out) ++held_out[page.pixels];
  for (const PageRecord& page : stored.pages) ++tuned[page.pixels];
  CorpusSplit split;
  for (std::size_t i = 0; i < pages.pages().size(); ++i) {
    const std::string pixels = pages.pages()[i].identity().text();
    if (tuned[pixels] > 0) {
      --tuned[pixels];
      split.tuned.push_back(i);
    } else if (held_out[pixels] > 0) {
      --held_out[pixels];
      split.held_out.push_back(i);
    } else if (!stored.search.sampled) {
      split.tuned.push_back(i);
    }
  }
  return split;
}

}  // namespace ocrtune
