#include "ocrtune/server/corpora.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/server/corpus_entry.h"
#include "ocrtune/server/corpus_worker.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {

using nlohmann::json;

namespace {

constexpr std::size_t kMostCorpora = 1000;

std::string id_of(const CorpusRequest& request) {
  return content_hash(json{request.inputs, request.lang}.dump(-1, ' ', false,
                                                              json::error_handler_t::replace))
      .text()
      .substr(0, 16);
}

}  // namespace

/// The list, and what works on it.
class Corpora::Store {
 public:
  explicit Store(const ServerContext& context) : context_(context), worker_(context, list_) {}

  const ServerContext& context_;
  CorpusList list_{context_.own_folder() / "corpora.json"};
  CorpusWorker worker_;
};

Corpora::Corpora(const ServerContext& context) : store_(std::make_unique<Store>(context)) {}

Corpora::~Corpora() = default;

std::string Corpora::add(const CorpusRequest& given) {
  CorpusRequest request{.inputs = {}, .lang = given.lang};
  if (given.inputs.empty() || given.inputs.size() > kMostInputs) {
    throw HttpError(400, fmt::format("`inputs`: must be from 1 to {} files, folders or manifests",
                                     kMostInputs));
  }
  for (const std::string& input : given.inputs) {
    request.inputs.push_back(store_->context_.roots.inside(input).string());
  }
  require_languages(request.lang, tessdata_folder(""));
  std::string id = id_of(request);
  if (store_->list_.add(id, request, kMostCorpora)) store_->list_.tell(id);
  store_->worker_.want(id);
  return id;
}

void Corpora::remove(const std::string& id) {
  store_->list_.remove(id);
  store_->worker_.forget(id);
}

json Corpora::info(const std::string& id, bool pages) {
  json info = store_->list_.info(id, pages);
  store_->worker_.want(id);
  return info;
}

json Corpora::all() { return store_->list_.all(); }

CorpusRequest Corpora::request(const std::string& id) { return store_->list_.request(id); }

std::shared_ptr<const Corpus> Corpora::pages(const std::string& id) {
  auto corpus = store_->list_.corpus(id);
  if (corpus) return corpus;
  store_->worker_.want(id);
  throw HttpError(409, "the corpus isn't loaded yet; try again in a moment");
}

json Corpora::reading(const std::string& id, std::size_t page) {
  return store_->worker_.reading(pages(id), page);
}

PageReader& Corpora::reader() { return store_->worker_.reader(); }

void Corpora::on_change(std::function<void(const json&)> changed) {
  store_->list_.on_change(std::move(changed));
}

}  // namespace ocrtune::server
