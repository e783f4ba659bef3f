#include "ocrtune/storage/reconnect.h"

#include <chrono>
#include <thread>

#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

using Clock = std::chrono::steady_clock;

/// Between two attempts to connect.
constexpr std::chrono::milliseconds kPause{500};
/// How often to look whether to stop.
constexpr std::chrono::milliseconds kGlance{50};

}  // namespace

bool connect_again(const std::function<bool()>& connect, const Reconnection& reconnection) {
  if (reconnection.patience <= 0 || reconnection.stopped()) return false;
  reconnection.say(tr("the connection to PostgreSQL was lost; connecting again"));
  const auto end = Clock::now() + std::chrono::duration<double>(reconnection.patience);
  while (!connect()) {
    const auto next = Clock::now() + kPause;
    while (Clock::now() < next && !reconnection.stopped()) std::this_thread::sleep_for(kGlance);
    if (reconnection.stopped() || Clock::now() > end) return false;
  }
  reconnection.restored();
  return true;
}

}  // namespace ocrtune
