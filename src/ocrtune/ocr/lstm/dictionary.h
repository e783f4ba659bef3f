#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/ocr/tessdata/dawg.h"
#include "ocrtune/ocr/tessdata/unicharset.h"

namespace ocrtune::lstm {

/// Source of a word, numbered as Tesseract's PermuterType: the higher, the better.
enum class Permuter : std::uint8_t {
  none = 0,
  punctuation = 1,
  top_choice = 2,
  number = 6,
  word = 8
};

/// The components of a .traineddata file for a dictionary; empty: missing.
struct DictionaryFiles {
  std::span<const std::uint8_t> words;        ///< lstm-word-dawg
  std::span<const std::uint8_t> punctuation;  ///< lstm-punc-dawg
  std::span<const std::uint8_t> numbers;      ///< lstm-number-dawg
};

/// Decides letter by letter what is a word, a number, or punctuation around one (the part of
/// Tesseract's Dict that its LSTM decoder uses). Immutable; thread-safe.
class Dictionary {
 public:
  /// Position in the graphs: before, in or after the core, which punctuation surrounds.
  struct Position {
    enum class Core : std::uint8_t { none, word, number };
    int edge = tessdata::Dawg::kNone;         ///< last one followed in the core's graph
    int punctuation = tessdata::Dawg::kNone;  ///< last one followed in the punctuation's graph
    Core core = Core::none;
    bool punctuated = false;  ///< punctuation matters: around the core its graph has to agree
    bool after_core = false;  ///< only punctuation can follow

    friend bool operator==(const Position&, const Position&) = default;
  };

  /// The result of one more letter.
  struct Outcome {
    Permuter permuter = Permuter::none;  ///< none: no word continues like that
    bool ends_word = false;
  };

  /// Throws Error(dependency_missing) if a component exists but cannot be read.
  static Dictionary parse(const DictionaryFiles& files, const tessdata::Unicharset& unicharset,
                          const std::string& name);

  /// True if there was no component; decoders then get no dictionary, as in Tesseract.
  [[nodiscard]] bool empty() const { return !words_ && !punctuation_ && !numbers_; }
  /// True if words of the language are separated by spaces.
  [[nodiscard]] bool space_delimited() const { return space_delimited_; }
  /// Adds the positions at which a word begins.
  void start(std::vector<Position>& positions) const;
  /// Follows `unichar` from the positions; appends the next positions to `to`.
  Outcome follow(std::span<const Position> from, int unichar, std::vector<Position>& to) const;
  /// Whether the unichars together are a word, with or without punctuation (Tesseract's
  /// Dict::valid_word). Numbers and punctuation alone are none.
  [[nodiscard]] bool is_word(std::span<const int> unichars) const;

 private:
  struct Follow;

  [[nodiscard]] const tessdata::Dawg& core(Position::Core which) const {
    return which == Position::Core::word ? *words_ : *numbers_;
  }
  [[nodiscard]] int letter(Position::Core which, int unichar) const;
  void follow_all(std::span<const Position> from, Follow& follow) const;
  void from_punctuation(const Position& position, Follow& follow) const;
  void from_core(const Position& position, Follow& follow) const;

  std::optional<tessdata::Dawg> words_;
  std::optional<tessdata::Dawg> punctuation_;
  std::optional<tessdata::Dawg> numbers_;
  std::vector<bool> digits_;  ///< of each unichar
  bool space_delimited_ = true;
};

}  // namespace ocrtune::lstm
