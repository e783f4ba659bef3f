#include "ocrtune/voting/vote.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/text.h"
#include "ocrtune/voting/alternatives.h"
#include "ocrtune/voting/groups.h"
#include "ocrtune/voting/line_order.h"
#include "ocrtune/voting/word_places.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMaxWords = 20'000;
/// Longer texts are only compared for equality.
constexpr std::size_t kLongestCompared = 1000;
constexpr double kFullLength = 4;

/// The text of one voice at a place.
struct Hypothesis {
  std::size_t voice = 0;
  std::vector<const Word*> words;
  std::u32string text;    ///< empty if it has no text
  double confidence = 0;  ///< of its characters, 0 to 1
};

Hypothesis hypothesis_of(std::size_t voice, std::vector<const Word*> words) {
  Hypothesis hypothesis{.voice = voice, .words = std::move(words), .text = {}};
  double characters = 0;
  for (const Word* word : hypothesis.words) {
    const std::u32string text = code_points(word->text);
    if (!hypothesis.text.empty() && word->space_before) hypothesis.text += U' ';
    hypothesis.text += text;
    characters += static_cast<double>(text.size());
    hypothesis.confidence += static_cast<double>(text.size()) * word->confidence / 100;
  }
  if (characters > 0) hypothesis.confidence /= characters;
  return hypothesis;
}

/// similarity(); of texts that are too long to compare, 1 for the same and 0 for others.
double bounded_similarity(const std::u32string& a, const std::u32string& b) {
  if (std::max(a.size(), b.size()) > kLongestCompared) return a == b ? 1 : 0;
  return similarity(a, b);
}

/// 1 from four letters and digits on; marks of other scripts count as letters.
double alphanumeric_length(const std::u32string& text) {
  const auto solid = std::ranges::count_if(
      text, [](char32_t c) { return is_letter(c) || u_isdigit(static_cast<UChar32>(c)) != 0; });
  return std::min(1.0, static_cast<double>(solid) / kFullLength);
}

/// A text that was recognized at a place.
struct Spelling {
  std::vector<const Hypothesis*> by;  ///< the voice with the greatest weight first
  double support = 0;
  double confidence = 0;
};

/// The OCR results, aligned with the first.
class Vote {
 public:
  Vote(const std::vector<Voice>& voices, const VoteWeights& weights)
      : voices_(voices), weights_(weights), order_(backbone()) {
    for (std::size_t i = 1; i < voices.size(); ++i) {
      alignments_.push_back(aligned(backbone(), voices[i].ocr_result.words));
      cell_of_.emplace_back(backbone().size(), nullptr);
      for (const Cell& cell : alignments_.back().cells) {
        for (std::size_t at = cell.first; at < cell.end; ++at) cell_of_.back()[at] = &cell;
      }
    }
  }

  VotedResult result() {
    for (const auto& [first, end] : ranges()) vote_on(first, end);
    changed_ += order_.add(added());
    return {.ocr_result = {.words = order_.words(),
                           .width = voices_[0].ocr_result.width,
                           .height = voices_[0].ocr_result.height},
            .changed = changed_};
  }

 private:
  using Range = std::pair<std::size_t, std::size_t>;

  [[nodiscard]] const std::vector<Word>& backbone() const { return voices_[0].ocr_result.words; }

  [[nodiscard]] double weight_of(std::size_t voice) const {
    return voices_[voice].net_legible / voices_[0].net_legible;
  }

  [[nodiscard]] const Cell* cell(std::size_t voice, std::size_t word) const {
    return voice == 0 ? nullptr : cell_of_[voice - 1][word];
  }

  /// The smallest parts of the backbone that no cell extends beyond.
  [[nodiscard]] std::vector<Range> ranges() const {
    std::vector<char> inside(backbone().size() + 1, 0);
    for (const Alignment& alignment : alignments_) {
      for (const Cell& cell : alignment.cells)
        std::fill(inside.begin() + static_cast<std::ptrdiff_t>(cell.first) + 1,
                  inside.begin() + static_cast<std::ptrdiff_t>(cell.end), 1);
    }
    std::vector<Range> parts;
    std::size_t first = 0;
    for (std::size_t at = 1; at <= backbone().size(); ++at) {
      if (inside[at] != 0) continue;
      parts.emplace_back(first, at);
      first = at;
    }
    return parts;
  }

