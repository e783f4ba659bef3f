#include "ocrtune/server/event_stream.h"

#include <utility>

namespace ocrtune::server {

EventSource event_source(EventHub& hub, const std::function<std::vector<ServerEvent>()>& states,
                         std::chrono::milliseconds silence,
                         std::function<std::chrono::steady_clock::time_point()> now) {
  std::shared_ptr<EventHub::Listener> listener = hub.listen();
  if (!listener) throw HttpError(503, "too many event streams are open");
  // What changes while they are gathered comes too: nothing falls between the two.
  for (const ServerEvent& event : states()) listener->give(event);
  const auto began = now();
  return [listener = std::move(listener), hub = hub.shared_from_this(), silence,
          now = std::move(now), last = began](std::string& piece) mutable {
    if (const auto event = listener->next()) {
      piece = event_text(*event);
      last = now();
    } else if (now() - last >= silence) {
      piece = event_text({.name = "ping", .key = "", .data = "{}"});
      last = now();
    }
    return !hub->closed();
  };
}

}  // namespace ocrtune::server
