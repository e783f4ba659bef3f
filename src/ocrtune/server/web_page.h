#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/server/message.h"

namespace ocrtune::server {

/// What a build without the page says of itself; nothing where the page is there.
std::string web_page_problem();

/// A file of the page, which is part of the command; of a build without it that text.
/// Nothing where there is no such file. Thread-safe.
std::optional<Response> web_page_file(std::string_view path);

}  // namespace ocrtune::server
