#pragma once

#include <sys/types.h>

#include <string>

namespace ocrtune {

/// "NAME=VALUE" with a value that no other process has in its environment; for kill_family().
/// Throws Error(dependency_missing) if the system provides no random numbers. Thread-safe.
std::string family_mark(const std::string& name);

/// Kills the processes that `ancestor` started, and those that these started, whatever their groups
/// and sessions are: its descendants, and every process with `mark` in its environment, which
/// finds those whose parents have ended. Not `ancestor` itself, which the caller stops before and
/// has not waited for. Waits until they are gone, at most 5 s. Thread-safe.
void kill_family(pid_t ancestor, const std::string& mark);

}  // namespace ocrtune
