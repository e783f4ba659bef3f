#pragma once

#include <optional>
#include <string_view>

#include "ocrtune/server/message.h"

namespace ocrtune::server {

/// A file of the page, which is part of the command; of a build without it a text that says so.
/// Nothing where there is no such file. Thread-safe.
std::optional<Response> web_page_file(std::string_view path);

}  // namespace ocrtune::server
