#include "simd_target.h"

#include <fmt/format.h>
#include <hwy/targets.h>

#include <cstdint>
#include <iostream>

namespace ocrtune::bench {

bool hold_to_target(const std::string& name) {
  std::string known;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    known += fmt::format(" {}", hwy::TargetName(target));
    if (name != hwy::TargetName(target)) continue;
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(target);
    return true;
  }
  std::cerr << "--simd takes one of" << known << "\n";
  return false;
}

}  // namespace ocrtune::bench
