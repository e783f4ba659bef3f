#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>

#include "ocrtune/server/study_files.h"
#include "ocrtune/study/storage.h"
#include "ocrtune/study/study_tail.h"

namespace ocrtune::server {

/// The studies of a folder. What takes long to work out of one is kept in FOLDER/.ocrtune/cache as
/// long as its file and this program stay what they are. Thread-safe.
class StudyBook {
 public:
  explicit StudyBook(std::filesystem::path folder);

  /// StudyEntry[] of web/src/contract/api.ts, by name. `at_work`: files that runs write now; of
  /// these what can be told quickly. Never throws for what is in the files.
  nlohmann::json entries(const std::set<std::string>& at_work);

  /// StudyData of a study, JSON. Of one at work it may be some seconds old. Throws HttpError(404),
  /// Error(study_error) where it is damaged or has no trial yet.
  std::string data(const std::string& id, bool at_work);

  /// TrialDetail. Throws HttpError(404), Error(study_error).
  nlohmann::json trial(const std::string& id, std::size_t number) const;

  /// The pipeline that a study recommends, or its portfolio, in TOML. Throws HttpError(409) where
  /// no portfolio adds anything to the page as it came, HttpError(404), Error(study_error).
  std::string best_toml(const std::string& id);
  std::string portfolio_toml(const std::string& id);

  /// A turn at what takes long: such work is done one after the other, for each takes memory and a
  /// core.
  [[nodiscard]] std::unique_lock<std::mutex> long_work() { return std::unique_lock(work_); }

  /// The study, to look at. Throws HttpError(404), Error(study_error).
  [[nodiscard]] std::unique_ptr<Storage> view(const std::string& id) const;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  /// What is known of a study at work, of which nothing is read twice.
  struct Live {
    explicit Live(const std::filesystem::path& file) : tail(file) {}
    StudyTail tail;
    std::size_t trials = 0;
    std::optional<double> baseline;
    std::optional<double> best;
    std::optional<std::size_t> best_number;
  };

  nlohmann::json entry(const std::string& id, bool at_work);
  nlohmann::json live_part(const std::string& id);
  nlohmann::json settled_part(const std::filesystem::path& file, const Storage& study);
  [[nodiscard]] std::filesystem::path cache_file(const std::string& id, const char* what) const;

  std::filesystem::path folder_;
  std::string program_;  ///< tells this program from others
  std::mutex work_;
  std::mutex mutex_;  ///< of what follows
  std::map<std::string, std::unique_ptr<Live>> live_;
  struct Fresh {
    std::chrono::steady_clock::time_point made;
    std::chrono::steady_clock::duration cost{};
  };
  std::map<std::string, Fresh> fresh_;
};

}  // namespace ocrtune::server
