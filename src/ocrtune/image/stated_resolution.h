#pragma once

#include "ocrtune/image/image.h"

namespace ocrtune {

/// The resolution that a file states, or none if programs write it where they know of none: 72 dpi,
/// or less than 10 or more than 4800 in one direction. Thread-safe.
Resolution stated_resolution(const Resolution& written);

}  // namespace ocrtune
