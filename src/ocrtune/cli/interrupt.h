#pragma once

#include <atomic>

namespace ocrtune::cli {

/// Becomes true at the first SIGINT, SIGTERM or SIGHUP. A process that doesn't end within 1.7 s
/// then, because a library is in the middle of its work, is ended where it is, with the status for
/// interrupted; so is one at a second SIGINT.
const std::atomic<bool>& stop_on_signals();

/// The process ends by itself after a signal, however long that takes: it has others to end.
void take_time_to_end();

}  // namespace ocrtune::cli
