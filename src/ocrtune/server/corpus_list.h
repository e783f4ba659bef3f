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

#include "ocrtune/image/corpus.h"
#include "ocrtune/server/event_hub.h"

namespace ocrtune::server {

/// What a corpus is made of.
struct CorpusRequest {
  std::vector<std::string> inputs;  ///< files, folders or manifests, absolute
  std::string lang;
  bool operator==(const CorpusRequest&) const = default;
};

/// A corpus and what is known of it.
struct CorpusEntry {
  std::string id;
  CorpusRequest request;
  std::string state = "loading";  ///< as CorpusInfo has it
  std::vector<std::string> problems;
  std::shared_ptr<const Corpus> corpus;   ///< once it is loaded
  std::vector<nlohmann::json> baselines;  ///< Scores of each page, or null
  std::size_t page_count = 0;             ///< as it was when it was last loaded
  std::size_t truth_count = 0;
  std::size_t read = 0;
};

/// The event `corpus`, of CorpusInfo.
ServerEvent corpus_event(const nlohmann::json& info);

/// All corpora, kept in a file. Thread-safe.
class CorpusList {
 public:
  /// Takes what the file has; where it is damaged, nothing. `events` is told of every change and
  /// outlives this.
  CorpusList(std::filesystem::path file, EventHub& events);

  /// Nothing is done where it is there already. Throws HttpError(409) where there are 1000.
  void add(const std::string& id, const CorpusRequest& request);

  /// Throws Error(not_found) where there is none of that id, as those that return one's parts.
  void remove(const std::string& id);
  [[nodiscard]] nlohmann::json info(const std::string& id, bool pages) const;
  [[nodiscard]] CorpusRequest request(const std::string& id) const;
  /// Null where it isn't loaded yet. Throws HttpError(409) where no page of it can be read.
  [[nodiscard]] std::shared_ptr<const Corpus> corpus(const std::string& id) const;

  [[nodiscard]] nlohmann::json all() const;

  /// Its pages have come in, with one line for each input that can't be used. One that has been
  /// removed meanwhile stays away; so with those that follow.
  void set_loaded(const std::string& id, std::shared_ptr<const Corpus> corpus,
                  std::vector<std::string> problems);
  void set_failed(const std::string& id, std::vector<std::string> problems);
  void set_baseline(const std::string& id, std::size_t page, nlohmann::json scores);

  /// The first page that isn't read, of one whose pages are being read.
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
