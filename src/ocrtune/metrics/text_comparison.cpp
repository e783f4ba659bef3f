#include "ocrtune/metrics/text_comparison.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/edit_alignment.h"
#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/error.h"
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

/// Extracts the runs of errors of an alignment from both texts.
class ConfusionCounter {
 public:
  ConfusionCounter(const PreparedText& read, const PreparedText& truth)
      : read_(read.characters), truth_(truth.characters) {}

  Confusions count(const std::vector<Edit>& edits) {
    for (std::size_t at = 0; at < edits.size();) {
      if (edits[at] == Edit::equal) {
        read_.remove_prefix(1);
        truth_.remove_prefix(1);
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
    const std::u32string_view read = read_.substr(0, counts.read());
    const std::u32string_view truth = truth_.substr(0, counts.truth());
    if (std::max(read.size(), truth.size()) <= kLongestConfusion)
      ++confusions_[{std::u32string(truth), std::u32string(read)}];
    read_.remove_prefix(read.size());
    truth_.remove_prefix(truth.size());
  }

  std::u32string_view read_;
  std::u32string_view truth_;
  Confusions confusions_;
};

std::vector<std::uint32_t> numbers_of(std::u32string_view text) {
  return {text.begin(), text.end()};
}

EditCounts compare_words(const PreparedText& read, const PreparedText& truth) {
  SymbolNumbers<std::u32string> numbers(read.words.size() + truth.words.size() + 1);
  const auto numbered = [&](const std::vector<std::u32string>& words) {
    std::vector<std::uint32_t> list;
    list.reserve(words.size());
    for (const std::u32string& word : words) list.push_back(numbers.of(word));
    return list;
  };
  const std::vector<std::uint32_t> read_numbers = numbered(read.words);
  return counted_edits(edit_alignment(read_numbers, numbered(truth.words)));
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
  const std::vector<Edit> edits =
      edit_alignment(numbers_of(read.characters), numbers_of(truth.characters));
  return {.characters = counted_edits(edits),
          .words = compare_words(read, truth),
          .bag = compare_bags(views_of(read.words), views_of(truth.words)),
          .confusions = ConfusionCounter(read, truth).count(edits)};
}

}  // namespace ocrtune
