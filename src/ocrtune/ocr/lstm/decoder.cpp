#include "ocrtune/ocr/lstm/decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <span>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/lstm/beam.h"

namespace ocrtune::lstm {
namespace {

/// Tesseract's scale of word certainties.
constexpr float kWordScale = 7.0F;

[[noreturn]] void fail(const std::string& what) {
  throw Error(Errc::dependency_missing, tr("the language's model is inconsistent: ") + what);
}

/// A unichar of a path, and its steps.
struct PathChar {
  int unichar;
  float certainty;
  float rating;
  int first;  ///< step of the node that began it
  int last;   ///< step after its repetitions
  int boundary = 0;
};

/// Groups a path's steps into unichars. Certainty is the minimum over the steps, rating their sum;
/// steps of null and inside a code count for the unichar after them, or for the one before if a
/// space or nothing follows.
class PathReader {
 public:
  /// The unichars of a path; `chars` is emptied first.
  static void read(std::span<const BeamNode> path, std::vector<PathChar>& chars) {
    chars.clear();
    PathReader reader{path, chars};
    while (reader.step_ < path.size()) reader.next_char();
    set_boundaries(static_cast<int>(path.size()), chars);
  }

 private:
  PathReader(std::span<const BeamNode> path, std::vector<PathChar>& chars)
      : path_(path), chars_(chars) {}

  void next_char() {
    certainty_ = 0;
    rating_ = 0;
    while (step_ < path_.size() && path_[step_].unichar == BeamNode::kNoUnichar) take_step(false);
    if (step_ == path_.size()) {
      give_to_last();
      return;
    }
    const int unichar = path_[step_].unichar;
    const int first = static_cast<int>(step_);
    const bool space = unichar == tessdata::kSpaceUnichar;
    if (space && path_[step_].permuter != Permuter::none) give_to_last();
    do {
      // For such a space, the steps before it are discarded: they were scored outside the
      // dictionary.
      take_step(space && path_[step_].permuter == Permuter::none);
    } while (step_ < path_.size() && path_[step_].repeated);
    chars_.push_back({.unichar = unichar,
                      .certainty = static_cast<float>(certainty_),
                      .rating = static_cast<float>(rating_),
                      .first = first,
                      .last = static_cast<int>(step_)});
  }

  void take_step(bool forget) {
    const double certainty = path_[step_++].certainty;
    if (certainty < certainty_ || forget) certainty_ = certainty;
    rating_ -= certainty;
  }

  void give_to_last() {
    if (chars_.empty()) return;
    PathChar& last = chars_.back();
    if (certainty_ < static_cast<double>(last.certainty)) {
      last.certainty = static_cast<float>(certainty_);
    }
    last.rating = static_cast<float>(static_cast<double>(last.rating) + rating_);
    certainty_ = 0;
    rating_ = 0;
  }

  /// Neighbouring unichars meet in the middle of the steps between them; the last one ends with the
  /// path.
  static void set_boundaries(int steps, std::vector<PathChar>& chars) {
    for (std::size_t i = 0; i < chars.size(); ++i) {
      const bool last = i + 1 == chars.size();
      chars[i].boundary = last ? steps : chars[i].last + (chars[i + 1].first - chars[i].last) / 2;
    }
  }

  std::span<const BeamNode> path_;
  std::vector<PathChar>& chars_;
  std::size_t step_ = 0;
  double certainty_ = 0;
  double rating_ = 0;
};

/// Whether each unichar is in a blacklist; empty without one.
std::vector<bool> disabled_by(std::string_view blacklist, const tessdata::Unicharset& unicharset) {
  std::vector<bool> disabled;
  if (blacklist.empty()) return disabled;
  disabled.resize(static_cast<std::size_t>(unicharset.size()));
  const auto disable = [&](std::string_view text) {
    const std::vector<int> unichars = unicharset.encode(text);
    for (const int unichar : unichars) disabled[static_cast<std::size_t>(unichar)] = true;
    return !unichars.empty();
  };
  if (disable(blacklist)) return disabled;
  // The model has not all of them.
  for (const char32_t character : code_points(blacklist)) disable(utf8({&character, 1}));
  return disabled;
}

}  // namespace

struct Decoder::Parts {
  Parts(const tessdata::Unicharset& characters, const Recoder& recoder,
        const Dictionary* dictionary, int null_code, bool simple_text, std::string_view blacklist)
      : unicharset(characters),
        codes(recoder, disabled_by(blacklist, characters)),
        classes(recoder.classes()) {
    if (recoder.unichars() > unicharset.size())
      fail(tr("its recoder has more characters than its character set"));
    if (codes.classes() > classes || null_code < 0 || null_code >= classes) {
      fail(tr("its recoder goes beyond {} classes", classes));
    }
    if (dictionary != nullptr && !dictionary->empty()) walk.emplace(*dictionary);
    beam.emplace(Beam::Language{.unicharset = &unicharset,
                                .codes = &codes,
                                .walk = walk ? &*walk : nullptr,
                                .classes = classes,
                                .null_code = null_code,
                                .simple_text = simple_text});
  }

