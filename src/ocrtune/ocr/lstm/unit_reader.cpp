#include "ocrtune/ocr/lstm/unit_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "ocrtune/ocr/lstm/acceptance.h"
#include "ocrtune/ocr/lstm/best_words.h"

namespace ocrtune::lstm {
namespace {

/// Units that are decided one after the other after having been read together.
constexpr std::size_t kBatch = 32;

// Tesseract's ratings where nothing is recognized: of a connected component, and of a unit without
// any (its WERD_CHOICE::kBadRating).
constexpr float kRatingOfMark = 10;
constexpr float kBadRating = 100000;

using Candidates = std::vector<WordCandidate>;

WordCandidate candidate(const DecodedWord& word, const layout::Unit& unit, const Model& model) {
  const auto at = [&](float step) { return step * word.step; };
  return {.word = word,
          .left = static_cast<int>(std::floor(at(static_cast<float>(word.chars.front().begin)))) +
                  unit.crop.left,
          .right = static_cast<int>(std::ceil(at(static_cast<float>(word.chars.back().end)))) +
                   unit.crop.left,
          .accepted = is_acceptable(word, model)};
}

/// What Tesseract takes where a language finds nothing: a space for each connected component.
WordCandidate nothing_found(const layout::Unit& unit) {
  const auto marks = unit.blobs.size();
  return {.word = {.chars = {{.unichar = tessdata::kSpaceUnichar, .end = unit.box.width()}},
                   .text = std::string(marks, ' '),
                   .rating = marks == 0 ? kBadRating : kRatingOfMark * static_cast<float>(marks),
                   .certainty = marks == 0 ? std::numeric_limits<float>::lowest() : -1},
          .left = unit.box.left,
          .right = unit.box.right};
}

bool all_accepted(const Candidates& words) {
  return std::ranges::all_of(words, &WordCandidate::accepted);
}

/// Units that are decided together, and what each language has read of them so far.
class UnitBatch {
 public:
  UnitBatch(PIX* page, std::span<const layout::Unit* const> units,
            std::vector<LanguageReader>& languages, const std::atomic<bool>& stop)
      : page_(page),
        units_(units),
        languages_(languages),
        stop_(stop),
        read_(languages.size(), std::vector<std::optional<Candidates>>(units.size())) {}

  /// The words of a unit; `recent`: the language that is asked first, then that of this unit.
  /// False if it was stopped.
  bool decide(std::size_t unit, std::size_t& recent, Candidates& best) {
    const std::size_t first = recent;
    best.clear();
    if (!ask(first, unit, [](std::size_t) { return true; })) return false;
    select_best_words(best, *read_[first][unit]);
    const auto is_unsure = [&](std::size_t other) {
      const auto& read = read_[first][other];
      return !read || !all_accepted(*read);
    };
    for (std::size_t other = 0; other < languages_.size() && !all_accepted(best); ++other) {
      if (other == first) continue;
      if (!ask(other, unit, is_unsure)) return false;
      if (select_best_words(best, *read_[other][unit]) > 0) recent = other;
    }
    return true;
  }

 private:
  /// Has a language read a unit, and with it the next ones that will be needed.
  template <typename Needed>
  bool ask(std::size_t language, std::size_t unit, const Needed& needed) {
    std::vector<std::optional<Candidates>>& read = read_[language];
    if (read[unit]) return true;
    std::vector<const layout::Unit*> asked;
    std::vector<std::size_t> places;
    for (std::size_t i = unit; i < units_.size(); ++i) {
      if (read[i] || !needed(i)) continue;
      asked.push_back(units_[i]);
      places.push_back(i);
    }
    LanguageReader& reader = languages_[language];
    const bool finished =
        reader.read(page_, asked, stop_, [&](std::size_t i, const std::vector<DecodedWord>& words) {
          Candidates& candidates = read[places[i]].emplace();
          for (const DecodedWord& word : words)
            candidates.push_back(candidate(word, *asked[i], reader.model()));
        });
    for (const std::size_t place : places) {
      if (!read[place] || read[place]->empty()) read[place] = {nothing_found(*units_[place])};
    }
    return finished;
  }

  PIX* page_;
  std::span<const layout::Unit* const> units_;
  std::vector<LanguageReader>& languages_;
  const std::atomic<bool>& stop_;
  std::vector<std::vector<std::optional<Candidates>>> read_;  ///< of each language and unit
};

}  // namespace

UnitReader::UnitReader(const std::vector<std::shared_ptr<const Model>>& models,
                       const std::shared_ptr<OcrDevice>& device) {
  languages_.reserve(models.size());
  const std::string_view blacklist = blacklist_of(models.front()->config);
  for (const auto& model : models) languages_.emplace_back(model, device, blacklist);
}

bool UnitReader::read(PIX* page, std::span<const layout::Unit> units, const std::atomic<bool>& stop,
                      std::vector<std::vector<DecodedWord>>& words) {
  words.assign(units.size(), {});
  std::vector<const layout::Unit*> of_text;
  for (const layout::Unit& unit : units)
    if (!unit.picture && !unit.crop.empty()) of_text.push_back(&unit);
  const auto words_of = [&](const layout::Unit* unit) -> std::vector<DecodedWord>& {
    return words[static_cast<std::size_t>(unit - units.data())];
  };
  if (languages_.size() == 1) {
    return languages_.front().read(page, of_text, stop,
                                   [&](std::size_t i, const std::vector<DecodedWord>& decoded) {
                                     words_of(of_text[i]) = decoded;
                                   });
  }
  std::size_t recent = 0;
  Candidates best;
  for (std::size_t begin = 0; begin < of_text.size(); begin += kBatch) {
    const std::size_t count = std::min(kBatch, of_text.size() - begin);
    const std::span<const layout::Unit* const> together(of_text.data() + begin, count);
    UnitBatch batch(page, together, languages_, stop);
    for (std::size_t i = 0; i < count; ++i) {
      if (!batch.decide(i, recent, best)) return false;
      for (WordCandidate& each : best) words_of(together[i]).push_back(std::move(each.word));
    }
  }
  return true;
}

}  // namespace ocrtune::lstm
