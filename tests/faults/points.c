#define _GNU_SOURCE
#include "points.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <unwind.h>

// The table that tests/e2e/faults.py reads; both know its layout. It is a mapped file, so that it
// stays when the process is killed, and is written where a filter of system calls allows no other
// way.
enum { FRAMES = 32, MODULES = 256, SITES = 1 << 16, NAME = 24, PATH = 120 };
struct Frame {
  uint32_t module;
  uint32_t offset;
};
struct Site {
  uint64_t hash;
  uint64_t first;  // number of its first point
  uint32_t kind;
  uint32_t points;
  char name[NAME];
};
struct Table {
  uint64_t counts[KINDS];
  uint32_t sites_used;
  uint32_t modules_used;
  struct Site failed;
  uint32_t frames_used;
  uint32_t unused;
  struct Frame frames[FRAMES];
  char modules[MODULES][PATH];
  struct Site sites[SITES];
};

static struct Table* table;
static uint64_t fails[KINDS];  // number of the point that fails; 0: none
static int given_error;
static const void* own_start;  // of this library in memory
static unsigned depth;  // innermost frames that tell sites apart, without those of the standard
                        // library; 0: sites aren't told apart
static char in_standard_library[MODULES];  // of each module
static volatile int in_main;
static volatile int lock;
static __thread int counting __attribute__((tls_model("initial-exec")));

struct Stack {
  uint64_t hash;
  unsigned seen, used;
  int whole;  // else only as much of it as tells sites apart
  struct Frame frames[FRAMES];
};

static uint64_t mixed(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 29);
}

static uint64_t hash_of(const char* text) {
  uint64_t hash = 7;
  for (; *text != 0; ++text) hash = mixed(hash, (unsigned char)*text);
  return hash;
}

static uint32_t module_of(const struct dl_find_object* object) {
  const char* path = object->dlfo_link_map->l_name;
  if (*path == 0) path = program_invocation_name;
  uint32_t i = 0;
  while (i < table->modules_used && strncmp(table->modules[i], path, PATH - 1) != 0) ++i;
  if (i == table->modules_used && i + 1 < MODULES) {
    strncpy(table->modules[i], path, PATH - 1);
    in_standard_library[i] =
        strstr(path, "/libstdc++.so") != NULL || strstr(path, "/libc.so") != NULL;
    ++table->modules_used;
  }
  return i;
}

static _Unwind_Reason_Code add_frame(struct _Unwind_Context* context, void* data) {
  struct Stack* stack = data;
  struct dl_find_object object;
  const uintptr_t place = _Unwind_GetIP(context);
  if (place == 0 || _dl_find_object((void*)place, &object) != 0) return _URC_END_OF_STACK;
  // What is below the function that was called.
  if (object.dlfo_map_start == own_start) return _URC_NO_REASON;
  const struct Frame frame = {module_of(&object),
                              (uint32_t)(place - (uintptr_t)object.dlfo_map_start)};
  if (!in_standard_library[frame.module] && stack->seen < depth) {
    ++stack->seen;
    stack->hash = mixed(stack->hash, ((uint64_t)frame.module << 32) ^ frame.offset);
  }
  stack->frames[stack->used++] = frame;
  return stack->used == FRAMES || (!stack->whole && stack->seen == depth) ? _URC_END_OF_STACK
                                                                          : _URC_NO_REASON;
}

static void take_stack(struct Stack* stack, const char* name, int whole) {
  memset(stack, 0, sizeof *stack);
  stack->hash = hash_of(name);
  stack->whole = whole;
  _Unwind_Backtrace(add_frame, stack);
  if (stack->hash == 0) stack->hash = 1;
}

static void note_site(const struct Stack* stack, enum Kind kind, const char* name,
                      uint64_t number) {
  for (uint32_t i = (uint32_t)stack->hash % SITES;; i = (i + 1) % SITES) {
    struct Site* site = &table->sites[i];
    if (site->hash == stack->hash) {
      ++site->points;
      return;
    }
    if (site->hash != 0) continue;
    if (table->sites_used == SITES / 2) return;
    ++table->sites_used;
    *site = (struct Site){stack->hash, number, kind, 1, {0}};
    strncpy(site->name, name, NAME - 1);
    return;
  }
}

static int counted(enum Kind kind, const char* name, int error) {
  const uint64_t number = __atomic_add_fetch(&table->counts[kind], 1, __ATOMIC_RELAXED);
  const int fails_here = number == fails[kind];
  if (!fails_here && (depth == 0 || fails[MEMORY] != 0 || fails[CALL] != 0)) return 0;
  while (__atomic_exchange_n(&lock, 1, __ATOMIC_ACQUIRE) != 0) sched_yield();
  struct Stack stack;
  take_stack(&stack, name, fails_here);
  if (fails_here) {
    table->failed = (struct Site){stack.hash, number, kind, 1, {0}};
    strncpy(table->failed.name, name, NAME - 1);
    memcpy(table->frames, stack.frames, sizeof stack.frames);
    table->frames_used = stack.used;
  } else {
    note_site(&stack, kind, name, number);
  }
  __atomic_store_n(&lock, 0, __ATOMIC_RELEASE);
  if (fails_here) errno = given_error != 0 ? given_error : error;
  return fails_here;
}

int fails_now(enum Kind kind, const char* name, int error) {
  if (!in_main || table == NULL || counting) return 0;
  const int before = errno;
  counting = 1;
  const int fails_here = counted(kind, name, error);
  counting = 0;
  if (!fails_here) errno = before;
  return fails_here;
}

static uint64_t number_in(const char* variable) {
  const char* text = getenv(variable);
  return text == NULL ? 0 : strtoull(text, NULL, 10);
}

__attribute__((constructor)) static void begin(void) {
  const char* program = getenv("OCRTUNE_FAULTS_PROGRAM");
  const char* path = getenv("OCRTUNE_FAULTS_TABLE");
  if (path == NULL || (program != NULL && strcmp(program, program_invocation_short_name) != 0))
    return;
  const int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0 || syscall(SYS_ftruncate, file, sizeof(struct Table)) != 0) _exit(99);
  void* mapped = mmap(NULL, sizeof(struct Table), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  syscall(SYS_close, file);
  if (mapped == MAP_FAILED) _exit(99);
  fails[MEMORY] = number_in("OCRTUNE_FAULTS_MEMORY");
  fails[CALL] = number_in("OCRTUNE_FAULTS_CALL");
  given_error = (int)number_in("OCRTUNE_FAULTS_ERROR");
  depth = (unsigned)number_in("OCRTUNE_FAULTS_SITES");
  if (depth > FRAMES) depth = FRAMES;
  struct dl_find_object own;
  if (_dl_find_object(&own_start, &own) == 0) own_start = own.dlfo_map_start;
  table = mapped;
}

static int (*program_main)(int, char**, char**);

static int counted_main(int argc, char** argv, char** variables) {
  in_main = 1;
  return program_main(argc, argv, variables);
}

// Points count from here: what the loader and the constructors of libraries do before has no code
// of ours around it.
int __libc_start_main(int (*main)(int, char**, char**), int argc, char** argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void* stack_end) {
  int (*real)(int (*)(int, char**, char**), int, char**, void (*)(void), void (*)(void),
              void (*)(void), void*);
  *(void**)&real = dlsym(RTLD_NEXT, "__libc_start_main");
  program_main = main;
  return real(counted_main, argc, argv, init, fini, rtld_fini, stack_end);
}
