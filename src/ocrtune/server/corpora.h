#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "ocrtune/preview/kept_readings.h"
#include "ocrtune/server/context.h"
#include "ocrtune/server/corpus_list.h"

namespace ocrtune::server {

/// Inputs that one corpus may have.
inline constexpr std::size_t kMostInputs = 10'000;

/// The corpora that pages are looked at in, kept in FOLDER/.ocrtune/corpora.json. Each is loaded in
/// the background when it is first asked for, and its pages are read as they came while nothing
/// else is to be done. Thread-safe.
class Corpora {
 public:
  /// All outlive this. `events` is told of every change.
  Corpora(const ServerContext& context, PageReader& reader, EventHub& events);
  ~Corpora();
  Corpora(const Corpora&) = delete;
  Corpora& operator=(const Corpora&) = delete;

  /// The id of the corpus of these inputs, made where there is none. Throws HttpError where an
  /// input is outside the roots, Error(dependency_missing) where a language isn't installed.
  std::string add(const CorpusRequest& request);

  /// Forgets it. Throws Error(not_found) where there is none, as all that follow.
  void remove(const std::string& id);

  /// CorpusInfo of the API, with pages or without; asks for the corpus to be loaded.
  nlohmann::json info(const std::string& id, bool pages);

  /// CorpusInfo of all, without pages, those added first first.
  [[nodiscard]] nlohmann::json all() const { return list_.all(); }

  /// An event `corpus` for each.
  [[nodiscard]] std::vector<ServerEvent> state_events() const;

  /// What it was made of.
  [[nodiscard]] CorpusRequest request(const std::string& id) const { return list_.request(id); }

  /// Its pages. Throws HttpError(409) while it isn't loaded yet.
  std::shared_ptr<const Corpus> pages(const std::string& id);

  /// PageReading of a page as it came: the kept one, or read now. Throws as pages and
  /// KeptReadings::get.
  nlohmann::json reading(const std::string& id, std::size_t page);

 private:
  void want(const std::string& id);
  void load(const std::string& id);
  void read_pages(const std::stop_token& ended);

  const ServerContext& context_;
  KeptReadings readings_;
  CorpusList list_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::set<std::string> known_;  // were wanted before
  boost::asio::thread_pool loader_{1};
  std::jthread background_;
};

}  // namespace ocrtune::server
