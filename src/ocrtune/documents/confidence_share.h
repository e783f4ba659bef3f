#pragma once

#include <string>

namespace ocrtune {

/// A confidence from 0 to 100 as the decimal from 0 to 1 that ALTO and PAGE have.
std::string confidence_share(int confidence);

}  // namespace ocrtune
