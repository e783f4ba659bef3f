#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace ocrtune {

/// Most bytes of a list of pages.
inline constexpr std::uint64_t kMaxListBytes = 32'000'000;

/// Passes the list of pages (page_list.h) that is behind a checked URL to `use`: its copy or, if
/// there is none, what is downloaded, which is then kept unless `use` throws. Does nothing if it is
/// no list, or if it may not be downloaded; a page file is kept. Throws as read_page_file() and
/// `use`. Thread-safe.
void read_remote_list(const std::string& url, const std::function<void(std::string_view)>& use);

}  // namespace ocrtune
