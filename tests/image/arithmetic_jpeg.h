#pragma once

#include "support/encoded.h"

namespace ocrtune::test {

/// A JPEG file of the same coefficients with arithmetic coding.
Bytes with_arithmetic_coding(const Bytes& jpeg);

}  // namespace ocrtune::test