  [[nodiscard]] std::size_t end_of_word(std::span<const BeamNode> path, std::size_t begin) const;
  [[nodiscard]] DecodedWord word(std::span<const BeamNode> path, std::size_t begin,
                                 std::size_t end) const;

  const tessdata::Unicharset& unicharset;
  BeamCodes codes;
  int classes;
  std::optional<DictionaryWalk> walk;
  std::optional<Beam> beam;
  std::vector<PathChar> chars;
  std::vector<DecodedWord> words;
};

Decoder::Decoder(const tessdata::Unicharset& unicharset, const Recoder& recoder,
                 const Dictionary* dictionary, int null_code, bool simple_text,
                 std::string_view blacklist)
    : parts_(std::make_unique<Parts>(unicharset, recoder, dictionary, null_code, simple_text,
                                     blacklist)) {}

Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

const std::vector<DecodedWord>& Decoder::decode(const LineOutput& output, float step) {
  const auto values = static_cast<std::size_t>(std::max(output.steps, 0)) *
                      static_cast<std::size_t>(std::max(output.classes, 0));
  if (output.classes != parts_->classes || output.probabilities.size() < values) {
    fail(tr("its network has {} classes, its recoder {}", output.classes, parts_->classes));
  }
  std::vector<DecodedWord>& words = parts_->words;
  words.clear();
  const std::span<const BeamNode> path = parts_->beam->search(output);
  PathReader::read(path, parts_->chars);
  const std::vector<PathChar>& chars = parts_->chars;
  float space_before = 0;
  for (std::size_t begin = 0; begin < chars.size();) {
    std::size_t end = parts_->end_of_word(path, begin);
    const bool space = end < chars.size() && chars[end].unichar == tessdata::kSpaceUnichar;
    const float space_after = space ? chars[end].certainty : 0;
    DecodedWord& word = words.emplace_back(parts_->word(path, begin, end));
    word.step = step;
    word.space_before = begin > 0 && chars[begin - 1].unichar == tessdata::kSpaceUnichar;
    word.space_certainty = std::min(space_after, space_before);
    word.certainty = std::min(word.space_certainty, word.certainty) * kWordScale;
    space_before = space_after;
    begin = space ? end + 1 : end;
  }
  return words;
}

/// A word ends at a space, where a word of the dictionary begins, and, outside of it, around
/// characters that need no spaces.
std::size_t Decoder::Parts::end_of_word(std::span<const BeamNode> path, std::size_t begin) const {
  const auto spaced = [&](std::size_t i) { return unicharset.space_delimited(chars[i].unichar); };
  std::size_t end = begin + 1;
  for (; end < chars.size(); ++end) {
    const BeamNode& node = path[static_cast<std::size_t>(chars[end].first)];
    if (chars[end].unichar == tessdata::kSpaceUnichar || node.begins_word) break;
    if (node.permuter == Permuter::top_choice && (!spaced(end) || !spaced(end - 1))) break;
  }
  return end;
}

DecodedWord Decoder::Parts::word(std::span<const BeamNode> path, std::size_t begin,
                                 std::size_t end) const {
  DecodedWord word;
  word.certainty = std::numeric_limits<float>::max();
  word.permuter = static_cast<int>(path[static_cast<std::size_t>(chars[end - 1].first)].permuter);
  word.chars.reserve(end - begin);
  for (std::size_t i = begin; i < end; ++i) {
    const tessdata::Unichar& unichar = unicharset[chars[i].unichar];
    word.chars.push_back({.unichar = chars[i].unichar,
                          .text = unichar.cleaned,
                          .direction = unichar.direction,
                          .certainty = chars[i].certainty,
                          .rating = chars[i].rating,
                          .begin = i == 0 ? 0 : chars[i - 1].boundary,
                          .end = chars[i].boundary});
    word.text += unichar.cleaned;
    word.rating += chars[i].rating;
    word.certainty = std::min(word.certainty, chars[i].certainty);
  }
  return word;
}

}  // namespace ocrtune::lstm
