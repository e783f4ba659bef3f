#pragma once

#include "ocrtune/base/random.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune::test {

/// A value for each parameter of a stage: anything that it may be, its ends more often than the
/// rest.
Values allowed_values_of(const Stage& stage, Random& random);

}  // namespace ocrtune::test
