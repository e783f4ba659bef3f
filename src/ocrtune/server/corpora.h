#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ocrtune/preview/cached_ocr_results.h"
#include "ocrtune/server/context.h"
#include "ocrtune/server/corpus_list.h"
#include "ocrtune/server/edited_scan.h"
#include "ocrtune/server/input_states.h"

namespace ocrtune::server {

/// Maximum number of inputs of a corpus.
inline constexpr std::size_t kMaxInputs = 10'000;

/// The corpora of the web interface, stored in FOLDER/.ocrtune/corpora.json. Each is loaded in the
/// background when it is first requested, and its original pages are recognized while the server is
/// otherwise idle. Whenever it is requested again, its files are looked at, in the background too,
/// and it is loaded again if some came, changed or went, or a manifest says something else of them;
/// only those that came or changed are decoded. Thread-safe.
class Corpora {
 public:
  /// All must outlive this. `events` gets every change.
  Corpora(const ServerContext& context, PageRecognizer& recognizer, EventHub& events);
  ~Corpora();
  Corpora(const Corpora&) = delete;
  Corpora& operator=(const Corpora&) = delete;

  /// The id of the corpus of these inputs, which is created if necessary; if it exists, it is
  /// refreshed where files have changed. Throws HttpError if an
  /// input is outside the roots, Error(dependency_missing) if the model of a language is not
  /// installed.
  std::string add(const CorpusRequest& request);

  /// Removes a corpus from the list. Throws Error(not_found) if there is none, as do the following.
  void remove(const std::string& id);

  /// Loads the corpus again in the background, so that its number of `loads` grows, even if none of
  /// its files has changed.
  void refresh(const std::string& id);

  /// CorpusInfo of the API, with or without pages; requests the corpus.
  nlohmann::json info(const std::string& id, bool pages);

  /// CorpusInfo of all, without pages, in the order in which they were added.
  [[nodiscard]] nlohmann::json all() const { return list_.all(); }

  /// An event `corpus` for each corpus.
  [[nodiscard]] std::vector<ServerEvent> state_events() const;

  /// The inputs of a corpus.
  [[nodiscard]] CorpusRequest request(const std::string& id) const { return list_.request(id); }

  /// The pages of a corpus. Throws HttpError(409) while it is not loaded yet.
  std::shared_ptr<const Corpus> pages(const std::string& id);

  /// PageRecognition of an original page: the cached one, or a new one. Throws as pages and
  /// CachedOcrResults::get.
  nlohmann::json ocr_result(const std::string& id, std::size_t page);

  /// Replaces the ground truth of a page, and its file, if it still is the one of this version
  /// (truth_version()); returns {version, file}. Throws HttpError(409) if it is another one, which
  /// is then taken over, HttpError(413) above kMaxTruthBytes, Error(output_unwritable), and as
  /// pages and truth_file_of().
  nlohmann::json put_truth(const std::string& id, std::size_t page, const std::string& text,
                           const std::string& version);

  /// Edits a page by hand, if the edits of its file still are those of this version
  /// (EditedScan::version()), and loads the corpus again; returns {version}. Throws HttpError(409)
  /// if they are others, and as pages and EditedScan::save().
  nlohmann::json put_edit(const std::string& id, std::size_t page, const PageEdit& edit,
                          const std::string& version);

  /// Gives other pages of the corpus the edit of this one, apart from whether they are excluded:
  /// `all` of them, or those in `odd` or `even` places; loads the corpus again. Returns {edited,
  /// kept}: how many were edited, and how many could not be, since it is not within them. Throws as
  /// put_edit, HttpError(400) for another word.
  nlohmann::json copy_edit(const std::string& id, std::size_t page, const std::string& which,
                           const std::string& version);

  /// Includes a page that is excluded, `number` of its file from 1. Throws Error(not_found) if
  /// there is none, and as put_edit.
  void include(const std::string& id, const std::string& file, int number);

 private:
  using Clock = std::chrono::steady_clock;

  /// When the files of a corpus are looked at.
  struct Look {
    bool queued = false;
    bool force = true;       // the corpus is loaded even if no file has changed
    bool retry = false;      // look again at `next`, as a file may not be whole yet
    Clock::time_point next;  // not before
  };

  void look(const std::string& id, bool force);
  void retry_looks();
  void begin_look(const std::string& id);
  void queue(const std::string& id, std::optional<FilePage> edited);
  void attempt(const std::string& id, const std::function<void()>& load);
  [[nodiscard]] Corpus unchanged(const std::string& id, const InputStates& states,
                                 const std::optional<FilePage>& edited) const;
  void load(const std::string& id, const std::optional<FilePage>& edited, bool force);
  void read_pages(const std::stop_token& ended);

  const ServerContext& context_;
  CachedOcrResults ocr_results_;
  CorpusList list_;
  std::atomic<bool> stopping_{false};
  std::mutex saving_;  // held while ground truth or edits are compared and written
  std::mutex mutex_;
  std::map<std::string, Look> looks_;          // of the corpora that were requested
  std::map<std::string, InputStates> states_;  // as they were loaded; only the loader has them
  boost::asio::thread_pool loader_{1};
  std::jthread background_;
};

}  // namespace ocrtune::server
