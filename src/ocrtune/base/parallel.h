#pragma once

#include <cstddef>
#include <functional>

namespace ocrtune {

/// Calls `body(i)` once for every i below `count`, on up to `workers` threads, smaller i first, and
/// returns when all are done. The first exception stops the loop and is rethrown.
void parallel_for(int workers, std::size_t count, const std::function<void(std::size_t)>& body);

}  // namespace ocrtune
