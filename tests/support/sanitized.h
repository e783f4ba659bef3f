#pragma once

// Not the macros of the compiler: the tests may be compiled without a sanitizer and linked with a
// library that has one. NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
void __asan_init() __attribute__((weak));
void __tsan_init() __attribute__((weak));
void __lsan_disable() __attribute__((weak));
void __lsan_enable() __attribute__((weak));
}
// NOLINTEND(bugprone-reserved-identifier)

namespace ocrtune::test {

/// Whether this process runs with AddressSanitizer or ThreadSanitizer, which slow everything down.
inline bool is_sanitized() { return &__asan_init != nullptr || &__tsan_init != nullptr; }

/// While it lives, LeakSanitizer takes no notice of what this thread allocates. For what a library
/// is known to lose: its stacks end in the library, so that no suppression could tell them from a
/// handle that we lose.
class LibraryLeaks {
 public:
  LibraryLeaks() {
    if (&__lsan_disable != nullptr) __lsan_disable();
  }
  ~LibraryLeaks() {
    if (&__lsan_enable != nullptr) __lsan_enable();
  }
  LibraryLeaks(const LibraryLeaks&) = delete;
  LibraryLeaks& operator=(const LibraryLeaks&) = delete;
};

}  // namespace ocrtune::test
