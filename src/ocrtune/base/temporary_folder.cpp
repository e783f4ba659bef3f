#include "ocrtune/base/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

TemporaryFolder::TemporaryFolder() {
  const char* given = std::getenv("TMPDIR");
  const std::filesystem::path parent = given == nullptr || *given == '\0' ? "/tmp" : given;
  std::string name = (parent / "ocrtune-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw Error(Errc::output_unwritable, tr("{}: can't be written: {}", shown(parent),
                                            system_message({errno, std::generic_category()})));
  }
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace ocrtune