  /// The text of a voice at the place of backbone words; nothing if it cannot be assigned.
  [[nodiscard]] std::optional<Hypothesis> hypothesis_in(std::size_t voice, std::size_t first,
                                                        std::size_t end) const {
    std::vector<const Word*> words;
    if (voice == 0) {
      for (std::size_t at = first; at < end; ++at) words.push_back(&backbone()[at]);
      return hypothesis_of(voice, std::move(words));
    }
    for (std::size_t at = first; at < end; ++at) {
      if (alignments_[voice - 1].unclear[at] != 0) return std::nullopt;
      const Cell* here = cell(voice, at);
      if (here == nullptr) continue;
      if (here->first < first || here->end > end) return std::nullopt;
      if (here->first != at) continue;
      for (const std::size_t i : here->words) words.push_back(&voices_[voice].ocr_result.words[i]);
    }
    return hypothesis_of(voice, std::move(words));
  }

  /// The text to keep at a place; nothing if none is good enough.
  [[nodiscard]] std::optional<Spelling> chosen(const std::vector<Hypothesis>& all) const {
    double total = 0;
    bool some_have_nothing = false;
    std::map<std::u32string, Spelling> spellings;
    for (const Hypothesis& hypothesis : all) {
      total += weight_of(hypothesis.voice);
      if (hypothesis.text.empty()) {
        some_have_nothing = true;
        continue;
      }
      Spelling& spelling = spellings[hypothesis.text];
      spelling.by.push_back(&hypothesis);
      spelling.confidence = std::max(spelling.confidence, hypothesis.confidence);
    }
    const Spelling* best = nullptr;
    double most = 0;
    for (auto& [text, spelling] : spellings) {
      for (const Hypothesis& hypothesis : all) {
        if (!hypothesis.text.empty())
          spelling.support +=
              weight_of(hypothesis.voice) * bounded_similarity(text, hypothesis.text);
      }
      spelling.support /= total;
      const double worth = spelling.confidence + weights_.support * spelling.support +
                           (spelling.by.front()->voice == 0 ? weights_.backbone : 0);
      if (best != nullptr && worth <= most) continue;
      best = &spelling;
      most = worth;
    }
    if (best == nullptr || (some_have_nothing && !is_text(*best))) return std::nullopt;
    return *best;
  }

  [[nodiscard]] bool is_text(const Spelling& spelling) const {
    return weights_.text_confidence * spelling.confidence +
               weights_.text_length * alphanumeric_length(spelling.by.front()->text) +
               weights_.text_support * spelling.support >
           1;
  }

  /// The words of the voice with the greatest weight, with the mean confidences of all.
  [[nodiscard]] std::vector<Word> words_of(const Spelling& spelling) const {
    const std::vector<const Word*>& lead = spelling.by.front()->words;
    std::vector<Word> words;
    words.reserve(lead.size());
    for (std::size_t i = 0; i < lead.size(); ++i) {
      double confidence = 0;
      double total = 0;
      for (const Hypothesis* hypothesis : spelling.by) {
        if (hypothesis->words.size() != lead.size()) continue;
        confidence += weight_of(hypothesis->voice) * hypothesis->words[i]->confidence;
        total += weight_of(hypothesis->voice);
      }
      words.push_back(*lead[i]);
      words.back().confidence = static_cast<int>(std::lround(confidence / total));
    }
    return words;
  }

  /// The words of a spelling, with what the others have in the place of each.
  [[nodiscard]] std::vector<Word> words_among(const Spelling& spelling,
                                              const std::vector<Hypothesis>& all) const {
    std::vector<Word> words = words_of(spelling);
    for (const Hypothesis& hypothesis : all) {
      const bool by_word = hypothesis.words.size() == words.size();
      if (hypothesis.text.empty() || (!by_word && words.size() > 1)) continue;
      for (std::size_t i = 0; i < words.size(); ++i)
        add_alternative(words[i], by_word ? hypothesis.words[i]->text : utf8(hypothesis.text));
    }
    return words;
  }

  /// Puts the text to keep at the place of backbone words into their line. If the winning voice has
  /// cells for parts of the place, each part is decided on its own, by the voices that have them
  /// too.
  void vote_on(std::size_t first, std::size_t end) {
    std::vector<Hypothesis> all;
    for (std::size_t voice = 0; voice < voices_.size(); ++voice) {
      if (auto hypothesis = hypothesis_in(voice, first, end)) all.push_back(std::move(*hypothesis));
    }
    const std::optional<Spelling> best = chosen(all);
    if (!best) {
      ++changed_;
      return;
    }
    const Hypothesis& lead = *best->by.front();
    const std::vector<Range> parts = parts_of(lead.voice, first, end);
    if (parts.size() > 1) {
      for (const auto& [part_first, part_end] : parts) vote_on(part_first, part_end);
      return;
    }
    if (lead.text != all.front().text) ++changed_;
    order_.append(first, words_among(*best, all));
  }

