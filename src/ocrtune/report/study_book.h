#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>

#include "ocrtune/report/study_files.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {

/// Maximum size of a study's notes, in bytes of UTF-8.
inline constexpr std::size_t kMostNoteBytes = std::size_t{64} << 10U;

/// The studies of a folder. The id of a study is its file name without ".db". Expensive results are
/// cached in FOLDER/.ocrtune/cache until the study's file or the program changes. Throws
/// Error(invalid_argument) for an invalid id, Error(not_found) if there is no such study,
/// Error(study_error) if it is damaged. Thread-safe.
class StudyBook {
 public:
  explicit StudyBook(std::filesystem::path folder);
  ~StudyBook();
  StudyBook(const StudyBook&) = delete;
  StudyBook& operator=(const StudyBook&) = delete;

  /// StudyEntry[] of web/src/contract/api.ts, by name. `at_work`: files that runs are writing; for
  /// these, only what is quickly available. Never throws because of the content of the files.
  nlohmann::json entries(const std::set<std::string>& at_work);

  /// StudyData of a study, JSON. For a study that is being written, it may be some seconds old.
  /// Throws Error(study_error) if it has no trial yet.
  std::string data(const std::string& id, bool at_work);

  /// Computes expensive results in advance, until `stop` becomes true. Skips the studies that are
  /// being written, which `at_work` returns at any time. Unchanged studies cost almost nothing.
  void prepare(const std::function<std::set<std::string>()>& at_work,
               const std::atomic<bool>& stop);

  /// TrialDetail. Throws Error(not_found) if there is no such trial.
  nlohmann::json trial(const std::string& id, std::size_t number) const;

  /// The pipeline or portfolio that a study recommends, in TOML. Throws Error(study_error) if no
  /// portfolio adds anything to the original page.
  std::string best_toml(const std::string& id);
  std::string portfolio_toml(const std::string& id);

  /// A file for download: one of export_study, best.toml, portfolio.toml, or report.html, which has
  /// fewer pictures if `stop` becomes true. Throws Error(not_found) for another name.
  std::string exported(const std::string& id, const std::string& name,
                       const std::atomic<bool>& stop);

  /// The notes on a study; empty if there are none.
  [[nodiscard]] std::string notes(const std::string& id) const;

  /// Stores notes, completely or not at all. Throws Error(output_unwritable).
  void keep_notes(const std::string& id, const std::string& text) const;

  /// Opens the study read-only.
  [[nodiscard]] std::unique_ptr<Storage> view(const std::string& id) const;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  struct Live;

  nlohmann::json entry(const std::string& id, bool at_work);
  nlohmann::json live_part(const std::string& id);
  nlohmann::json finished_part(const std::filesystem::path& file, const Storage& study);
  std::string report(const std::string& id, const std::atomic<bool>& stop);
  [[nodiscard]] std::filesystem::path cache_file(const std::string& id, const char* what) const;
  [[nodiscard]] std::filesystem::path notes_file(const std::string& id) const;

  std::filesystem::path folder_;
  std::string program_;  ///< identifies this program and version
  std::mutex work_;      ///< serializes expensive computations, which need memory and a core
  std::mutex mutex_;     ///< for the following members
  std::map<std::string, std::unique_ptr<Live>> live_;
  struct Fresh {
    std::chrono::steady_clock::time_point made;
    std::chrono::steady_clock::duration cost{};
  };
  std::map<std::string, Fresh> fresh_;
};

}  // namespace ocrtune
