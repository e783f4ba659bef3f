#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <thread>

#include "ocrtune/server/context.h"
#include "ocrtune/server/corpus_entry.h"
#include "ocrtune/server/page_reader.h"
#include "ocrtune/server/reading_store.h"

namespace ocrtune::server {

/// Loads corpora that are asked for, and reads their pages as they came while nothing else is to be
/// done. Thread-safe.
class CorpusWorker {
 public:
  /// Both outlive this.
  CorpusWorker(const ServerContext& context, CorpusList& list);
  ~CorpusWorker();
  CorpusWorker(const CorpusWorker&) = delete;
  CorpusWorker& operator=(const CorpusWorker&) = delete;

  /// Loads the corpus soon, where that wasn't done yet.
  void want(const std::string& id);

  /// It may be wanted anew.
  void forget(const std::string& id);

  /// PageReading of a page as it came, kept or read now. Throws HttpError: 404 for a page that
  /// there isn't, 503 where the server ends.
  nlohmann::json reading(const std::shared_ptr<const Corpus>& corpus, std::size_t page);

  PageReader& reader() { return reader_; }

 private:
  void load_wanted(const std::stop_token& ended);
  void load(const std::string& id);
  void take_kept_readings(const std::string& id, const Corpus& corpus);
  void read_pages(const std::stop_token& ended);
  ContentHash key_of(const Page& page);

  const ServerContext& context_;
  CorpusList& list_;
  PageReader reader_;
  ReadingStore readings_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> wanted_;
  std::set<std::string> known_;  // were wanted before
  std::jthread loader_;
  std::jthread background_;
};

}  // namespace ocrtune::server
