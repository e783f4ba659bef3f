#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <unordered_map>
#include <utility>

namespace ocrtune {

/// A map of bounded cost that drops the least recently used entry first. Not thread-safe.
template <typename Key, typename Value>
class LruMap {
 public:
  explicit LruMap(std::uint64_t capacity) : capacity_(capacity) {}

  /// The value of `key`, which becomes the most recently used, or nullptr.
  Value* find(const Key& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->value;
  }

  /// Sets the value of `key` and drops others until all fit. A value that alone costs more than the
  /// capacity is not kept.
  void insert(const Key& key, Value value, std::uint64_t cost) {
    erase(key);
    if (cost > capacity_) return;
    entries_.push_front({key, std::move(value), cost});
    places_[key] = entries_.begin();
    cost_ += cost;
    shrink_to(capacity_);
  }

  void erase(const Key& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return;
    cost_ -= found->second->cost;
    entries_.erase(found->second);
    places_.erase(found);
  }

  /// Drops the least recently used until the rest costs no more than `cost`.
  void shrink_to(std::uint64_t cost) {
    while (cost_ > cost) erase(Key(entries_.back().key));
  }

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] std::uint64_t cost() const { return cost_; }

 private:
  struct Entry {
    Key key;
    Value value;
    std::uint64_t cost;
  };

  std::uint64_t capacity_;
  std::uint64_t cost_ = 0;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<Key, typename std::list<Entry>::iterator> places_;
};

}  // namespace ocrtune
