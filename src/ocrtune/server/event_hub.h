#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/server/message.h"

namespace ocrtune::server {

/// An event of a stream.
struct ServerEvent {
  std::string name;  ///< "run", "trials", "corpus", "studies"
  std::string key;   ///< its subject: of two waiting events with the same name and key, the newer
                     ///< one replaces the older one, unless it adds to it (`adds`)
  std::string data;  ///< one line of JSON
  bool adds = false;
};

/// The text of an event in a stream.
std::string event_text(const ServerEvent& event);

/// Distributes events to listeners. The queue of a slow listener is bounded: it keeps only the
/// newest state of each key, and the newest kMaxAdding of events that add up; a client that missed
/// some requests them again. Thread-safe.
class EventHub : public std::enable_shared_from_this<EventHub> {
 public:
  static constexpr std::size_t kMaxListeners = 32;
  static constexpr std::size_t kMaxAdding = 256;

  /// A listener, for one thread; destroying it unsubscribes.
  class Listener {
   public:
    explicit Listener(std::shared_ptr<EventHub> hub);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// Adds an event for this listener alone, unless a state with the same name and key is waiting:
    /// that one is newer, or a newer one than both will be published.
    void give(const ServerEvent& event);

    /// The next event; nothing if none is waiting.
    std::optional<ServerEvent> next();

   private:
    friend class EventHub;
    void add(const ServerEvent& event);

    std::shared_ptr<EventHub> hub_;
    std::list<ServerEvent> waiting_;
    std::size_t adding_ = 0;
  };

  /// A listener for the events from now on; nullptr if there are kMaxListeners already, or the hub
  /// is closed.
  std::unique_ptr<Listener> listen();

  void publish(const ServerEvent& event);

  /// Ends all listeners and accepts no more.
  void close();

  [[nodiscard]] bool closed() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Listener*> listeners_;
  bool closed_ = false;
};

/// A stream of the hub's events from now on, with a `ping` after each `silence` without events.
/// `states` returns the events of the current state, which come first; it is called once. `now` is
/// the clock. Throws HttpError(503) if there are too many listeners.
EventSource event_source(
    EventHub& hub, const std::function<std::vector<ServerEvent>()>& states,
    std::chrono::milliseconds silence = std::chrono::seconds(15),
    std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now);

}  // namespace ocrtune::server
