#pragma once

#include <string>

namespace ocrtune {

/// 32 hexadecimal digits that nobody can guess and that no other process gets: 128 random bits of
/// the system's. Throws Error(dependency_missing) if it provides none. Thread-safe.
std::string random_digits();

}  // namespace ocrtune
