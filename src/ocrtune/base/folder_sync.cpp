#include "ocrtune/base/folder_sync.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "ocrtune/base/descriptor.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

void sync_folder(const std::filesystem::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // A folder that may be written to but not read, and file systems that sync none, have to do.
  if (!opened.valid() && errno == EACCES) return;
  if (!opened.valid() || (::fsync(opened.get()) != 0 && errno != EINVAL && errno != ENOTSUP)) {
    throw Error(Errc::output_unwritable,
                tr("{}: can't be written: {}", shown(folder),
                   system_message(std::error_code(errno, std::generic_category()))));
  }
}

}  // namespace ocrtune
