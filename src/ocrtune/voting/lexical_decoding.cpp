#include "ocrtune/voting/lexical_decoding.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/voting/character_alignment.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMaxChanges = 3;
constexpr std::size_t kMaxCandidates = 8;
constexpr std::size_t kMaxParts = 3;
constexpr int kMinLength = 4;
constexpr int kMaxDigits = 1;
constexpr std::size_t kMaxLength = 40;

bool is_digit(char32_t character) { return u_isdigit(static_cast<UChar32>(character)) != 0; }
bool is_apostrophe(char32_t character) { return character == U'\'' || character == U'’'; }
bool ends_in_letter(const std::u32string& text) { return !text.empty() && is_letter(text.back()); }
bool begins_with_letter(const std::u32string& text) {
  return !text.empty() && is_letter(text.front());
}

/// Another candidate at a place.
struct Change {
  std::size_t place = 0;
  std::size_t candidate = 0;
  double loss = 0;
};

/// Changes that are made together.
struct Changes {
  std::vector<Change> all;
  double loss = 0;
};

/// Places [first, end) of a word.
struct Span {
  std::size_t first = 0;
  std::size_t end = 0;
};

class Decoding {
 public:
  Decoding(const ConfusionNetwork& network, const IsWord& is_word, const LexicalWeights& weights)
      : network_(network), is_word_(is_word), weights_(weights), chosen_(network.size(), 0) {}

  std::vector<std::size_t> result() {
    join_parts();
    for (const Span& span : words()) {
      if (!is_known(text_in(span))) change_characters(span);
    }
    return chosen_;
  }

 private:
  [[nodiscard]] char32_t character_at(std::size_t place) const {
    return network_[place][chosen_[place]].character;
  }

  [[nodiscard]] std::u32string text_in(const Span& span) const {
    std::u32string text;
    for (std::size_t place = span.first; place < span.end; ++place) {
      if (character_at(place) != kNoCharacter) text += character_at(place);
    }
    return text;
  }

  [[nodiscard]] std::vector<Span> words() const {
    std::vector<Span> words;
    std::size_t first = 0;
    for (std::size_t place = 0; place <= network_.size(); ++place) {
      if (place < network_.size() && character_at(place) != U' ') continue;
      if (place > first) words.push_back({.first = first, .end = place});
      first = place + 1;
    }
    return words;
  }

  /// Whether a text is a word, with an 's or without, or all its runs of letters are words or
  /// elided (l', d') before one; and has no digits.
  [[nodiscard]] bool is_known(const std::u32string& text) const {
    if (std::ranges::any_of(text, is_digit)) return false;
    std::u32string_view core = text;
    while (!core.empty() && !is_letter(core.front())) core.remove_prefix(1);
    while (!core.empty() && !is_letter(core.back())) core.remove_suffix(1);
    if (core.empty()) return false;
    if (is_word_(utf8(core))) return true;
    if (core.size() > 2 && core.back() == U's' && is_apostrophe(core[core.size() - 2])) {
      core.remove_suffix(2);
      if (is_word_(utf8(core))) return true;
    }
    return has_known_parts(core);
  }

  [[nodiscard]] bool has_known_parts(std::u32string_view text) const {
    bool any = false;
    for (std::size_t first = 0; first < text.size();) {
      std::size_t end = first;
      while (end < text.size() && is_letter(text[end])) ++end;
      if (end > first) {
        const bool elided = end == first + 1 && end < text.size() && is_apostrophe(text[end]);
        if (!elided && !is_word_(utf8(text.substr(first, end - first)))) return false;
        any = any || !elided;
      }
      first = std::max(end, first + 1);
    }
    return any;
  }

  [[nodiscard]] double loss(std::size_t place, std::size_t candidate) const {
    return network_[place].front().evidence - network_[place][candidate].evidence;
  }

  /// The candidate at a place that is this character; nothing if there is none.
  [[nodiscard]] std::optional<Change> change_to(std::size_t place, char32_t character) const {
    for (std::size_t i = 1; i < network_[place].size(); ++i) {
      if (network_[place][i].character == character)
        return Change{.place = place, .candidate = i, .loss = loss(place, i)};
    }
    return std::nullopt;
  }

