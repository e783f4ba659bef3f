#pragma once

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cstdint>
#include <vector>

namespace ocrtune::test {

/// Has each instruction set that was compiled and that this machine runs chosen in turn. `also`:
/// one that only some kernels are compiled for.
template <typename Check>
void on_every_target(const Check& check, std::int64_t also = 0) {
  std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();
  if ((hwy::SupportedTargets() & also) != 0) targets.push_back(also);
  for (const std::int64_t target : targets) {
    SCOPED_TRACE(hwy::TargetName(target));
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(target);
    check();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().DeInit();
}

}  // namespace ocrtune::test
