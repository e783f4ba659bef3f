#pragma once

#include <csetjmp>
#include <cstddef>
#include <cstdio>
// Needs size_t and FILE before it.
#include <jpeglib.h>

namespace ocrtune {

/// libjpeg's errors, and its warnings of damage: they return to `back`, since it has no other way
/// out. Nothing between there and libjpeg may have a destructor, which they would jump over.
struct JpegFailure {
  jpeg_error_mgr manager;  ///< first, so that its address is this struct's
  std::jmp_buf back;

  JpegFailure() {
    jpeg_std_error(&manager);
    manager.error_exit = leave;
    manager.emit_message = leave_at_warnings;
  }

 private:
  [[noreturn]] static void leave(j_common_ptr info) {
    std::longjmp(reinterpret_cast<JpegFailure*>(info->err)->back, 1);
  }

  /// A negative level is a warning of damage; the others are traces.
  static void leave_at_warnings(j_common_ptr info, int level) {
    if (level < 0) leave(info);
  }
};

}  // namespace ocrtune
