#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Where a study lives. What it promises:
/// - A trial is written whole or not at all, and is durable when `append` returns: neither a killed
///   process nor a power cut loses it.
/// - A trial's number is written once. A second writer of the same number fails and changes
/// nothing.
/// - Finished trials are never changed.
/// - Reading needs no permission to write.
/// Every error is Error(study_error) with one line that names the storage. Not thread-safe.
class Storage {
 public:
  virtual ~Storage() = default;

  [[nodiscard]] virtual const StudyDefinition& definition() const = 0;

  /// All finished trials of this program, by number.
  [[nodiscard]] virtual std::vector<Trial> trials() const = 0;

  /// Trials that other programs (Optuna) have added to the study.
  [[nodiscard]] virtual int foreign_trials() const = 0;

  virtual void append(const Trial& trial) = 0;
};

/// Begins a study in a new SQLite file, which Optuna 3.0 and later can open too.
std::unique_ptr<Storage> create_study(const std::filesystem::path& file,
                                      const StudyDefinition& definition);

/// Opens a study to go on with.
std::unique_ptr<Storage> open_study(const std::filesystem::path& file);

/// Opens a study to look at.
std::unique_ptr<Storage> view_study(const std::filesystem::path& file);

/// True where `file` holds a study or anything else, false where it is absent or empty.
bool study_exists(const std::filesystem::path& file);

}  // namespace ocrtune
