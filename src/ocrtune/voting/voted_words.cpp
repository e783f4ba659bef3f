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

/// The columns between two spaces, those of which nothing was kept included.
struct Span {
  std::size_t first = 0;
  std::size_t end = 0;
};

bool is_kept(const KeptCharacter& place) { return place.character != kNoCharacter; }

bool is_text(const KeptCharacter& place) { return is_kept(place) && place.character != U' '; }

/// The parts of a line between its spaces that have a character.
std::vector<Span> spans_of(const std::vector<KeptCharacter>& places) {
  std::vector<Span> spans;
  for (std::size_t first = 0; first < places.size();) {
    std::size_t end = first;
    bool has_text = false;
    for (; end < places.size() && places[end].character != U' '; ++end)
      has_text = has_text || is_kept(places[end]);
    if (has_text) spans.push_back({.first = first, .end = end});
    first = end + 1;
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
  VotedWord(const VotedLine& line, const Span& span) : line_(line), span_(span) {
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

  /// The texts of the engines, those that most of them have first.
  void add_alternatives(Word& word) const {
    std::map<std::u32string, std::size_t> having;
    for (std::size_t engine = 0; engine < engines(); ++engine) ++having[text_of(engine)];
    std::vector<std::pair<std::size_t, std::u32string>> by_number;
    for (const auto& [text, number] : having) by_number.emplace_back(number, text);
    std::ranges::stable_sort(by_number, std::ranges::greater{},
                             &std::pair<std::size_t, std::u32string>::first);
    for (const auto& [number, text] : by_number) add_alternative(word, utf8(text));
  }

  const VotedLine& line_;
  Span span_;
  std::u32string text_;
};

}  // namespace

std::vector<Word> words_of(const VotedLine& line, const IsWord& is_word) {
  std::vector<Word> words;
  for (const Span& span : spans_of(line.places))
    words.push_back(VotedWord(line, span).word(is_word));
  return words;
}

}  // namespace ocrtune
