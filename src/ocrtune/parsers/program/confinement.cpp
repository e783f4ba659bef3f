#include "ocrtune/parsers/program/confinement.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <new>
#include <string>
#include <system_error>

#include "ocrtune/base/descriptor.h"
#include "ocrtune/base/program_file.h"
#include "ocrtune/base/sanitizers.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

/// What libraries say on standard error is kept up to this size.
constexpr rlim_t kMostWritten = rlim_t{1} << 20U;

/// What remains: reading files, memory, threads, time, and the descriptors that are there.
constexpr std::array kAllowed{
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(pread64),
    SCMP_SYS(preadv),
    SCMP_SYS(lseek),
    SCMP_SYS(_llseek),
    SCMP_SYS(close),
    SCMP_SYS(close_range),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(dup3),
    SCMP_SYS(fstat),
    SCMP_SYS(fstat64),
    SCMP_SYS(stat),
    SCMP_SYS(stat64),
    SCMP_SYS(lstat),
    SCMP_SYS(lstat64),
    SCMP_SYS(newfstatat),
    SCMP_SYS(fstatat64),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
    SCMP_SYS(getdents),
    SCMP_SYS(fadvise64),
    SCMP_SYS(readahead),
    SCMP_SYS(mmap),
    SCMP_SYS(mmap2),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(mprotect),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(membarrier),
    SCMP_SYS(futex),
    SCMP_SYS(futex_time64),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(arch_prctl),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getppid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_gettime64),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clock_nanosleep_time64),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getcpu),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(getrusage),
    SCMP_SYS(getrlimit),
    SCMP_SYS(ugetrlimit),
    SCMP_SYS(setrlimit),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(recvmsg),
    SCMP_SYS(recvfrom),
    SCMP_SYS(sendto),
};

struct Release {
  void operator()(void* filter) const { seccomp_release(filter); }
};

/// Everything else fails as what is not permitted does.
void filter_system_calls() {
  const std::unique_ptr<void, Release> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
  if (!filter) throw std::bad_alloc();
  const auto allow = [&](int call) { seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0); };
  const auto allow_if = [&](int call, scmp_arg_cmp condition) {
    seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 1, &condition);
  };
  for (const int call : kAllowed) allow(call);
  constexpr scmp_datum_t kWriting = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
  allow_if(SCMP_SYS(open), SCMP_A1(SCMP_CMP_MASKED_EQ, kWriting, 0));
  allow_if(SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, kWriting, 0));
  // Other commands have signals sent, or take leases.
  for (const int command : {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL}) {
    for (const int call : {SCMP_SYS(fcntl), SCMP_SYS(fcntl64)})
      allow_if(call, SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(command)));
  }
  // A thread, no process. What asks with clone3 asks again with clone where that is not there.
  allow_if(SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
  seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
  // Its own limits, and abort().
  allow_if(SCMP_SYS(prlimit64), SCMP_A0(SCMP_CMP_EQ, 0));
  allow_if(SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid())));
  allow_if(SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME));
  // Other errors are those of a kernel that has none.
  if (seccomp_load(filter.get()) == -ENOMEM) throw std::bad_alloc();
}

/// A file, or those below a folder, may be read.
void allow_reading(int rules, const std::string& path) {
  const Descriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC));
  struct stat status {};
  if (!place.valid() || ::fstat(place.get(), &status) != 0) return;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
  if (S_ISDIR(status.st_mode)) rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
  rule.parent_fd = place.get();
  ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

/// Folders of models may have links to those of several.
void allow_targets_of_links(int rules, const fs::path& folder) {
  std::error_code failure;
  for (fs::directory_iterator it(folder, failure); !failure && it != fs::directory_iterator();
       it.increment(failure)) {
    std::error_code ignored;
    if (it->is_symlink(ignored)) allow_reading(rules, it->path());
  }
}

void restrict_reading(const std::vector<std::string>& folders) {
  landlock_ruleset_attr handled{};
  handled.handled_access_fs = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  const Descriptor rules(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0)));
  if (!rules.valid()) return;
  for (const char* needed : {"/usr", "/lib", "/lib64", "/etc/fonts", "/etc/ld.so.cache",
                             "/etc/localtime", "/var/cache/fontconfig", "/opt", "/nix",
                             "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu"})
    allow_reading(rules.get(), needed);
  // Libraries and fonts that come with the program.
  allow_reading(rules.get(), program_file().parent_path());
  for (const std::string& folder : folders) {
    allow_reading(rules.get(), folder);
    allow_targets_of_links(rules.get(), folder);
    allow_targets_of_links(rules.get(), fs::path(folder) / "script");
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
    for (const char* fonts :
         {"/.fonts", "/.local/share/fonts", "/.cache/fontconfig", "/.config/fontconfig"})
      allow_reading(rules.get(), std::string(home) + fonts);
  }
  ::syscall(SYS_landlock_restrict_self, rules.get(), 0);
}

/// `hard`: the limit that cannot be lifted again.
void limit(__rlimit_resource resource, rlim_t most, rlim_t hard = RLIM_INFINITY) {
  rlimit now{};
  if (::getrlimit(resource, &now) != 0) return;
  now.rlim_max = std::min(hard, now.rlim_max);
  now.rlim_cur = std::min(most, now.rlim_max);
  ::setrlimit(resource, &now);
}

}  // namespace

void confine(const std::vector<std::string>& folders) {
  ::signal(SIGXFSZ, SIG_IGN);
  limit(RLIMIT_FSIZE, kMostWritten, kMostWritten);
  limit(RLIMIT_CORE, 0, 0);
  // Sanitizers make system calls of their own.
  if (kSanitized) return;
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  restrict_reading(folders);
  filter_system_calls();
}

void limit_memory(std::uint64_t bytes) {
  if (!kSanitized) limit(RLIMIT_DATA, bytes);
}

}  // namespace ocrtune
