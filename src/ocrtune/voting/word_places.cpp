#include "ocrtune/voting/word_places.h"

#include <algorithm>
#include <set>

#include "ocrtune/voting/groups.h"

namespace ocrtune {
namespace {

using Link = std::pair<std::size_t, std::size_t>;

/// Intersection over union of two overlapping boxes.
double overlap(const Box& a, const Box& b) {
  const auto area = [](const Box& box) {
    return static_cast<double>(box.width()) * static_cast<double>(box.height());
  };
  const double both =
      static_cast<double>(common_width(a, b)) * static_cast<double>(common_height(a, b));
  return both / (area(a) + area(b) - both);
}

/// Words ordered by their tops, for searches by height.
class ByTop {
 public:
  explicit ByTop(const std::vector<Word>& words) {
    entries_.reserve(words.size());
    for (std::size_t i = 0; i < words.size(); ++i)
      entries_.push_back({.box = box_of(words[i]), .word = i});
    std::ranges::stable_sort(entries_, {}, [](const Entry& entry) { return entry.box.top; });
    std::int64_t lowest = INT64_MIN;
    for (Entry& entry : entries_) {
      lowest = std::max(lowest, entry.box.bottom);
      entry.lowest_so_far = lowest;
    }
  }

  /// The words in the place of `box`, up to kMaxInPlace + 1.
  [[nodiscard]] std::vector<std::size_t> in_place(const Box& box) const {
    std::vector<std::size_t> found;
    const auto end = std::ranges::lower_bound(entries_, box.bottom, {},
                                              [](const Entry& entry) { return entry.box.top; });
    for (auto entry = end; entry != entries_.begin() && found.size() <= kMaxInPlace;) {
      --entry;
      if (entry->lowest_so_far <= box.top) break;
      if (same_place(entry->box, box)) found.push_back(entry->word);
    }
    std::ranges::sort(found);
    return found;
  }

 private:
  struct Entry {
    Box box;
    std::size_t word = 0;
    std::int64_t lowest_so_far = 0;
  };
  std::vector<Entry> entries_;
};

/// A connected group of links.
struct Component {
  std::vector<Link> links;
  std::set<std::size_t> words;
  std::set<std::size_t> others;
};

std::vector<Component> components(const std::vector<Link>& links, std::size_t words,
                                  std::size_t others) {
  Groups groups(words + others);
  for (const auto& [word, other] : links) groups.join(word, words + other);
  std::map<std::size_t, Component> found;
  for (const Link& link : links) {
    Component& component = found[groups.of(link.first)];
    component.links.push_back(link);
    component.words.insert(link.first);
    component.others.insert(link.second);
  }
  std::vector<Component> list;
  list.reserve(found.size());
  for (auto& [name, component] : found) list.push_back(std::move(component));
  return list;
}

bool in_one_line(const std::vector<Word>& words, const std::set<std::size_t>& which) {
  const Word& first = words[*which.begin()];
  return std::ranges::all_of(which, [&](std::size_t i) { return same_line(first, words[i]); });
}

bool is_clear(const Component& component, const std::vector<Word>& ocr_result,
              const std::vector<Word>& other) {
  const std::size_t span = *component.words.rbegin() - *component.words.begin() + 1;
  return component.words.size() == span && span <= kMaxInPlace &&
         component.others.size() <= kMaxInPlace && in_one_line(ocr_result, component.words) &&
         in_one_line(other, component.others);
}

/// Pairs of words that overlap each other more than any other word.
std::vector<Link> best_pairs(const Component& component, const std::vector<Word>& ocr_result,
                             const std::vector<Word>& other) {
  struct Best {
    double overlap = -1;
    std::size_t with = 0;
    void see(double value, std::size_t candidate) {
      if (value > overlap) *this = {value, candidate};
    }
  };
  std::map<std::size_t, Best> of_word;
  std::map<std::size_t, Best> of_other;
  for (const auto& [a, b] : component.links) {
    const double value = overlap(box_of(ocr_result[a]), box_of(other[b]));
    of_word[a].see(value, b);
    of_other[b].see(value, a);
  }
  std::vector<Link> pairs;
  for (const auto& [word, best] : of_word) {
    if (of_other.at(best.with).with == word) pairs.emplace_back(word, best.with);
  }
  return pairs;
}

}  // namespace

std::int64_t common_height(const Box& a, const Box& b) {
  return std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
}

std::int64_t common_width(const Box& a, const Box& b) {
  return std::min(a.right, b.right) - std::max(a.left, b.left);
}

bool same_height(const Box& a, const Box& b) {
  const std::int64_t common = common_height(a, b);
  return common > 0 && 2 * common >= std::min(a.height(), b.height());
}

bool same_place(const Box& a, const Box& b) {
  const std::int64_t common = common_width(a, b);
  return common > 0 && 2 * common >= std::min(a.width(), b.width()) && same_height(a, b);
}

bool same_line(const Word& a, const Word& b) {
  return a.block == b.block && a.paragraph == b.paragraph && a.line == b.line;
}

std::vector<Link> words_in_place(const std::vector<Word>& a, const std::vector<Word>& b) {
  const ByTop words(b);
  std::vector<Link> links;
  links.reserve(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (const std::size_t j : words.in_place(box_of(a[i]))) links.emplace_back(i, j);
  }
  return links;
}

Alignment aligned(const std::vector<Word>& ocr_result, const std::vector<Word>& other) {
  const std::vector<Link> links = words_in_place(ocr_result, other);
  Alignment result;
  result.unclear.assign(ocr_result.size(), 0);
  std::vector<char> is_apart(other.size(), 1);
  // Checked from the other side too: if many words overlap, not all of them are linked.
  for (const auto& [word, place] : words_in_place(other, ocr_result)) is_apart[word] = 0;
  for (const Component& component : components(links, ocr_result.size(), other.size())) {
    if (is_clear(component, ocr_result, other)) {
      result.cells.push_back({.first = *component.words.begin(),
                              .end = *component.words.rbegin() + 1,
                              .words = {component.others.begin(), component.others.end()}});
      continue;
    }
    for (const std::size_t i : component.words) result.unclear[i] = 1;
    for (const auto& [word, match] : best_pairs(component, ocr_result, other)) {
      result.unclear[word] = 0;
      result.cells.push_back({.first = word, .end = word + 1, .words = {match}});
    }
  }
  std::ranges::sort(result.cells, {}, &Cell::first);
  for (std::size_t i = 0; i < other.size(); ++i) {
    if (is_apart[i] != 0) result.apart.push_back(i);
  }
  return result;
}

}  // namespace ocrtune
