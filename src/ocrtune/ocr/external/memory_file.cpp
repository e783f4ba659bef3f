#include "ocrtune/ocr/external/memory_file.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

[[noreturn]] void no_memory() {
  throw Error(Errc::limit_reached, tr("the page can't be given to the engine: {}",
                                      system_message({errno, std::generic_category()})));
}

}  // namespace

MemoryFile::MemoryFile() : file_(::memfd_create("page", MFD_CLOEXEC)) {
  if (file_ < 0) no_memory();
}

MemoryFile::~MemoryFile() { ::close(file_); }

void MemoryFile::write_pgm(const cv::Mat& gray) {
  clear();
  const std::string header = fmt::format("P5\n{} {}\n255\n", gray.cols, gray.rows);
  write(header.data(), header.size());
  if (gray.isContinuous()) {
    write(gray.data, gray.total());
    return;
  }
  for (int y = 0; y < gray.rows; ++y) write(gray.ptr(y), static_cast<std::size_t>(gray.cols));
}

void MemoryFile::write_bytes(std::string_view bytes) {
  clear();
  write(bytes.data(), bytes.size());
}

void MemoryFile::clear() {
  if (::ftruncate(file_, 0) != 0 || ::lseek(file_, 0, SEEK_SET) < 0) no_memory();
}

void MemoryFile::write(const void* bytes, std::size_t count) {
  const auto* at = static_cast<const char*>(bytes);
  while (count > 0) {
    const ssize_t written = ::write(file_, at, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) no_memory();
    at += written;
    count -= static_cast<std::size_t>(written);
  }
}

}  // namespace ocrtune
