#pragma once

#include <array>
#include <cstddef>

namespace ocrtune::lstm {

/// A binary heap of at most `Capacity` entries, the least on top. The result of a beam search
/// depends on which of equal keys leaves first, and on the order of the rest: every operation moves
/// entries as Tesseract's GenericHeap does.
template <int Capacity>
class BeamHeap {
 public:
  struct Entry {
    float key;
    int value;
  };

  void clear() { size_ = 0; }
  [[nodiscard]] int size() const { return static_cast<int>(size_); }
  [[nodiscard]] const Entry& operator[](int index) const { return entries_[at(index)]; }
  [[nodiscard]] const Entry& least() const { return entries_[0]; }

  /// There must be room.
  void push(Entry entry) { set(rise(size_++, entry), entry); }

  /// Removes the least entry; there must be one.
  Entry pop() {
    const Entry top = entries_[0];
    const Entry last = entries_[--size_];
    if (size_ > 0) set(sink(0, last), last);
    return top;
  }

  /// Gives an entry a new key.
  void change(int index, float key) {
    const Entry entry{key, entries_[at(index)].value};
    set(rise(sink(at(index), entry), entry), entry);
  }

 private:
  static std::size_t at(int index) { return static_cast<std::size_t>(index); }
  void set(std::size_t index, Entry entry) { entries_[index] = entry; }

  /// Moves a hole up to where `entry` belongs.
  std::size_t rise(std::size_t hole, const Entry& entry) {
    while (hole > 0) {
      const std::size_t parent = (hole + 1) / 2 - 1;
      if (!(entry.key < entries_[parent].key)) break;
      set(hole, entries_[parent]);
      hole = parent;
    }
    return hole;
  }

  /// Moves a hole down to where `entry` belongs.
  std::size_t sink(std::size_t hole, const Entry& entry) {
    for (std::size_t child = 2 * hole + 1; child < size_; child = 2 * hole + 1) {
      if (child + 1 < size_ && entries_[child + 1].key < entries_[child].key) ++child;
      if (!(entries_[child].key < entry.key)) break;
      set(hole, entries_[child]);
      hole = child;
    }
    return hole;
  }

  std::array<Entry, Capacity> entries_;
  std::size_t size_ = 0;
};

}  // namespace ocrtune::lstm
