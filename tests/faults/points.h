#ifndef OCRTUNE_FAULTS_POINTS_H
#define OCRTUNE_FAULTS_POINTS_H

/// What can fail. A point is one call of either kind.
enum Kind { MEMORY, CALL, KINDS };

/// Counts a point of the process; true, with errno, if it is the one that fails. `name` is that of
/// the function; `error` is the usual reason. Thread-safe.
int fails_now(enum Kind kind, const char* name, int error);

#endif
