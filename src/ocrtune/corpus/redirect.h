#pragma once

#include <string>

namespace ocrtune {

/// Where a redirect leads.
struct Redirect {
  std::string url;      ///< the whole URL; empty if it is refused
  std::string refusal;  ///< why it is not followed; empty if it is
};

/// The target of the header `Location` in the answer to a URL, to which it may be relative. Refused
/// are other protocols than http and https, http after https, and targets with a user name or a
/// password. libcurl would not follow relative ones from a host for which it knows a password, as
/// it then takes that for a part of the URL. Pure; thread-safe.
Redirect redirect(const std::string& url, const std::string& location);

}  // namespace ocrtune
