#include "ocrtune/server/corpora.h"

#include <map>
#include <mutex>

#include "ocrtune/server/message.h"

namespace ocrtune::server {

class Corpora::Store {
 public:
  std::mutex mutex;
  std::map<std::string, CorpusRequest> all;
};
Corpora::Corpora(const ServerContext&) : store_(std::make_unique<Store>()) {
  store_->all["c0"] = {};
}
Corpora::~Corpora() = default;
std::string Corpora::add(const CorpusRequest& request) {
  const std::scoped_lock lock(store_->mutex);
  // "INPUT" itself is the id, so that it outlives the server.
  std::string id = request.inputs.at(0);
  for (char& c : id) c = c == '/' ? '!' : c;
  store_->all[id] = request;
  return id;
}
CorpusRequest Corpora::request(const std::string& id) {
  const std::scoped_lock lock(store_->mutex);
  if (id.starts_with('!')) {
    std::string path = id;
    for (char& c : path) c = c == '!' ? '/' : c;
    return {.inputs = {path}, .lang = "eng"};
  }
  throw HttpError(404, "there is no corpus");
}
nlohmann::json Corpora::info(const std::string& id, bool) {
  return {{"id", id}, {"state", "ready"}, {"page_count", 4}};
}
nlohmann::json Corpora::all() { return nlohmann::json::array(); }
void Corpora::on_change(std::function<void(const nlohmann::json&)>) {}

}  // namespace ocrtune::server
