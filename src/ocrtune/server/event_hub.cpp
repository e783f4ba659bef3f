#include "ocrtune/server/event_hub.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ocrtune/base/translation.h"

namespace ocrtune::server {

std::string event_text(const ServerEvent& event) {
  return fmt::format("event: {}\ndata: {}\n\n", event.name, event.data);
}

EventHub::Listener::Listener(std::shared_ptr<EventHub> hub) : hub_(std::move(hub)) {}

EventHub::Listener::~Listener() {
  const std::scoped_lock lock(hub_->mutex_);
  std::erase(hub_->listeners_, this);
}

void EventHub::Listener::give(const ServerEvent& event) {
  const std::scoped_lock lock(hub_->mutex_);
  const auto is_same = [&](const ServerEvent& other) {
    return !event.adds && other.name == event.name && other.key == event.key;
  };
  if (std::ranges::none_of(waiting_, is_same)) add(event);
}

void EventHub::Listener::add(const ServerEvent& event) {
  const auto is_old = [&](const ServerEvent& other) {
    return event.adds ? other.adds : other.name == event.name && other.key == event.key;
  };
  if (!event.adds || adding_ == kMaxAdding) {
    const auto old = std::ranges::find_if(waiting_, is_old);
    if (old != waiting_.end()) {
      if (old->adds) --adding_;
      waiting_.erase(old);
    }
  }
  waiting_.push_back(event);
  if (event.adds) ++adding_;
}

std::optional<ServerEvent> EventHub::Listener::next() {
  const std::scoped_lock lock(hub_->mutex_);
  if (waiting_.empty()) return std::nullopt;
  ServerEvent event = std::move(waiting_.front());
  waiting_.pop_front();
  if (event.adds) --adding_;
  return event;
}

std::unique_ptr<EventHub::Listener> EventHub::listen() {
  auto listener = std::make_unique<Listener>(shared_from_this());
  {
    const std::scoped_lock lock(mutex_);
    if (!closed_ && listeners_.size() < kMaxListeners) {
      listeners_.push_back(listener.get());
      return listener;
    }
  }
  return nullptr;
}

void EventHub::publish(const ServerEvent& event) {
  const std::scoped_lock lock(mutex_);
  for (Listener* listener : listeners_) listener->add(event);
}

void EventHub::close() {
  const std::scoped_lock lock(mutex_);
  closed_ = true;
}

bool EventHub::closed() const {
  const std::scoped_lock lock(mutex_);
  return closed_;
}

EventSource event_source(EventHub& hub, const std::function<std::vector<ServerEvent>()>& states,
                         std::chrono::milliseconds silence,
                         std::function<std::chrono::steady_clock::time_point()> now) {
  std::shared_ptr<EventHub::Listener> listener = hub.listen();
  if (!listener) throw HttpError(503, tr("too many event streams are open"));
  // The listener exists already, so changes during this loop are not lost.
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
