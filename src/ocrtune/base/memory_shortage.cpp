#include "ocrtune/base/memory_shortage.h"

#include <atomic>
#include <system_error>

namespace ocrtune {
namespace {

std::atomic<bool> ran_out{false};

}  // namespace

bool is_memory_shortage(const std::exception& error) {
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return true;
  const auto* system = dynamic_cast<const std::system_error*>(&error);
  // A thread for whose stack there is no memory.
  return system != nullptr && (system->code() == std::errc::not_enough_memory ||
                               system->code() == std::errc::resource_unavailable_try_again);
}

void note_memory_shortage() { ran_out = true; }

bool memory_ran_out() { return ran_out; }

}  // namespace ocrtune
