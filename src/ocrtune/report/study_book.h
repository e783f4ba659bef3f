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

/// Longest notes of a study that are read, bytes of UTF-8.
inline constexpr std::size_t kMostNoteBytes = std::size_t{64} << 10U;

/// The studies of a folder, by ids: their files' names without ".db". What takes long to work out
/// of one is kept in FOLDER/.ocrtune/cache as long as its file and this program stay what they are.
/// Throws Error(invalid_argument) for an id that is none, Error(not_found) where there is no such
/// study, Error(study_error) where it is damaged. Thread-safe.
class StudyBook {
 public:
  explicit StudyBook(std::filesystem::path folder);
  ~StudyBook();
  StudyBook(const StudyBook&) = delete;
  StudyBook& operator=(const StudyBook&) = delete;

  /// StudyEntry[] of web/src/contract/api.ts, by name. `at_work`: files that runs write now; of
  /// these what can be told quickly. Never throws for what is in the files.
  nlohmann::json entries(const std::set<std::string>& at_work);

  /// StudyData of a study, JSON. Of one at work it may be some seconds old. Throws
  /// Error(study_error) where it has no trial yet.
  std::string data(const std::string& id, bool at_work);

  /// Works out what takes long before somebody looks, but of what is at work, which `at_work` tells
  /// at any time; until `stop` becomes true. What hasn't changed costs next to nothing.
  void prepare(const std::function<std::set<std::string>()>& at_work,
               const std::atomic<bool>& stop);

  /// TrialDetail. Throws Error(not_found) where there is no such trial.
  nlohmann::json trial(const std::string& id, std::size_t number) const;

  /// The pipeline that a study recommends, or its portfolio, in TOML. Throws Error(study_error)
  /// where no portfolio adds anything to the page as it came.
  std::string best_toml(const std::string& id);
  std::string portfolio_toml(const std::string& id);

  /// What a study gives to keep: what export_study writes, best.toml, portfolio.toml, report.html,
  /// from which pictures are left out where `stop` becomes true. Throws Error(not_found) for
  /// another name.
  std::string exported(const std::string& id, const std::string& name,
                       const std::atomic<bool>& stop);

  /// What was written down about a study; empty where nothing was.
  [[nodiscard]] std::string notes(const std::string& id) const;

  /// Keeps notes, whole or not at all. Throws Error(output_unwritable).
  void keep_notes(const std::string& id, const std::string& text) const;

  /// The study, to look at.
  [[nodiscard]] std::unique_ptr<Storage> view(const std::string& id) const;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  struct Live;

  nlohmann::json entry(const std::string& id, bool at_work);
  nlohmann::json live_part(const std::string& id);
  nlohmann::json settled_part(const std::filesystem::path& file, const Storage& study);
  std::string report(const std::string& id, const std::atomic<bool>& stop);
  [[nodiscard]] std::filesystem::path cache_file(const std::string& id, const char* what) const;
  [[nodiscard]] std::filesystem::path notes_file(const std::string& id) const;

  std::filesystem::path folder_;
  std::string program_;  ///< tells this program from others
  std::mutex work_;      ///< what takes long, and memory and a core, is done one after the other
  std::mutex mutex_;     ///< of what follows
  std::map<std::string, std::unique_ptr<Live>> live_;
  struct Fresh {
    std::chrono::steady_clock::time_point made;
    std::chrono::steady_clock::duration cost{};
  };
  std::map<std::string, Fresh> fresh_;
};

}  // namespace ocrtune
