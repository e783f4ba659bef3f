#pragma once

#include <dlfcn.h>

namespace ocrtune::layout {

/// Tesseract's own function of a mangled name, of which ours comes first for the linker
/// (README.md); null if there is none.
template <class Function>
Function tesseracts_own(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace ocrtune::layout

/// Declares a function of ours that Tesseract calls in place of its own. It is weak, so that it
/// gives way to Tesseract's where both are linked into one file.
#define OCRTUNE_REPLACES(mangled_name) \
  __asm__(mangled_name) __attribute__((weak, visibility("default")))

/// Declares a function of Tesseract that isn't public; null where it has none of this name.
#define OCRTUNE_MAY_CALL(mangled_name) __asm__(mangled_name) __attribute__((weak))
