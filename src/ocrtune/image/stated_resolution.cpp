#include "ocrtune/image/stated_resolution.h"

#include <cmath>

namespace ocrtune {
namespace {

bool is_one(double dpi) {
  // As PNG has 72 dpi in pixels per metre.
  return dpi >= 10 && dpi <= 4800 && std::abs(dpi - 72) > 0.05;
}

}  // namespace

Resolution stated_resolution(const Resolution& written) {
  return is_one(written.x) && is_one(written.y) ? written : Resolution{};
}

}  // namespace ocrtune
