#include "devices/host_language.h"

#include <ucontext.h>

#include <cstdlib>
#include <vector>

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

namespace ocrtune::test {
namespace {

constexpr std::size_t kStackBytes = 64U << 10U;

/// What ThreadSanitizer has to know of a stack that work changes to.
#ifdef __SANITIZE_THREAD__
using Fiber = void*;
Fiber own_fiber() { return __tsan_get_current_fiber(); }
Fiber new_fiber() { return __tsan_create_fiber(0); }
void enter(Fiber fiber) { __tsan_switch_to_fiber(fiber, 0); }
void end(Fiber fiber) { __tsan_destroy_fiber(fiber); }
#else
struct Fiber {};
Fiber own_fiber() { return {}; }
Fiber new_fiber() { return {}; }
void enter(Fiber /*fiber*/) {}
void end(Fiber /*fiber*/) {}
#endif

/// The group whose work-items take turns.
struct Turns {
  std::vector<std::vector<char>> stacks;
  std::vector<ucontext_t> items;
  std::vector<Fiber> fibers;
  std::vector<bool> done;
  ucontext_t conductor{};
  Fiber conductors_fiber{};
  std::size_t current = 0;
  Place place;
  const std::function<void()>* work = nullptr;
};

Turns& turns() {
  static Turns turns;
  return turns;
}

void back_to_conductor() {
  Turns& all = turns();
  enter(all.conductors_fiber);
  swapcontext(&all.items[all.current], &all.conductor);
}

void begin_item() {
  Turns& all = turns();
  (*all.work)();
  all.done[all.current] = true;
  back_to_conductor();
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
  all.conductors_fiber = own_fiber();
  for (std::size_t item = 0; item < count; ++item) {
    start_item(item);
    all.fibers[item] = new_fiber();
  }
  for (bool more = true; more;) {
    more = false;
    for (std::size_t item = 0; item < count; ++item) {
      if (all.done[item]) continue;
      all.current = item;
      all.place.local = {static_cast<int>(item) % size[0], static_cast<int>(item) / size[0]};
      enter(all.fibers[item]);
      swapcontext(&all.conductor, &all.items[item]);
      more = more || !all.done[item];
    }
  }
  for (std::size_t item = 0; item < count; ++item) end(all.fibers[item]);
}

}  // namespace

const Place& place() { return turns().place; }

void wait_for_group() {
  Turns& all = turns();
  const std::array<int, 2> own = all.place.local;
  back_to_conductor();
  all.place.local = own;
}

void run_groups(std::array<int, 2> groups, std::array<int, 2> group_size,
                const std::function<void()>& item) {
  Turns& all = turns();
  const auto count =
      static_cast<std::size_t>(group_size[0]) * static_cast<std::size_t>(group_size[1]);
  while (all.stacks.size() < count) all.stacks.emplace_back(kStackBytes);
  all.items.resize(count);
  all.fibers.resize(count);
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
