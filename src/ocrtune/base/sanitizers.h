#pragma once

namespace ocrtune {

/// Whether this was compiled for AddressSanitizer or ThreadSanitizer, which slow everything down.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace ocrtune
