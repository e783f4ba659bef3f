/* Starts a program with the dynamic linker and the C library that lie beside it, whatever the system has. Linked statically.

   PREFIX/bin/NAME or PREFIX/lib/ocrtune/NAME runs PREFIX/lib/ocrtune/programs/NAME, and tells it its own path by argv[0]. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { kOptions = 6 };

static int cannot(const char* what) {
  fprintf(stderr, "ocrtune: %s: %s\n", what, strerror(errno));
  return 127;
}

int main(int argc, char** argv) {
  static char self[PATH_MAX], folder[PATH_MAX], linker[PATH_MAX + 64], libraries[2 * PATH_MAX + 64], program[2 * PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length < 0) return cannot("/proc/self/exe");
  char* slash = strrchr(self, '/');
  const char* name = slash + 1;
  memcpy(folder, self, (size_t)(slash - self));
  char* last = strrchr(folder, '/');
  if (last != NULL && strcmp(last, "/bin") == 0) strcpy(last, "/lib/ocrtune");
  snprintf(linker, sizeof linker, "%s/glibc/ld-linux-x86-64.so.2", folder);
  /* The programs have been moved, and find the others by this alone. */
  snprintf(libraries, sizeof libraries, "%s/glibc:%s/libs", folder, folder);
  snprintf(program, sizeof program, "%s/programs/%s", folder, name);

  char** arguments = calloc((size_t)argc + kOptions + 2, sizeof *arguments);
  if (arguments == NULL) return cannot("memory");
  char** next = arguments;
  *next++ = linker;
  *next++ = "--inhibit-cache";
  *next++ = "--argv0";
  *next++ = self;
  *next++ = "--library-path";
  *next++ = libraries;
  *next++ = program;
  for (int place = 1; place < argc; ++place) *next++ = argv[place];
  execv(linker, arguments);
  return cannot(linker);
}
