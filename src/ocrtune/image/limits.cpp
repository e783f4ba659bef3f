#include "ocrtune/image/limits.h"

#include <algorithm>

#include "ocrtune/base/translation.h"
#include "ocrtune/image/unreadable.h"

namespace ocrtune {

bool fits(double width, double height, const DecodeLimits& limits) {
  return std::max(width, height) <= limits.max_side &&
         width * height <= static_cast<double>(limits.max_pixels);
}

void check_size(double width, double height, const DecodeLimits& limits) {
  if (!(width >= 1 && height >= 1)) unreadable(tr("has no pixels"));
  if (fits(width, height, limits)) return;
  unreadable(tr("is too large: {:.0f}x{:.0f} px, the limit is {} px per side and {} Mpx", width,
                height, limits.max_side, limits.max_pixels / 1'000'000));
}

}  // namespace ocrtune
