#include "ocrtune/corpus/certificates.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

namespace ocrtune {

std::string certificates_file() {
  constexpr std::array kPlaces{"/etc/ssl/certs/ca-certificates.crt",
                               "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
                               "/etc/ssl/cert.pem"};
  const auto* found = std::ranges::find_if(kPlaces, [](const char* place) {
    std::error_code ignored;
    return std::filesystem::exists(place, ignored);
  });
  return found == kPlaces.begin() || found == kPlaces.end() ? "" : *found;
}

}  // namespace ocrtune
