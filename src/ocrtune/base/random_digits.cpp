#include "ocrtune/base/random_digits.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstdint>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

std::string random_digits() {
  std::array<std::uint64_t, 2> bits{};
  ssize_t got = 0;
  do {
    got = ::getrandom(bits.data(), sizeof(bits), 0);
  } while (got < 0 && errno == EINTR);
  // So few bytes come whole.
  if (got != sizeof(bits))
    throw Error(Errc::dependency_missing, tr("the system provides no random numbers"));
  return fmt::format("{:016x}{:016x}", bits[0], bits[1]);
}

}  // namespace ocrtune
