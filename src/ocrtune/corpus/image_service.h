#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/image/limits.h"

namespace ocrtune {

/// True for the URL of an image information of the IIIF Image API: its path ends in /info.json. As
/// an input it stands for the image itself.
bool is_image_info(std::string_view url);

/// That URL for the base URL of an image service.
std::string image_info_url(std::string service);

/// The name of the page at a checked URL (url_name()); that of an image service is its base URL's.
std::string page_url_name(const std::string& url);

/// The URLs of the largest image that a service gives and `limits` allow, the best first; the
/// others are for servers that do not have what they should. `info` is the image information that
/// is behind `info_url`, of version 1, 2 or 3; what is unusable of it counts as missing. Of an
/// image that the service limits (maxWidth, maxHeight, maxArea) the largest allowed size is asked
/// for. Thread-safe.
std::vector<std::string> image_urls(const std::string& info_url, std::string_view info,
                                    const DecodeLimits& limits);

}  // namespace ocrtune
