#include "ocrtune/base/hash.h"

#include <fmt/format.h>
#include <xxhash.h>

namespace ocrtune {

std::string ContentHash::text() const { return fmt::format("{:016x}{:016x}", high, low); }

ContentHash content_hash(std::span<const std::byte> bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

ContentHash content_hash(std::string_view text) {
  return content_hash(std::as_bytes(std::span(text.data(), text.size())));
}

}  // namespace ocrtune
