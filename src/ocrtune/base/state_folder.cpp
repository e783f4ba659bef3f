#include "ocrtune/base/state_folder.h"

#include "ocrtune/base/user_folder.h"

namespace ocrtune {

std::filesystem::path state_folder() { return user_folder("XDG_STATE_HOME", ".local/state"); }

}  // namespace ocrtune
