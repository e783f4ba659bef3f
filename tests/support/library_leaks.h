#pragma once

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

namespace ocrtune::test {

/// While it lives, LeakSanitizer takes no notice of what this thread allocates. For what a library
/// is known to lose: its stacks end in the library, so that no suppression could tell them from a
/// handle that we lose.
#ifdef __SANITIZE_ADDRESS__
using LibraryLeaks = __lsan::ScopedDisabler;
#else
struct LibraryLeaks {
  ~LibraryLeaks() {}  // NOLINT(modernize-use-equals-default): so that a variable of it isn't unused
};
#endif

}  // namespace ocrtune::test
