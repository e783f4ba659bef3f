#include "ocrtune/base/same_place.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

SamePlace::SamePlace(std::filesystem::path path) : path_(std::move(path)) {
  struct stat about {};
  known_ = ::stat(path_.c_str(), &about) == 0;
  device_ = about.st_dev;
  number_ = about.st_ino;
}

SamePlace::SamePlace(std::filesystem::path path, int descriptor) : path_(std::move(path)) {
  struct stat about {};
  known_ = ::fstat(descriptor, &about) == 0;
  device_ = about.st_dev;
  number_ = about.st_ino;
}

bool SamePlace::is_there() const {
  struct stat about {};
  return known_ && ::stat(path_.c_str(), &about) == 0 && about.st_dev == device_ &&
         about.st_ino == number_;
}

void SamePlace::require() const {
  if (is_there()) return;
  throw Error(Errc::output_unwritable, fmt::format("{}: {}", shown(path_), gone_text()));
}

std::string SamePlace::gone_text() {
  return tr("was deleted, moved or replaced while it was in use");
}

void OutputFolder::prepare() {
  if (prepared_) return prepared_->require();
  make_folder(path_);
  prepared_.emplace(path_);
}

void OutputFolder::require() const {
  if (prepared_) prepared_->require();
}

}  // namespace ocrtune
