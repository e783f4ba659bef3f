#pragma once

#include <functional>

#include "ocrtune/storage/reconnection.h"
#include "ocrtune/storage/sql.h"

namespace ocrtune {

/// Calls `connect` until it returns true. False if `reconnection` does not allow it, or if it did
/// not succeed in time.
bool connect_again(const std::function<bool()>& connect, const Reconnection& reconnection);

/// Runs `action` until it ends without a lost connection. It must be one that can be repeated: the
/// server may have done what it asked for, without an answer.
template <typename Action>
auto repeated(SqlDatabase& database, const Reconnection& reconnection, const Action& action)
    -> decltype(action()) {
  for (;;) {
    try {
      return action();
    } catch (const ConnectionLost&) {
      if (!connect_again([&] { return database.reconnect(); }, reconnection)) throw;
    }
  }
}

}  // namespace ocrtune
