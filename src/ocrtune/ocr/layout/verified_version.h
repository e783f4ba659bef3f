#pragma once

namespace ocrtune::layout {

/// Whether this is a Tesseract whose source was read for what is assumed of functions and objects
/// that are not public: 5.3 to 5.5.
bool is_verified_version();

}  // namespace ocrtune::layout
