#include "ocrtune/corpus/received_content.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

#include "ocrtune/base/cache_folder.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

[[noreturn]] void cannot_keep(const std::filesystem::path& folder, int number) {
  throw Error(Errc::output_unwritable, tr("{}: can't be written: {}", shown(folder),
                                          system_message({number, std::generic_category()})));
}

/// In the folder for copies, because the one for temporary files may be in memory.
int unnamed_file(const std::filesystem::path& folder) {
  make_folder(folder);
  const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) return file;
  std::string name = (folder / ".ocrtune.part-XXXXXX").string();
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named < 0) cannot_keep(folder, errno);
  ::unlink(name.c_str());
  return named;
}

}  // namespace

bool ReceivedContent::add(std::span<const std::byte> part) {
  if (part.size() > limit_ - size_) return false;
  size_ += part.size();
  if (size_ <= in_memory_) {
    bytes_.insert(bytes_.end(), part.begin(), part.end());
    return true;
  }
  const std::filesystem::path folder = cache_folder();
  if (!rest_.valid()) rest_.reset(unnamed_file(folder));
  if (!write_all(rest_.get(), part)) cannot_keep(folder, errno);
  return true;
}

std::vector<std::byte> ReceivedContent::taken() {
  const std::size_t first = bytes_.size();
  bytes_.resize(size_);
  for (std::size_t at = first; at < bytes_.size();) {
    const ssize_t got = ::pread(rest_.get(), bytes_.data() + at, bytes_.size() - at,
                                static_cast<off_t>(at - first));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) cannot_keep(cache_folder(), got < 0 ? errno : EIO);
    at += static_cast<std::size_t>(got);
  }
  rest_.close();
  size_ = 0;
  return std::exchange(bytes_, {});
}

}  // namespace ocrtune
