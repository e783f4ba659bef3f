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

/// One event of a stream.
struct ServerEvent {
  std::string name;  ///< "run", "trials", "corpus"
  std::string key;   ///< what it is about: of two that wait with one name and key, the newer one is
                     ///< enough, unless it adds to the older (`adds`)
  std::string data;  ///< JSON in one line
  bool adds = false;
};

/// The text of an event as streams have it.
std::string event_text(const ServerEvent& event);

/// Hands events on to everyone who listens. What waits for a slow listener is bounded: of states
/// only the newest, of what adds up the newest kMostAdding, whoever misses some asks for them
/// again. Thread-safe.
class EventHub : public std::enable_shared_from_this<EventHub> {
 public:
  static constexpr std::size_t kMostListeners = 32;
  static constexpr std::size_t kMostAdding = 256;

  /// One who listens. From one thread; destroying it ends it.
  class Listener {
   public:
    explicit Listener(std::shared_ptr<EventHub> hub);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// Adds an event for this one alone.
    void give(const ServerEvent& event);

    /// The next event; nothing where none waits.
    std::optional<ServerEvent> next();

   private:
    friend class EventHub;
    void add(const ServerEvent& event);

    std::shared_ptr<EventHub> hub_;
    std::list<ServerEvent> waiting_;
    std::size_t adding_ = 0;
  };

  /// One who gets what is published from now on; nullptr where there are kMostListeners already,
  /// or the hub has closed.
  std::unique_ptr<Listener> listen();

  void publish(const ServerEvent& event);

  /// Nobody can listen any longer.
  void close();

  [[nodiscard]] bool closed() const;
  [[nodiscard]] std::size_t listeners() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Listener*> listeners_;
  bool closed_ = false;
};

/// A stream of what the hub has from now on, with a `ping` where nothing came for `silence`.
/// `states` gives an event for each thing there is, which come first; it is called once. `now` is
/// the clock. Throws HttpError(503) where too many listen.
EventSource event_source(
    EventHub& hub, const std::function<std::vector<ServerEvent>()>& states,
    std::chrono::milliseconds silence = std::chrono::seconds(15),
    std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now);

}  // namespace ocrtune::server
