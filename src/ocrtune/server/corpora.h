#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "ocrtune/image/corpus.h"
#include "ocrtune/server/context.h"

namespace ocrtune::server {

class PageReader;

/// What a corpus is made of.
struct CorpusRequest {
  std::vector<std::string> inputs;  ///< files, folders or manifests, absolute
  std::string lang;
  bool operator==(const CorpusRequest&) const = default;
};

/// Inputs that one corpus may have.
inline constexpr std::size_t kMostInputs = 10'000;

/// Throws HttpError(400) with one line that names the field.
CorpusRequest parse_corpus_request(const nlohmann::json& json);

/// The corpora that pages are looked at in, kept in FOLDER/.ocrtune/corpora.json. Each is loaded in
/// the background when it is first asked for, and its pages are read as they came. Thread-safe.
class Corpora {
 public:
  /// `context` outlives this.
  explicit Corpora(const ServerContext& context);
  ~Corpora();
  Corpora(const Corpora&) = delete;
  Corpora& operator=(const Corpora&) = delete;

  /// The id of the corpus of these inputs, made where there is none. Throws HttpError where an
  /// input is outside the roots, Error(dependency_missing) where a language isn't installed.
  std::string add(const CorpusRequest& request);

  /// Forgets it. Throws HttpError(404) where there is none, as all that follow.
  void remove(const std::string& id);

  /// CorpusInfo of the API, with pages or without; asks for the corpus to be loaded.
  nlohmann::json info(const std::string& id, bool pages);

  /// CorpusInfo of all, without pages, those added first first.
  nlohmann::json all();

  /// What it was made of.
  CorpusRequest request(const std::string& id);

  /// Its pages. Throws HttpError(409) while it isn't loaded yet.
  std::shared_ptr<const Corpus> pages(const std::string& id);

  /// PageReading of a page as it came: the kept one, or read now. Throws HttpError(404) for a page
  /// that there isn't, and as pages.
  nlohmann::json reading(const std::string& id, std::size_t page);

  /// Reads images of its pages.
  PageReader& reader();

  /// `changed` is called, from any thread, with CorpusInfo without pages when one has changed. At
  /// most one such function; set before the server starts.
  void on_change(std::function<void(const nlohmann::json&)> changed);

 private:
  class Store;
  std::unique_ptr<Store> store_;
};

}  // namespace ocrtune::server
