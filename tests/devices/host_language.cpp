#include "devices/host_language.h"

#include <ucontext.h>

#include <cstdlib>
#include <vector>

namespace ocrtune::test {
namespace {

constexpr std::size_t kStackBytes = 64U << 10U;

/// The group whose work-items take turns.
struct Turns {
  std::vector<std::vector<char>> stacks;
  std::vector<ucontext_t> items;
  std::vector<bool> done;
  ucontext_t conductor{};
  std::size_t current = 0;
  Place place;
  const std::function<void()>* work = nullptr;
};

Turns& turns() {
  static Turns turns;
  return turns;
}

void begin_item() {
  Turns& all = turns();
  (*all.work)();
  all.done[all.current] = true;
  swapcontext(&all.items[all.current], &all.conductor);
}

void start_item(std::size_t item) {
  Turns& all = turns();
  ucontext_t& context = all.items[item];
  getcontext(&context);
  context.uc_stack.ss_sp = all.stacks[item].data();
  context.uc_stack.ss_size = kStackBytes;
  context.uc_link = &all.conductor;
  makecontext(&context, begin_item, 0);
  all.done[item] = false;
}

void run_group(std::array<int, 2> size) {
  Turns& all = turns();
  const auto count = static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]);
  for (std::size_t item = 0; item < count; ++item) start_item(item);
  for (bool more = true; more;) {
    more = false;
    for (std::size_t item = 0; item < count; ++item) {
      if (all.done[item]) continue;
      all.current = item;
      all.place.local = {static_cast<int>(item) % size[0], static_cast<int>(item) / size[0]};
      swapcontext(&all.conductor, &all.items[item]);
      more = more || !all.done[item];
    }
  }
}

}  // namespace

const Place& place() { return turns().place; }

void wait_for_group() {
  Turns& all = turns();
  const std::array<int, 2> own = all.place.local;
  swapcontext(&all.items[all.current], &all.conductor);
  all.place.local = own;
}

void run_groups(std::array<int, 2> groups, std::array<int, 2> group_size,
                const std::function<void()>& item) {
  Turns& all = turns();
  const auto count =
      static_cast<std::size_t>(group_size[0]) * static_cast<std::size_t>(group_size[1]);
  while (all.stacks.size() < count) all.stacks.emplace_back(kStackBytes);
  all.items.resize(count);
  all.done.resize(count);
  all.work = &item;
  all.place.group_size = group_size;
  for (int y = 0; y < groups[1]; ++y) {
    for (int x = 0; x < groups[0]; ++x) {
      all.place.group = {x, y};
      run_group(group_size);
    }
  }
}

}  // namespace ocrtune::test
