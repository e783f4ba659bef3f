#pragma once

#include <atomic>

namespace ocrtune::cli {

/// Becomes true at the first SIGINT, SIGTERM or SIGHUP; a second SIGINT ends the process at once.
const std::atomic<bool>& stop_on_signals();

/// True where the environment makes OpenMP use one thread; else starts this program again with it
/// (OpenMP reads OMP_THREAD_LIMIT before main). Returns only where it is set or can't be.
void hold_openmp(char** arguments);

}  // namespace ocrtune::cli
