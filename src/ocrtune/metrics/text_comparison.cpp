#include "ocrtune/metrics/text_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "ocrtune/base/edit_alignment.h"
#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/grapheme_clusters.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/error_rate.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMaxCharacters = 100'000;
/// Longer runs of errors are lost or invented lines rather than confused characters.
constexpr std::size_t kLongestConfusion = 3;

std::u32string_view stripped(std::u32string_view word) {
  while (!word.empty() && is_punctuation(word.front())) word.remove_prefix(1);
  while (!word.empty() && is_punctuation(word.back())) word.remove_suffix(1);
  return word;
}

EditCounts counted_edits(const std::vector<Edit>& edits) {
  EditCounts counts;
  for (const Edit edit : edits) {
    switch (edit) {
      case Edit::equal:
        ++counts.equal;
        break;
      case Edit::substituted:
        ++counts.substituted;
        break;
      case Edit::missing:
        ++counts.missing;
        break;
      case Edit::added:
        ++counts.added;
    }
  }
  return counts;
}

using Parts = std::vector<std::u32string_view>;

/// Extracts the runs of errors of an alignment from both texts.
class ConfusionCounter {
 public:
  ConfusionCounter(const Parts& read, const Parts& truth) : read_(read), truth_(truth) {}

  Confusions count(const std::vector<Edit>& edits) {
    for (std::size_t at = 0; at < edits.size();) {
      if (edits[at] == Edit::equal) {
        read_ = read_.subspan(1);
        truth_ = truth_.subspan(1);
        ++at;
        continue;
      }
      const auto begin = edits.begin() + static_cast<std::ptrdiff_t>(at);
      const auto end = std::find(begin, edits.end(), Edit::equal);
      add_run({begin, end});
      at += static_cast<std::size_t>(end - begin);
    }
    return std::move(confusions_);
  }

 private:
  void add_run(const std::vector<Edit>& run) {
    const EditCounts counts = counted_edits(run);
    if (std::max(counts.read(), counts.truth()) <= kLongestConfusion)
      ++confusions_[{joined(truth_.first(counts.truth())), joined(read_.first(counts.read()))}];
    read_ = read_.subspan(counts.read());
    truth_ = truth_.subspan(counts.truth());
  }

  static std::u32string joined(std::span<const std::u32string_view> clusters) {
    std::u32string text;
    for (const std::u32string_view cluster : clusters) text += cluster;
    return text;
  }

  std::span<const std::u32string_view> read_;
  std::span<const std::u32string_view> truth_;
  Confusions confusions_;
};

/// Of characters or of words.
std::vector<Edit> alignment_of(const Parts& read, const Parts& truth) {
  SymbolNumbers<std::u32string_view> numbers(read.size() + truth.size() + 1);
  const auto numbered = [&](const Parts& parts) {
    std::vector<std::uint32_t> list;
    list.reserve(parts.size());
    for (const std::u32string_view part : parts) list.push_back(numbers.of(part));
    return list;
  };
  const std::vector<std::uint32_t> read_numbers = numbered(read);
  return edit_alignment(read_numbers, numbered(truth));
}

}  // namespace

double EditCounts::rate() const { return rate_of(errors(), truth()); }

double EditCounts::bounded_rate() const { return rate_of(errors(), errors() + equal); }

EditCounts& EditCounts::operator+=(const EditCounts& other) {
  equal += other.equal;
  substituted += other.substituted;
  missing += other.missing;
  added += other.added;
  return *this;
}

PreparedText prepared_text(std::string_view text, const TextRules& rules) {
  std::u32string normalized = comparable_code_points(text, rules.form);
  if (rules.ignore_case) std::ranges::transform(normalized, normalized.begin(), case_folded);
  PreparedText prepared;
  prepared.characters.reserve(normalized.size());
  for (std::u32string_view word : words_of(normalized)) {
    if (rules.ignore_punctuation) word = stripped(word);
    if (word.empty()) continue;
    if (!prepared.words.empty() && !rules.ignore_space &&
        !join_without_space(prepared.words.back(), word))
      prepared.characters += U' ';
    prepared.characters += word;
    for (const std::u32string_view counted : counted_words(word))
      prepared.words.emplace_back(counted);
  }
  return prepared;
}

TextComparison compare_texts(const PreparedText& read, const PreparedText& truth) {
  const std::size_t longest = std::max(read.characters.size(), truth.characters.size());
  if (longest > kMaxCharacters) {
    throw Error(Errc::input_unreadable, tr("has {} characters; at most {} per page can be compared",
                                           longest, kMaxCharacters));
  }
  const Parts read_clusters = grapheme_clusters(read.characters);
  const Parts true_clusters = grapheme_clusters(truth.characters);
  const Parts read_words = views_of(read.words);
  const Parts true_words = views_of(truth.words);
  const std::vector<Edit> edits = alignment_of(read_clusters, true_clusters);
  return {.characters = counted_edits(edits),
          .words = counted_edits(alignment_of(read_words, true_words)),
          .bag = compare_bags(read_words, true_words),
          .confusions = ConfusionCounter(read_clusters, true_clusters).count(edits)};
}

}  // namespace ocrtune
