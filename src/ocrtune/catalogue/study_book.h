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
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ocrtune/audit/export.h"
#include "ocrtune/catalogue/server_studies.h"
#include "ocrtune/catalogue/stamped_cache.h"
#include "ocrtune/catalogue/study_files.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// Maximum size of a study's notes, in bytes of UTF-8.
inline constexpr std::size_t kMaxNoteBytes = std::size_t{64} << 10U;

/// The studies of a folder, and those at given addresses on PostgreSQL servers. The id of a study
/// in the folder is its file name without ".db"; the others have those of ServerStudies. Expensive
/// results are cached in FOLDER/.ocrtune/cache until the study or the program changes. Throws
/// Error(invalid_argument) for an invalid id, Error(not_found) if there is no such study,
/// Error(study_error) if it is damaged or there is no connection to its server. Thread-safe.
class StudyBook {
 public:
  /// `may_read`: whether a study on a server may name that file as one of its pages. Throws
  /// Error(invalid_argument) for an address that is not valid.
  explicit StudyBook(
      std::filesystem::path folder, const std::vector<std::string>& addresses = {},
      std::function<bool(const std::filesystem::path&)> may_read = [](const auto&) {
        return true;
      });
  ~StudyBook();
  StudyBook(const StudyBook&) = delete;
  StudyBook& operator=(const StudyBook&) = delete;

  /// study_entry[] of api.schema.json: those of the folder by name, then those on servers.
  /// `at_work`: files that runs are writing; for these, only what is quickly available. Never
  /// throws because of the content of the files.
  nlohmann::json entries(const std::set<std::string>& at_work);

  /// Begins to look at the studies on servers (ServerStudies::start).
  void watch_servers(const std::function<void()>& changed) { servers_.start(changed); }

  /// The part of entries() that is on servers, as it was when they were looked at last.
  [[nodiscard]] nlohmann::json server_entries() const;

  /// Whether it is the id of a study on a server (ServerStudies::owns).
  [[nodiscard]] bool is_on_server(const std::string& id) const { return servers_.owns(id); }

  /// What a study is called: its file's name, or that in an address. Does not open it.
  [[nodiscard]] std::string name(const std::string& id) const;

  /// StudyData of a study, JSON. For a study that is being written, it may be some seconds old.
  /// Throws Error(study_error) if it has no trial yet.
  std::string data(const std::string& id, bool at_work);

  /// Computes expensive results in advance, until `stop` becomes true. Skips the studies that are
  /// being written, which `at_work` returns at any time. Unchanged studies cost almost nothing.
  void prepare(const std::function<std::set<std::string>()>& at_work,
               const std::atomic<bool>& stop);

  /// told_verdict of study-data.schema.json; null before the first end of a tuning.
  [[nodiscard]] nlohmann::json verdict(const std::string& id) const;

  /// TrialDetail. Throws Error(not_found) if there is no such trial.
  nlohmann::json trial(const std::string& id, std::size_t number) const;

  /// The best pipeline of a study, in TOML.
  std::string best_toml(const std::string& id);

  /// The recipe that a study found, in TOML; nothing before the first end of a tuning.
  [[nodiscard]] std::optional<std::string> recipe_toml(const std::string& id) const;

  /// A file for download: one of export_study, best.toml, recipe.toml, or report.html, which has
  /// fewer pictures if `stop` becomes true. Throws Error(not_found) for another name, and if there
  /// is no recipe.
  std::string exported(const std::string& id, const std::string& name,
                       const std::atomic<bool>& stop);

  /// The names of the files that exported() has for a study, and `audit.zip` if it has those of
  /// audit_files().
  [[nodiscard]] std::vector<std::string> exports(const std::string& id) const;

  /// The files of the Python design (OCR quality audit) for a study. Throws as audit_files().
  std::vector<AuditFile> audit_files(const std::string& id);

  /// The notes on a study; empty if there are none.
  [[nodiscard]] std::string notes(const std::string& id) const;

  /// Stores notes, completely or not at all. Throws Error(output_unwritable).
  void keep_notes(const std::string& id, const std::string& text) const;

  /// Opens the study read-only. The result must not outlive this.
  [[nodiscard]] std::shared_ptr<const Storage> view(const std::string& id) const;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  struct Live;

  nlohmann::json file_entries(const std::set<std::string>& at_work);
  nlohmann::json entry(const std::string& id, bool at_work);
  nlohmann::json live_part(const std::string& id);
  nlohmann::json finished_part(const std::filesystem::path& file, const Storage& study);
  std::string report(const std::string& id, const std::atomic<bool>& stop);
  [[nodiscard]] std::string stamp(const std::string& id) const;
  [[nodiscard]] std::filesystem::path notes_file(const std::string& id) const;

  std::filesystem::path folder_;
  std::function<bool(const std::filesystem::path&)> may_read_;
  StampedCache cache_;
  ServerStudies servers_;
  std::mutex work_;   ///< serializes expensive computations, which need memory and a core
  std::mutex mutex_;  ///< for the following members
  std::map<std::string, std::unique_ptr<Live>> live_;
  struct Fresh {
    std::chrono::steady_clock::time_point made;
    std::chrono::steady_clock::duration cost{};
  };
  std::map<std::string, Fresh> fresh_;
};

}  // namespace ocrtune
