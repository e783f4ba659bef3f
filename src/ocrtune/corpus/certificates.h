#pragma once

#include <string>

namespace ocrtune {

/// The file of trusted certificates where this system is not Debian, whose place libcurl knows:
/// that of Fedora, openSUSE or Alpine. Empty if libcurl's own serves, or none is there.
/// Thread-safe.
std::string certificates_file();

}  // namespace ocrtune