  [[nodiscard]] std::vector<Range> parts_of(std::size_t voice, std::size_t first,
                                            std::size_t end) const {
    std::vector<Range> parts;
    for (std::size_t at = first; at < end;) {
      const Cell* here = cell(voice, at);
      const std::size_t next = here == nullptr ? at + 1 : here->end;
      parts.emplace_back(at, next);
      at = next;
    }
    return parts;
  }

  struct Apart {
    std::size_t voice = 0;
    const Word* word = nullptr;
  };

  /// The words at places where the backbone has none, grouped by place.
  [[nodiscard]] std::vector<std::vector<Apart>> places_apart() const {
    std::vector<Apart> apart;
    std::vector<Word> words;
    for (std::size_t voice = 1; voice < voices_.size(); ++voice) {
      for (const std::size_t i : alignments_[voice - 1].apart) {
        apart.push_back({.voice = voice, .word = &voices_[voice].ocr_result.words[i]});
        words.push_back(*apart.back().word);
      }
    }
    Groups groups(apart.size());
    for (const auto& [a, b] : words_in_place(words, words)) {
      if (apart[a].voice != apart[b].voice) groups.join(a, b);
    }
    std::vector<std::vector<Apart>> places;
    for (const auto& [name, members] : groups.all()) {
      std::vector<Apart>& place = places.emplace_back();
      for (const std::size_t i : members) place.push_back(apart[i]);
    }
    return places;
  }

  /// By voice the text at such a place; nothing if it is not a place for words in a line.
  [[nodiscard]] std::optional<std::vector<Hypothesis>> hypotheses_apart(
      const std::vector<Apart>& place) const {
    std::vector<std::vector<const Word*>> words(voices_.size());
    for (const Apart& apart : place) {
      std::vector<const Word*>& own = words[apart.voice];
      own.push_back(apart.word);
      if (own.size() > kMaxInPlace || !same_line(*own.front(), *apart.word)) return std::nullopt;
    }
    std::vector<Hypothesis> all;
    for (std::size_t voice = 0; voice < voices_.size(); ++voice)
      all.push_back(hypothesis_of(voice, std::move(words[voice])));
    return all;
  }

  [[nodiscard]] std::vector<AddedWords> added() const {
    std::map<std::tuple<std::size_t, int, int, int>, std::size_t> names;
    std::vector<AddedWords> list;
    for (const std::vector<Apart>& place : places_apart()) {
      const auto all = hypotheses_apart(place);
      if (!all) continue;
      const std::optional<Spelling> best = chosen(*all);
      if (!best) continue;
      AddedWords& words =
          list.emplace_back(AddedWords{.words = words_among(*best, *all), .line_names = {}});
      for (const Apart& apart : place) {
        const Word& word = *apart.word;
        words.line_names.push_back(
            names.try_emplace({apart.voice, word.block, word.paragraph, word.line}, names.size())
                .first->second);
      }
    }
    return list;
  }

  const std::vector<Voice>& voices_;
  const VoteWeights& weights_;
  LineOrder order_;
  std::vector<Alignment> alignments_;              // of the others
  std::vector<std::vector<const Cell*>> cell_of_;  // of the others, by word of the backbone
  std::size_t changed_ = 0;
};

auto key(const Word& word) {
  return std::tie(word.text, word.confidence, word.left, word.top, word.right, word.bottom,
                  word.block, word.paragraph, word.line);
}

/// Greatest weight first; of equals in an order that does not depend on their order in the input.
bool comes_before(const Voice& a, const Voice& b) {
  if (a.net_legible != b.net_legible) return a.net_legible > b.net_legible;
  return std::ranges::lexicographical_compare(
      a.ocr_result.words, b.ocr_result.words,
      [](const Word& left, const Word& right) { return key(left) < key(right); });
}

}  // namespace

VotedResult vote(std::vector<Voice> voices, std::size_t backbone, const VoteWeights& weights) {
  std::swap(voices[0], voices[backbone]);
  const auto is_left_out = [](const Voice& voice) {
    const std::size_t words = voice.ocr_result.words.size();
    return voice.net_legible <= 0 || words == 0 || words > kMaxWords;
  };
  if (is_left_out(voices[0])) return {.ocr_result = std::move(voices[0].ocr_result)};
  std::erase_if(voices, is_left_out);
  std::sort(voices.begin() + 1, voices.end(), comes_before);
  if (voices.size() == 1) return {.ocr_result = std::move(voices[0].ocr_result)};
  return Vote(voices, weights).result();
}

}  // namespace ocrtune
