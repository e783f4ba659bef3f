// The functions of libc that make system calls, each failing where fails_now() says so. Those that
// libc makes itself, in stdio or for threads, are failed by the function that was called.
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 32  // so that the names with and without 64 are different functions
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "points.h"

#define REAL(type, name, parameters)                                                 \
  static type(*real_##name) parameters;                                              \
  static void find_##name(void) { *(void**)&real_##name = dlsym(RTLD_NEXT, #name); } \
  __attribute__((constructor)) static void begin_##name(void) { find_##name(); }

// A function that returns `failed`, with errno.
#define FAILS(type, failed, error, name, parameters, arguments) \
  REAL(type, name, parameters)                                  \
  type name parameters {                                        \
    if (fails_now(CALL, #name, error)) return failed;           \
    if (real_##name == NULL) find_##name();                     \
    return real_##name arguments;                               \
  }

// A function that returns an error's number.
#define RETURNS_ERROR(error, name, parameters, arguments) \
  REAL(int, name, parameters)                             \
  int name parameters {                                   \
    const int before = errno;                             \
    if (fails_now(CALL, #name, error)) {                  \
      const int number = errno;                           \
      errno = before;                                     \
      return number;                                      \
    }                                                     \
    if (real_##name == NULL) find_##name();               \
    return real_##name arguments;                         \
  }

// A function that gives back what it was given also when it fails.
#define FAILS_AFTER(type, failed, error, name, parameters, arguments) \
  REAL(type, name, parameters)                                        \
  type name parameters {                                              \
    if (real_##name == NULL) find_##name();                           \
    if (!fails_now(CALL, #name, error)) return real_##name arguments; \
    const int number = errno;                                         \
    real_##name arguments;                                            \
    errno = number;                                                   \
    return failed;                                                    \
  }

// A function of stdio whose caller asks ferror().
#define FAILS_STREAM(error, name, parameters, arguments)                       \
  REAL(size_t, name, parameters)                                               \
  size_t name parameters {                                                     \
    if (fails_now(CALL, #name, error)) {                                       \
      *(int*)file |= 0x20; /* glibc's _IO_ERR_SEEN, by which ferror() knows */ \
      return 0;                                                                \
    }                                                                          \
    if (real_##name == NULL) find_##name();                                    \
    return real_##name arguments;                                              \
  }

// A function with a last argument that may be left out.
#define FAILS_MORE(error, name, parameters, last, arguments, further) \
  REAL(int, name, further)                                            \
  int name parameters {                                               \
    va_list list;                                                     \
    va_start(list, last);                                             \
    void* more = va_arg(list, void*);                                 \
    va_end(list);                                                     \
    if (fails_now(CALL, #name, error)) return -1;                     \
    if (real_##name == NULL) find_##name();                           \
    return real_##name arguments;                                     \
  }

#include "calls.inc"

#ifdef __x86_64__
// It returns twice, so that no function of C may stand around it.
REAL(int, vfork, (void))
__attribute__((used, visibility("hidden"))) void* vfork_to_call(void) {
  if (real_vfork == NULL) find_vfork();
  return fails_now(CALL, "vfork", EAGAIN) ? NULL : *(void**)&real_vfork;
}
__asm__(
    ".text\n.globl vfork\n.type vfork, @function\nvfork:\n"
    "  subq $8, %rsp\n  call vfork_to_call\n  addq $8, %rsp\n"
    "  testq %rax, %rax\n  je 1f\n  jmp *%rax\n1:\n  movl $-1, %eax\n  ret\n.size vfork, "
    ".-vfork\n");
#endif
