#include "ocrtune/ocr/lstm/dictionary_walk.h"

#include <utility>

namespace ocrtune::lstm {
namespace {

constexpr std::size_t kFirstSize = std::size_t{1} << 12;
constexpr std::size_t kManySteps = std::size_t{1} << 17;

}  // namespace

DictionaryWalk::DictionaryWalk(const Dictionary& dictionary) : dictionary_(&dictionary) { reset(); }

void DictionaryWalk::reset() {
  positions_.clear();
  dictionary_->start(positions_);
  ends_.assign(1, positions_.size());
  known_.assign(kFirstSize, Known{});
  known_count_ = 0;
}

void DictionaryWalk::trim() {
  if (known_count_ > kManySteps) reset();
}

DictionaryWalk::Step DictionaryWalk::follow(int state, int unichar) {
  const std::uint64_t key =
      static_cast<std::uint64_t>(state) << 32 | static_cast<std::uint32_t>(unichar);
  std::size_t place = place_of(key);
  if (known_[place].key == key) return known_[place].step;
  if (++known_count_ * 2 > known_.size()) {
    grow();
    place = place_of(key);
  }
  known_[place] = {key, look_up(state, unichar)};
  return known_[place].step;
}

/// The slot of a key, or the one where it would be inserted.
std::size_t DictionaryWalk::place_of(std::uint64_t key) const {
  const std::size_t mask = known_.size() - 1;
  std::size_t place = (key * 0x9E3779B97F4A7C15U >> 32) & mask;
  while (known_[place].key != key && known_[place].key != kFree) place = (place + 1) & mask;
  return place;
}

DictionaryWalk::Step DictionaryWalk::look_up(int state, int unichar) {
  const auto index = static_cast<std::size_t>(state);
  const std::size_t first = index == 0 ? 0 : ends_[index - 1];
  const auto begin = positions_.begin();
  from_.assign(begin + static_cast<std::ptrdiff_t>(first),
               begin + static_cast<std::ptrdiff_t>(ends_[index]));
  const Dictionary::Outcome outcome = dictionary_->follow(from_, unichar, positions_);
  if (outcome.permuter == Permuter::none) return {};
  ends_.push_back(positions_.size());
  return {static_cast<int>(ends_.size()) - 1, outcome.permuter, outcome.ends_word};
}

void DictionaryWalk::grow() {
  std::vector<Known> larger(known_.size() * 2);
  std::swap(known_, larger);
  for (const Known& known : larger) {
    if (known.key != kFree) known_[place_of(known.key)] = known;
  }
}

}  // namespace ocrtune::lstm
