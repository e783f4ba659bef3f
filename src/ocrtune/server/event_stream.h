#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "ocrtune/server/event_hub.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {

/// A stream of what the hub has from now on, with a `ping` where nothing came for `silence`.
/// `states` gives an event for each thing there is, which come first; it is called once. `now` is
/// the clock. Throws HttpError(503) where too many listen.
EventSource event_source(
    EventHub& hub, const std::function<std::vector<ServerEvent>()>& states,
    std::chrono::milliseconds silence = std::chrono::seconds(15),
    std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now);

}  // namespace ocrtune::server
