#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace ocrtune::server {

/// Which request of a view is its newest. Thread-safe.
class NewestView {
 public:
  /// A request's turn to be shown.
  class Turn {
   public:
    Turn(NewestView& views, std::string view);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    /// A newer request of the same view has come.
    [[nodiscard]] bool is_over() const;

   private:
    NewestView& views_;
    std::string view_;
    std::uint64_t number_ = 0;
  };

 private:
  struct State {
    std::uint64_t newest = 0;
    int in_work = 0;
  };

  mutable std::mutex mutex_;
  std::uint64_t last_ = 0;
  std::map<std::string, State> views_;  // of those in work only
};

}  // namespace ocrtune::server
