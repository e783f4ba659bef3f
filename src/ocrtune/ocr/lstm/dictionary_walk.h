#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/dictionary.h"

namespace ocrtune::lstm {

/// Caches the paths taken through a dictionary, so that each prefix of a word is looked up once: a
/// state is a prefix. Not thread-safe.
class DictionaryWalk {
 public:
  /// The state before a word.
  static constexpr int kStart = 0;

  /// The result of one more letter.
  struct Step {
    int state = -1;  ///< −1: no word continues like that
    Permuter permuter = Permuter::none;
    bool ends_word = false;
  };

  explicit DictionaryWalk(const Dictionary& dictionary);

  [[nodiscard]] const Dictionary& dictionary() const { return *dictionary_; }

  /// The step from a state.
  Step follow(int state, int unichar);
  /// Drops all states but the start if there are very many; to be called between units.
  void trim();

 private:
  struct Known {
    std::uint64_t key = kFree;
    Step step;
  };
  static constexpr std::uint64_t kFree = ~std::uint64_t{0};

  void reset();
  [[nodiscard]] std::size_t place_of(std::uint64_t key) const;
  Step look_up(int state, int unichar);
  void grow();

  const Dictionary* dictionary_;
  std::vector<Dictionary::Position> positions_;  ///< of all states, one after the other
  std::vector<std::size_t> ends_;                ///< end of each state's positions
  std::vector<Dictionary::Position> from_;       ///< scratch
  std::vector<Known> known_;                     ///< a hash table; its size is a power of two
  std::size_t known_count_ = 0;
};

}  // namespace ocrtune::lstm
