#pragma once

#include <memory>
#include <string>

namespace ocrtune {

/// The right to change a study in a file, which one process at a time has, until the end of this
/// object or of the process: a lock of the file STUDY-lock beside it. Threads of one process share
/// it.
class StudyLock {
 public:
  virtual ~StudyLock() = default;
};

/// Takes the lock of a study, which need not exist yet. Null for a study on a server, which has one
/// process at a time that drives it (TaskQueue), and where there can be no such file: nothing can
/// be written there either. Throws Error(study_error) at once if another process has it.
std::shared_ptr<const StudyLock> lock_study(const std::string& study);

}  // namespace ocrtune