  void make(const Changes& changes) {
    for (const Change& change : changes.all) chosen_[change.place] = change.candidate;
  }

  /// The text that changes would give.
  [[nodiscard]] std::u32string text_with(const Span& span, const Changes& changes) {
    const std::vector<std::size_t> before(chosen_.begin() + static_cast<std::ptrdiff_t>(span.first),
                                          chosen_.begin() + static_cast<std::ptrdiff_t>(span.end));
    make(changes);
    std::u32string text = text_in(span);
    std::ranges::copy(before, chosen_.begin() + static_cast<std::ptrdiff_t>(span.first));
    return text;
  }

  /// The cheapest changes of single characters in a word.
  [[nodiscard]] std::vector<Change> changes_in(const Span& span) const {
    std::vector<Change> changes;
    for (std::size_t place = span.first; place < span.end; ++place) {
      for (std::size_t i = 1; i < network_[place].size(); ++i) {
        if (network_[place][i].character != U' ' && loss(place, i) <= weights_.word)
          changes.push_back({.place = place, .candidate = i, .loss = loss(place, i)});
      }
    }
    std::ranges::stable_sort(changes, {}, &Change::loss);
    if (changes.size() > kMaxCandidates) changes.resize(kMaxCandidates);
    return changes;
  }

  /// All ways to make up to three changes at different places, the cheapest first.
  [[nodiscard]] std::vector<Changes> combinations(const std::vector<Change>& changes) const {
    std::vector<Changes> all{{}};
    for (const Change& change : changes) {
      for (std::size_t i = 0, end = all.size(); i < end; ++i) {
        if (all[i].all.size() == kMaxChanges || all[i].loss + change.loss > weights_.word) continue;
        if (std::ranges::any_of(all[i].all,
                                [&](const Change& other) { return other.place == change.place; }))
          continue;
        Changes more = all[i];
        more.all.push_back(change);
        more.loss += change.loss;
        all.push_back(std::move(more));
      }
    }
    all.erase(all.begin());
    std::ranges::stable_sort(all, {}, &Changes::loss);
    return all;
  }

  void change_characters(const Span& span) {
    const std::u32string text = text_in(span);
    const auto digits = std::ranges::count_if(text, is_digit);
    if (digits + std::ranges::count_if(text, is_letter) < kMinLength || digits > kMaxDigits ||
        text.size() > kMaxLength)
      return;
    for (const Changes& changes : combinations(changes_in(span))) {
      if (!is_known(text_with(span, changes))) continue;
      make(changes);
      return;
    }
  }

  /// Makes one word of two or three parts that are not all words themselves.
  void join_parts() {
    const std::vector<Span> parts = words();
    for (std::size_t first = 0; first + 1 < parts.size();) {
      std::size_t last = std::min(first + kMaxParts, parts.size()) - 1;
      while (last > first && !joined(parts, first, last)) --last;
      first = last + 1;
    }
  }

  bool joined(const std::vector<Span>& parts, std::size_t first, std::size_t last) {
    Changes changes;
    bool all_known = true;
    for (std::size_t i = first; i <= last; ++i) {
      all_known = all_known && is_known(text_in(parts[i]));
      if (i == last) break;
      if (parts[i + 1].first != parts[i].end + 1) return false;
      const auto nothing = change_to(parts[i].end, kNoCharacter);
      if (!nothing || !ends_in_letter(text_in(parts[i])) ||
          !begins_with_letter(text_in(parts[i + 1])))
        return false;
      changes.all.push_back(*nothing);
      changes.loss += nothing->loss;
    }
    const Span span{.first = parts[first].first, .end = parts[last].end};
    if (all_known || changes.loss > weights_.join || !is_known(text_with(span, changes)))
      return false;
    make(changes);
    return true;
  }

  const ConfusionNetwork& network_;
  const IsWord& is_word_;
  const LexicalWeights& weights_;
  std::vector<std::size_t> chosen_;
};

}  // namespace

std::vector<std::size_t> decode_with_lexicon(const ConfusionNetwork& network, const IsWord& is_word,
                                             const LexicalWeights& weights) {
  return Decoding(network, is_word, weights).result();
}

}  // namespace ocrtune
