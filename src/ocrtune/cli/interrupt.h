#pragma once

#include <atomic>

namespace ocrtune::cli {

/// A flag that becomes true at the first SIGINT, SIGTERM or SIGHUP. If the process does not end
/// within 1.7 s after that, because a library is busy, it is terminated with the status for
/// interrupted; so is it at a second SIGINT. SIGINT and SIGHUP stay ignored if they were when the
/// program was started, as by nohup.
const std::atomic<bool>& stop_on_signals();

/// Lets the process end by itself after a signal, however long that takes, because it has child
/// processes to end.
void take_time_to_end();

}  // namespace ocrtune::cli
