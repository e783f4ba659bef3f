#include "ocrtune/training/training_folder.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <system_error>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::training {
namespace fs = std::filesystem;

TrainingFolder::TrainingFolder(const fs::path& models)
    : path_(models / ".ocrtune-train"), lock_(-1) {
  make_folder(path_);
  lock_.reset(::open((path_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!lock_.valid())
    throw Error(Errc::output_unwritable,
                tr("{}: {}", shown(path_),
                   system_message(std::error_code(errno, std::generic_category()))));
  if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0)
    throw Error(Errc::output_unwritable,
                tr("{}: another `ocrtune train` writes its models there", shown(models)));
}

TrainingFolder::~TrainingFolder() {
  std::error_code ignored;
  if (!fs::exists(kept(), ignored)) remove();
}

void TrainingFolder::remove_scratch() const {
  std::error_code ignored;
  fs::remove_all(scratch(), ignored);
}

void TrainingFolder::remove() const {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  fs::remove(path_.parent_path(), ignored);
}

}  // namespace ocrtune::training
