#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/server/message.h"

namespace ocrtune::server {

/// The message of a build without the web interface; nothing if it is there.
std::string web_page_problem();

/// A file of the web interface, which is embedded in the command; in a build without it, that
/// message. Nothing if there is no such file. Thread-safe.
std::optional<Response> web_page_file(std::string_view path);

}  // namespace ocrtune::server
