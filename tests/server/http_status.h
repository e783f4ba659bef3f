#pragma once

#include <functional>

#include "ocrtune/server/message.h"

namespace ocrtune::server {

/// Of the HttpError that `action` throws; 200 where it throws none.
inline int status_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const HttpError& error) {
    return error.http_status();
  }
  return 200;
}

}  // namespace ocrtune::server
