#pragma once

#include <array>

namespace ocrtune::lstm {

/// A binary heap of at most `Capacity` entries, the least on top. Which of equal keys leaves first,
/// and how the rest lie, is part of what a beam search finds: every operation moves entries as
/// Tesseract's GenericHeap does.
template <int Capacity>
class BeamHeap {
 public:
  struct Entry {
    float key;
    int value;
  };

  void clear() { size_ = 0; }
  [[nodiscard]] int size() const { return size_; }
  [[nodiscard]] const Entry& operator[](int index) const { return entries_[at(index)]; }
  [[nodiscard]] const Entry& least() const { return entries_[0]; }

  /// There has to be room.
  void push(Entry entry) { set(rise(size_++, entry), entry); }

  /// Takes the least off; there has to be one.
  Entry pop() {
    const Entry top = entries_[0];
    const Entry last = entries_[at(--size_)];
    if (size_ > 0) set(sink(0, last), last);
    return top;
  }

  /// Gives an entry a new key.
  void change(int index, float key) {
    const Entry entry{key, entries_[at(index)].value};
    set(rise(sink(index, entry), entry), entry);
  }

 private:
  static std::size_t at(int index) { return static_cast<std::size_t>(index); }
  void set(int index, Entry entry) { entries_[at(index)] = entry; }

  /// Moves a hole up to where `entry` belongs.
  int rise(int hole, const Entry& entry) {
    while (hole > 0) {
      const int parent = (hole + 1) / 2 - 1;
      if (!(entry.key < entries_[at(parent)].key)) break;
      set(hole, entries_[at(parent)]);
      hole = parent;
    }
    return hole;
  }

  /// Moves a hole down to where `entry` belongs.
  int sink(int hole, const Entry& entry) {
    for (int child = 2 * hole + 1; child < size_; child = 2 * hole + 1) {
      if (child + 1 < size_ && entries_[at(child + 1)].key < entries_[at(child)].key) ++child;
      if (!(entries_[at(child)].key < entry.key)) break;
      set(hole, entries_[at(child)]);
      hole = child;
    }
    return hole;
  }

  std::array<Entry, Capacity> entries_;
  int size_ = 0;
};

}  // namespace ocrtune::lstm
