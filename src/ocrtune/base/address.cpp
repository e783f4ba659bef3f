#include "ocrtune/base/address.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

constexpr std::string_view kLeftOut = "…";

/// The options of libpq whose values are no secrets; any other name may be `password`, mistyped.
constexpr std::array<std::string_view, 38> kShown{"host",
                                                  "hostaddr",
                                                  "port",
                                                  "dbname",
                                                  "user",
                                                  "passfile",
                                                  "channel_binding",
                                                  "connect_timeout",
                                                  "client_encoding",
                                                  "options",
                                                  "application_name",
                                                  "fallback_application_name",
                                                  "keepalives",
                                                  "keepalives_idle",
                                                  "keepalives_interval",
                                                  "keepalives_count",
                                                  "tcp_user_timeout",
                                                  "gssencmode",
                                                  "gssdelegation",
                                                  "gsslib",
                                                  "krbsrvname",
                                                  "load_balance_hosts",
                                                  "require_auth",
                                                  "requirepeer",
                                                  "service",
                                                  "ssl_max_protocol_version",
                                                  "ssl_min_protocol_version",
                                                  "sslcert",
                                                  "sslcertmode",
                                                  "sslcompression",
                                                  "sslcrl",
                                                  "sslcrldir",
                                                  "sslkey",
                                                  "sslmode",
                                                  "sslnegotiation",
                                                  "sslrootcert",
                                                  "sslsni",
                                                  "target_session_attrs"};

constexpr std::string_view kDigits = "0123456789";

/// Of a user or a host as they are in a valid address without a password.
bool is_of_name(char c) {
  const auto lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || kDigits.find(c) != std::string_view::npos || c == '-' ||
         c == '_' || c == '.' || c == '~';
}

/// Where the plain characters end from `at` on, with those that are encoded (`%40`).
std::size_t end_of_plain(std::string_view text, std::size_t at) {
  const auto is_digit = [&](std::size_t place) {
    return place < text.size() && std::isxdigit(static_cast<unsigned char>(text[place])) != 0;
  };
  for (; at < text.size(); ++at) {
    if (text[at] == '%' && is_digit(at + 1) && is_digit(at + 2))
      at += 2;
    else if (!is_of_name(text[at]))
      break;
  }
  return at;
}

/// Whether it has a name that may be `password`.
bool names_secret(std::string_view text) {
  const std::string lower = lower_case(text);
  return std::ranges::any_of(std::array{"pass", "pwd", "secret"}, [&](const char* word) {
    return lower.find(word) != std::string::npos;
  });
}

/// The part before `@`: the user, and perhaps a password.
std::string shown_user(std::string_view user) {
  const std::size_t end = end_of_plain(user, 0);
  if (end == user.size()) return std::string(user);
  return std::string(user.substr(0, end)).append(":").append(kLeftOut);
}

/// `host`, `host:port` or `[host]:port`, perhaps several.
std::string shown_hosts(std::string_view hosts) {
  for (std::size_t at = 0; at < hosts.size(); ++at) {
    at = hosts[at] == '[' ? std::min(hosts.find(']', at), hosts.size() - 1) + 1
                          : end_of_plain(hosts, at);
    if (at < hosts.size() && hosts[at] == ':')
      at = std::min(hosts.find_first_not_of(kDigits, at + 1), hosts.size());
    if (at < hosts.size() && hosts[at] != ',')
      return std::string(hosts.substr(0, at)).append(kLeftOut);
  }
  return std::string(hosts);
}

bool is_shown(std::string_view option) {
  const std::size_t equal = option.find('=');
  if (equal == std::string_view::npos) return false;
  const std::string_view value = option.substr(equal + 1);
  // Perhaps the next option, whose `&` is mistyped or encoded.
  const bool is_more = value.find_first_of("=#?") != std::string_view::npos ||
                       (value.find('%') != std::string_view::npos && names_secret(value));
  return std::ranges::find(kShown, option.substr(0, equal)) != kShown.end() && !is_more;
}

/// Behind `?`, up to the first option that isn't known or not well formed.
std::string shown_options(std::string_view options) {
  std::string shown;
  for (std::size_t at = 0; at < options.size();) {
    const std::size_t end = std::min(options.find('&', at), options.size());
    if (!is_shown(options.substr(at, end - at))) return shown.append(kLeftOut);
    shown.append(options.substr(at, end + 1 - at));
    at = end + 1;
  }
  return shown;
}

/// Behind the user: hosts, path, options.
std::string shown_place(std::string_view place) {
  const std::size_t path = std::min(place.find_first_of("/?#"), place.size());
  const std::string_view hosts = place.substr(0, path);
  std::string shown = shown_hosts(hosts);
  if (shown != hosts) return shown;
  const std::size_t options = std::min(place.find_first_of("?#", path), place.size());
  const std::string_view names = place.substr(path, options - path);
  // An option without its `?`.
  const std::size_t option = names.find_first_of("=&:;@");
  if (option != std::string_view::npos)
    return shown.append(names.substr(0, names.rfind('/', option) + 1)).append(kLeftOut);
  shown.append(names);
  if (options == place.size()) return shown;
  if (place[options] == '#') return shown.append("#").append(kLeftOut);
  return shown.append("?").append(shown_options(place.substr(options + 1)));
}

/// Behind the scheme, if it has no password and no part that may be one.
bool is_harmless(std::string_view place) {
  const std::string_view hosts = place.substr(0, place.find_first_of("/?#"));
  const std::size_t user = hosts.find('@');
  if (user != std::string_view::npos) {
    if (shown_user(hosts.substr(0, user)) != hosts.substr(0, user)) return false;
    place.remove_prefix(user + 1);
  }
  return shown_place(place) == place;
}

std::string without_secrets(std::string_view name) {
  const std::size_t colon = name.find(':');
  const std::size_t at = name.rfind('@');
  const bool has_scheme = colon != std::string_view::npos && name.substr(colon, 2) == ":/";
  const bool has_user = at != std::string_view::npos && colon < at;
  const bool is_path = !has_scheme && (name.starts_with('/') || name.starts_with('.'));
  if (is_path || (!has_scheme && !has_user)) {
    if (!names_secret(name) || name.find('=') == std::string_view::npos) return std::string(name);
    return std::string(name.substr(0, name.find('=') + 1)).append(kLeftOut);
  }
  const std::size_t begin =
      has_scheme ? std::min(name.find_first_not_of('/', colon + 1), name.size()) : 0;
  std::string shown(name.substr(0, begin));
  if (has_scheme && is_harmless(name.substr(begin))) return std::string(name);
  if (!has_user || at < begin) return shown + shown_place(name.substr(begin));
  const std::string_view user = name.substr(begin, at - begin);
  shown += shown_user(user);
  // Of an address that is mistyped so, it is not known which part is what.
  if (user.find_first_of("/?#=&") != std::string_view::npos) return shown;
  return shown + "@" + shown_place(name.substr(at + 1));
}

}  // namespace

std::string shown_address(std::string_view name) { return quotable(without_secrets(name), 300); }

bool may_have_password(std::string_view address) { return without_secrets(address) != address; }

}  // namespace ocrtune
