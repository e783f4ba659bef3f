#include "ocrtune/storage/study_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <map>
#include <mutex>
#include <system_error>
#include <utility>

#include "ocrtune/base/address.h"
#include "ocrtune/base/descriptor.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/same_place.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/storage/postgresql_place.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

class FileLock final : public StudyLock {
 public:
  explicit FileLock(fs::path path)
      : path_(std::move(path)),
        file_(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666)) {}
  ~FileLock() override {
    // While it is locked: nobody else has got this file, unless this is a copy after fork().
    if (taken_ && ::getpid() == process_) ::unlink(path_.c_str());
  }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

  [[nodiscard]] bool exists() const { return file_.valid(); }

  /// False, with errno, if that is not possible.
  [[nodiscard]] bool lock() const { return ::flock(file_.get(), LOCK_EX | LOCK_NB) == 0; }

  /// Once it is locked. False if the process that had it before has removed the file meanwhile.
  bool take() { return taken_ = SamePlace(path_, file_.get()).is_there(); }

 private:
  fs::path path_;
  Descriptor file_;
  bool taken_ = false;
  pid_t process_ = ::getpid();
};

/// Null if there can be no such file.
std::shared_ptr<const StudyLock> lock_file(const fs::path& path, const std::string& study) {
  for (;;) {
    auto lock = std::make_shared<FileLock>(path);
    if (!lock->exists()) {
      const int number = errno;
      if (number == EROFS || number == EACCES || number == ENOENT || number == ENOTDIR)
        return nullptr;
      throw Error(Errc::study_error,
                  tr("{}: can't be locked: {}", shown_address(study),
                     system_message(std::error_code(number, std::generic_category()))));
    }
    if (!lock->lock()) {
      if (errno != EWOULDBLOCK) return nullptr;
      throw Error(Errc::study_error,
                  tr("{}: another ocrtune is working on this study; wait until it has ended, or "
                     "name another file for a new study",
                     shown_address(study)));
    }
    if (lock->take()) return lock;
  }
}

}  // namespace

std::shared_ptr<const StudyLock> lock_study(const std::string& study) {
  if (is_postgresql_address(study)) return nullptr;
  static std::mutex mutex;
  static std::map<std::pair<pid_t, fs::path>, std::weak_ptr<const StudyLock>> locks;
  std::error_code failure;
  fs::path path = fs::weakly_canonical(fs::absolute(study), failure);
  if (failure) return nullptr;
  path += "-lock";
  const std::scoped_lock lock(mutex);
  auto& known = locks[{::getpid(), path}];
  auto held = known.lock();
  if (held == nullptr) known = held = lock_file(path, study);
  return held;
}

}  // namespace ocrtune
