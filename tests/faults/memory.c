#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>

#include "points.h"

void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* old, size_t size);
void* __libc_memalign(size_t alignment, size_t size);

void* malloc(size_t size) {
  return fails_now(MEMORY, "malloc", ENOMEM) ? NULL : __libc_malloc(size);
}

void* calloc(size_t count, size_t size) {
  return fails_now(MEMORY, "calloc", ENOMEM) ? NULL : __libc_calloc(count, size);
}

void* realloc(void* old, size_t size) {
  // With size 0 it frees.
  return size != 0 && fails_now(MEMORY, "realloc", ENOMEM) ? NULL : __libc_realloc(old, size);
}

void* reallocarray(void* old, size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return NULL;
  }
  return realloc(old, bytes);
}

void* memalign(size_t alignment, size_t size) {
  return fails_now(MEMORY, "memalign", ENOMEM) ? NULL : __libc_memalign(alignment, size);
}

void* aligned_alloc(size_t alignment, size_t size) {
  return fails_now(MEMORY, "aligned_alloc", ENOMEM) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void** result, size_t alignment, size_t size) {
  const int before = errno;
  void* block =
      fails_now(MEMORY, "posix_memalign", ENOMEM) ? NULL : __libc_memalign(alignment, size);
  errno = before;
  if (block == NULL) return ENOMEM;
  *result = block;
  return 0;
}
