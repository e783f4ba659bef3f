#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/server/edited_scan.h"
#include "ocrtune/server/event_hub.h"

namespace ocrtune::server {

/// Definition of a corpus.
struct CorpusRequest {
  std::vector<std::string> inputs;  ///< files, folders or manifests, absolute
  std::string lang;
  bool operator==(const CorpusRequest&) const = default;
};

/// A corpus and its state.
struct CorpusEntry {
  std::string id;
  CorpusRequest request;
  std::string state = "loading";  ///< as in CorpusInfo
  std::vector<std::string> problems;
  std::shared_ptr<const Corpus> corpus;  ///< null until loaded
  /// Of each page what set_baseline() was given, or null.
  std::vector<nlohmann::json> baselines;
  std::vector<FilePage> excluded;  ///< pages that are left out by their edits
  std::size_t page_count = 0;      ///< as of the last time it was loaded
  std::size_t truth_count = 0;
  std::size_t read = 0;
  std::size_t loads = 0;  ///< how often it was loaded

  /// Ground truth of a page that was saved.
  struct SavedTruth {
    Page page;  ///< as it was known
    std::optional<Truth> truth;
  };
  bool is_loading = false;               ///< between begin_load and set_loaded or set_failed
  std::vector<SavedTruth> saved_truths;  ///< meanwhile; loading may have read what was before
};

/// The event `corpus` with a CorpusInfo.
ServerEvent corpus_event(const nlohmann::json& info);

/// All corpora, stored in a file. Thread-safe.
class CorpusList {
 public:
  /// Loads the file; starts empty if it is damaged. `events` gets every change and must outlive
  /// this.
  CorpusList(std::filesystem::path file, EventHub& events);

  /// Adds a corpus unless it exists. Throws HttpError(409) if there are 1000.
  void add(const std::string& id, const CorpusRequest& request);

  /// Removes a corpus. Throws Error(not_found) if there is none with that id, as do the getters
  /// below.
  void remove(const std::string& id);
  [[nodiscard]] nlohmann::json info(const std::string& id, bool pages) const;
  [[nodiscard]] CorpusRequest request(const std::string& id) const;
  /// Null if it is not loaded yet. Throws HttpError(409) if no page of it can be read.
  [[nodiscard]] std::shared_ptr<const Corpus> corpus(const std::string& id) const;

  [[nodiscard]] nlohmann::json all() const;

  /// As corpus, null also if it has no readable page.
  [[nodiscard]] std::shared_ptr<const Corpus> loaded(const std::string& id) const;
  [[nodiscard]] std::vector<FilePage> excluded(const std::string& id) const;

  /// Loading begins to read the files of the corpus. Does nothing if the corpus was removed
  /// meanwhile; likewise the following.
  void begin_load(const std::string& id);

  /// Sets the loaded pages, with one line for each input that cannot be used. A page that was
  /// loaded before and has not changed keeps its scores; ground truth that was set since begin_load
  /// replaces what was loaded. Returns the pages as they are then.
  std::shared_ptr<const Corpus> set_loaded(const std::string& id,
                                           std::shared_ptr<const Corpus> corpus,
                                           std::vector<std::string> problems,
                                           std::vector<FilePage> excluded);
  void set_failed(const std::string& id, std::vector<std::string> problems,
                  std::vector<FilePage> excluded);

  /// Sets `scores`, `expected_cer` and measured `reasons` of the OCR result of a page, or an empty
  /// object if it has none, unless `corpus` has been replaced.
  void set_baseline(const std::string& id, const std::shared_ptr<const Corpus>& corpus,
                    std::size_t page, nlohmann::json baseline);

  /// True if the page has its baseline, or `corpus` has been replaced.
  [[nodiscard]] bool has_baseline(const std::string& id,
                                  const std::shared_ptr<const Corpus>& corpus,
                                  std::size_t page) const;

  /// Replaces the ground truth of a page, unless another one has its number now; its OCR result is
  /// scored again.
  void set_truth(const std::string& id, std::size_t page, const Page& known,
                 const std::optional<Truth>& truth);

  /// The first page without an OCR result, of a corpus in progress.
  struct Unread {
    std::string id;
    std::shared_ptr<const Corpus> corpus;
    std::size_t page = 0;
  };
  [[nodiscard]] std::optional<Unread> unread() const;

 private:
  void change(const std::string& id, const std::function<void(CorpusEntry&)>& change);
  [[nodiscard]] const CorpusEntry& at(const std::string& id) const;
  void save() const;

  std::filesystem::path file_;
  EventHub& events_;
  mutable std::mutex mutex_;
  std::vector<CorpusEntry> entries_;
};

}  // namespace ocrtune::server
