/* What Debian 12's libraries ask of glibc and 2.31 lacks (symbol_versions.py). Where the C library has a function itself, the
   dynamic linker finds that one first or this one: they do the same. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* 2.32: programs may have several threads. */
char __libc_single_threaded = 0;

/* 2.33: before, functions of the C library's static part that called these. */
enum { kStatVersion = 1, kMknodVersion = 0 };
int __xstat(int, const char*, struct stat*);
int __lxstat(int, const char*, struct stat*);
int __fxstat(int, int, struct stat*);
int __fxstatat(int, int, const char*, struct stat*, int);
int __xmknod(int, const char*, mode_t, dev_t*);
__asm__(".symver __xstat,__xstat@GLIBC_2.2.5");
__asm__(".symver __lxstat,__lxstat@GLIBC_2.2.5");
__asm__(".symver __fxstat,__fxstat@GLIBC_2.2.5");
__asm__(".symver __fxstatat,__fxstatat@GLIBC_2.4");
__asm__(".symver __xmknod,__xmknod@GLIBC_2.2.5");

int stat(const char* path, struct stat* to) { return __xstat(kStatVersion, path, to); }
int lstat(const char* path, struct stat* to) { return __lxstat(kStatVersion, path, to); }
int fstat(int file, struct stat* to) { return __fxstat(kStatVersion, file, to); }
int fstatat(int folder, const char* path, struct stat* to, int flags) {
  return __fxstatat(kStatVersion, folder, path, to, flags);
}
int stat64(const char* path, struct stat64* to) { return stat(path, (struct stat*)to); }
int lstat64(const char* path, struct stat64* to) { return lstat(path, (struct stat*)to); }
int fstat64(int file, struct stat64* to) { return fstat(file, (struct stat*)to); }
int mknod(const char* path, mode_t mode, dev_t device) {
  return __xmknod(kMknodVersion, path, mode, &device);
}

/* 2.34: before, <resolv.h> had macros for these names. */
int __dn_expand(const unsigned char*, const unsigned char*, const unsigned char*, char*, int);
int __dn_skipname(const unsigned char*, const unsigned char*);
int __res_dnok(const char*);
int __res_hnok(const char*);
int __res_query(const char*, int, int, unsigned char*, int);
int __res_nquery(void*, const char*, int, int, unsigned char*, int);
int __res_nsearch(void*, const char*, int, int, unsigned char*, int);
__asm__(".symver __dn_expand,__dn_expand@GLIBC_2.2.5");
__asm__(".symver __dn_skipname,__dn_skipname@GLIBC_2.2.5");
__asm__(".symver __res_dnok,__res_dnok@GLIBC_2.2.5");
__asm__(".symver __res_hnok,__res_hnok@GLIBC_2.2.5");
__asm__(".symver __res_query,__res_query@GLIBC_2.2.5");
__asm__(".symver __res_nquery,__res_nquery@GLIBC_2.2.5");
__asm__(".symver __res_nsearch,__res_nsearch@GLIBC_2.2.5");

int dn_expand(const unsigned char* message, const unsigned char* end, const unsigned char* from,
              char* to, int size) {
  return __dn_expand(message, end, from, to, size);
}
int dn_skipname(const unsigned char* from, const unsigned char* end) {
  return __dn_skipname(from, end);
}
int res_dnok(const char* name) { return __res_dnok(name); }
int res_hnok(const char* name) { return __res_hnok(name); }
int res_query(const char* name, int in_class, int type, unsigned char* to, int size) {
  return __res_query(name, in_class, type, to, size);
}
int res_nquery(void* state, const char* name, int in_class, int type, unsigned char* to,
               int size) {
  return __res_nquery(state, name, in_class, type, to, size);
}
int res_nsearch(void* state, const char* name, int in_class, int type, unsigned char* to,
                int size) {
  return __res_nsearch(state, name, in_class, type, to, size);
}

int close_range(unsigned first, unsigned last, int flags) {
  return (int)syscall(SYS_close_range, first, last, flags);
}

/* 2.36 */
void arc4random_buf(void* to, size_t size) {
  for (size_t done = 0; done < size;) {
    const ssize_t got = getrandom((char*)to + done, size - done, 0);
    if (got < 0) abort();
    done += (size_t)got;
  }
}
uint32_t arc4random(void) {
  uint32_t value;
  arc4random_buf(&value, sizeof value);
  return value;
}
