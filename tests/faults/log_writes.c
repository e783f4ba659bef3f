// A library to preload that logs, in their order, what a program does in a folder: the contents of
// its files, the names in it and what is flushed to the disk. tests/e2e/power_loss.py reads the log
// and builds from it what a power loss leaves. Of files that are mapped nothing is seen; SQLite
// maps the index of its log alone, which it makes anew.
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 32  // so that the names with and without 64 are different functions
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum Event { NAME = 1, UNNAME, RENAME, WRITE, SIZE, SYNC, FOLDER };
struct Record {
  uint32_t event;
  uint32_t path_bytes;
  uint32_t to_bytes;
  uint32_t data_bytes;
  uint64_t file;  // number of its inode
  int64_t at;     // where bytes are written, or the new size
};
enum { LONGEST = 4096 };

static int log_file = -1;
static char folder[LONGEST];
static size_t folder_bytes;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void put(const void* bytes, size_t count) {
  if (syscall(SYS_write, log_file, bytes, count) != (long)count) _exit(99);
}

static void add(enum Event event, uint64_t file, int64_t at, const char* path, const char* to,
                const void* data, size_t count) {
  const int before = errno;
  const struct Record record = {
      event, (uint32_t)strlen(path), (uint32_t)strlen(to), (uint32_t)count, file, at};
  put(&record, sizeof record);
  put(path, record.path_bytes);
  put(to, record.to_bytes);
  if (count > 0) put(data, count);
  errno = before;
}

// The absolute path without `.`, if it is in the folder; also for what isn't there (any more).
static int is_inside(int at, const char* path, char* full) {
  if (log_file < 0) return 0;
  char start[LONGEST] = "";
  if (path[0] != '/') {
    char link[64];
    snprintf(link, sizeof link, at == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", at);
    const ssize_t got = readlink(link, start, sizeof start - 2);
    if (got < 0) return 0;
    start[got] = '/';
    start[got + 1] = 0;
  }
  if (snprintf(full, LONGEST, "%s%s", start, path) >= LONGEST) return 0;
  return strncmp(full, folder, folder_bytes) == 0 &&
         (full[folder_bytes] == '/' || full[folder_bytes] == 0);
}

// The path that an open file had when it was opened.
static int file_is_inside(int file, char* full, struct stat* about) {
  if (log_file < 0 || file == log_file) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t got = readlink(link, full, LONGEST - 1);
  if (got < 0) return 0;
  full[got] = 0;
  return is_inside(AT_FDCWD, full, full + LONGEST) && fstat(file, about) == 0;
}

static uint64_t number_of(const char* path) {
  struct stat about;
  return lstat(path, &about) == 0 ? about.st_ino : 0;
}

#define REAL(type, name, parameters)                                          \
  static type(*real_##name) parameters;                                       \
  static void find_##name(void) {                                             \
    if (real_##name == NULL) *(void**)&real_##name = dlsym(RTLD_NEXT, #name); \
  }

// A call that changes what an open file contains. `logged` adds it, where `got` is what the call
// returned.
#define CHANGES(type, name, parameters, arguments, logged) \
  REAL(type, name, parameters)                             \
  type name parameters {                                   \
    find_##name();                                         \
    char path[2 * LONGEST];                                \
    struct stat about;                                     \
    pthread_mutex_lock(&mutex);                            \
    const type got = real_##name arguments;                \
    const int number = errno;                              \
    if (file_is_inside(file, path, &about)) logged;        \
    pthread_mutex_unlock(&mutex);                          \
    errno = number;                                        \
    return got;                                            \
  }

// A call that changes names: `path` in `at`, and `to` in `to_at`.
#define NAMES(name, parameters, arguments, at, path, to_at, to, logged)                         \
  REAL(int, name, parameters)                                                                   \
  int name parameters {                                                                         \
    find_##name();                                                                              \
    char from_path[LONGEST], to_path[LONGEST];                                                  \
    pthread_mutex_lock(&mutex);                                                                 \
    const int known = is_inside(at, path, from_path), to_known = is_inside(to_at, to, to_path); \
    const int got = real_##name arguments;                                                      \
    const int number = errno;                                                                   \
    (void)known, (void)to_known;                                                                \
    if (got == 0) logged;                                                                       \
    pthread_mutex_unlock(&mutex);                                                               \
    errno = number;                                                                             \
    return got;                                                                                 \
  }

static void add_opened(int file, const char* path, int flags, int was_there) {
  struct stat about;
  if (file < 0 || fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) return;
  if ((flags & O_TMPFILE) != O_TMPFILE && !was_there) add(NAME, about.st_ino, 0, path, "", NULL, 0);
  if ((flags & O_TRUNC) != 0 && was_there) add(SIZE, about.st_ino, 0, "", "", NULL, 0);
}

#define OPENS(name, parameters, folder_file, last, arguments, further)     \
  REAL(int, name, further)                                                 \
  int name parameters {                                                    \
    find_##name();                                                         \
    va_list list;                                                          \
    va_start(list, last);                                                  \
    void* more = va_arg(list, void*);                                      \
    va_end(list);                                                          \
    char full[LONGEST];                                                    \
    if (!is_inside(folder_file, path, full)) return real_##name arguments; \
    pthread_mutex_lock(&mutex);                                            \
    const int was_there = number_of(full) != 0;                            \
    const int file = real_##name arguments;                                \
    const int number = errno;                                              \
    add_opened(file, full, flags, was_there);                              \
    pthread_mutex_unlock(&mutex);                                          \
    errno = number;                                                        \
    return file;                                                           \
  }

#include "log_writes.inc"

__attribute__((constructor)) static void begin(void) {
  const char* path = getenv("OCRTUNE_WRITES_LOG");
  const char* of = getenv("OCRTUNE_WRITES_FOLDER");
  if (path == NULL || of == NULL || strcmp(program_invocation_short_name, "ocrtune") != 0) return;
  folder_bytes = strlen(strncpy(folder, of, LONGEST - 1));
  log_file =
      (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}
