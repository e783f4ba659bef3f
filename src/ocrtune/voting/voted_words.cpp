#include "ocrtune/voting/voted_words.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/documents/box.h"
#include "ocrtune/voting/alternatives.h"
#include "ocrtune/voting/word_confidence.h"

namespace ocrtune {
namespace {

/// The columns of a word, those of which nothing was kept included.
struct WordSpan {
  std::size_t first = 0;
  std::size_t end = 0;
};

bool is_kept(const KeptCharacter& place) { return place.character != kNoCharacter; }

bool is_text(const KeptCharacter& place) { return is_kept(place) && place.character != U' '; }

/// Whether nothing was kept of a column, and none of the engines ends a word there.
bool is_left_out(const VotedLine& line, std::size_t at) {
  return !is_kept(line.places[at]) &&
         std::ranges::find(line.columns[at].glyphs, U' ', &Glyph::character) ==
             line.columns[at].glyphs.end();
}

/// From the first to the last character between two spaces, with what was left out beside them.
std::vector<WordSpan> spans_of(const VotedLine& line) {
  const std::vector<KeptCharacter>& places = line.places;
  std::vector<WordSpan> spans;
  for (std::size_t at = 0; at < places.size();) {
    if (!is_text(places[at])) {
      ++at;
      continue;
    }
    WordSpan span{.first = at, .end = at + 1};
    for (std::size_t i = at; i < places.size() && places[i].character != U' '; ++i) {
      if (is_text(places[i])) span.end = i + 1;
    }
    while (span.first > 0 && is_left_out(line, span.first - 1)) --span.first;
    while (span.end < places.size() && is_left_out(line, span.end)) ++span.end;
    spans.push_back(span);
    at = span.end;
  }
  return spans;
}

/// What a glyph says for the box of its engine in a word of `count` characters.
std::size_t weight_of_box(const Glyph& glyph, char32_t kept, std::size_t count) {
  if (glyph.character == kNoCharacter || glyph.character == U' ') return 0;
  return glyph.character == kept ? count + 1 : 1;
}

/// A word of a voted line.
class VotedWord {
 public:
  VotedWord(const VotedLine& line, const WordSpan& span) : line_(line), span_(span) {
    for (std::size_t i = span.first; i < span.end; ++i) {
      if (is_text(line.places[i])) text_ += line.places[i].character;
    }
  }

  [[nodiscard]] Word word(const IsWord& is_word) const {
    const Box box = box_of(engine_of_box());
    Word word{.text = utf8(text_),
              .confidence = word_confidence(text_, least_probability(), is_word),
              .left = static_cast<int>(box.left),
              .top = static_cast<int>(box.top),
              .right = static_cast<int>(box.right),
              .bottom = static_cast<int>(box.bottom)};
    add_alternatives(word);
    return word;
  }

 private:
  [[nodiscard]] std::size_t engines() const { return line_.columns[span_.first].glyphs.size(); }

  /// Of the characters; what was left out is not seen in the word.
  [[nodiscard]] double least_probability() const {
    double least = 1;
    for (std::size_t i = span_.first; i < span_.end; ++i) {
      if (is_text(line_.places[i])) least = std::min(least, line_.places[i].probability);
    }
    return least;
  }

  /// Of equals, and of characters that were only considered, the engine that has any there.
  [[nodiscard]] std::size_t engine_of_box() const {
    std::vector<std::size_t> has(engines(), 0);
    for (std::size_t i = span_.first; i < span_.end; ++i) {
      if (!is_text(line_.places[i])) continue;
      for (std::size_t engine = 0; engine < has.size(); ++engine)
        has[engine] +=
            weight_of_box(line_.columns[i].glyphs[engine], line_.places[i].character, text_.size());
    }
    return static_cast<std::size_t>(std::ranges::max_element(has) - has.begin());
  }

  [[nodiscard]] Box box_of(std::size_t engine) const {
    bool found = false;
    Box box;
    for (std::size_t i = span_.first; i < span_.end; ++i) {
      const Glyph& glyph = line_.columns[i].glyphs[engine];
      if (!is_text(line_.places[i]) || glyph.character == kNoCharacter || glyph.character == U' ')
        continue;
      box = found ? around(box, glyph.box) : glyph.box;
      found = true;
    }
    return box;
  }

  /// The text of an engine in the word's place, which may have spaces.
  [[nodiscard]] std::u32string text_of(std::size_t engine) const {
    std::u32string text;
    for (std::size_t i = span_.first; i < span_.end; ++i) {
      const char32_t character = line_.columns[i].glyphs[engine].character;
      const bool is_second_space = character == U' ' && (text.empty() || text.back() == U' ');
      if (character != kNoCharacter && !is_second_space) text += character;
    }
    if (!text.empty() && text.back() == U' ') text.pop_back();
    return text;
  }

  [[nodiscard]] bool has_word(std::size_t engine) const {
    for (std::size_t i = span_.first; i < span_.end; ++i) {
      if (line_.columns[i].glyphs[engine].character != line_.places[i].character) return false;
    }
    return true;
  }

  /// The texts of the engines, those that most of them have first.
  void add_alternatives(Word& word) const {
    std::map<std::u32string, std::size_t> having;
    for (std::size_t engine = 0; engine < engines(); ++engine) {
      if (!has_word(engine)) ++having[text_of(engine)];
    }
    using TextAndNumber = std::pair<std::u32string, std::size_t>;
    std::vector<TextAndNumber> by_number(having.begin(), having.end());
    std::ranges::stable_sort(by_number, std::ranges::greater{}, &TextAndNumber::second);
    for (const auto& [text, number] : by_number) add_alternative(word, utf8(text));
  }

  const VotedLine& line_;
  WordSpan span_;
  std::u32string text_;
};

}  // namespace

std::vector<Word> words_of(const VotedLine& line, const IsWord& is_word) {
  std::vector<Word> words;
  for (const WordSpan& span : spans_of(line)) words.push_back(VotedWord(line, span).word(is_word));
  return words;
}

}  // namespace ocrtune
