#include "ocrtune/catalogue/server_studies.h"

#include <nlohmann/json.hpp>
#include <set>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

ServerStudies::ServerStudies(const std::vector<std::string>& addresses, const StampedCache& cache) {
  std::set<std::string> whole;
  std::set<std::string> given;
  for (const std::string& address : addresses) {
    if (!is_postgresql_address(address)) {
      throw Error(Errc::invalid_argument,
                  tr("{}: is not an address such as {}", quotable(address), kPostgresqlForm));
    }
    const PostgresqlPlace place = postgresql_place_or_database(address);
    if (place.study.empty()) whole.insert(database_token(place));
  }
  for (const std::string& address : addresses) {
    const PostgresqlPlace place = postgresql_place_or_database(address);
    const std::string token = database_token(place);
    if (!place.study.empty() && whole.contains(token)) continue;
    if (!given.insert(place.study + "@" + token).second) continue;
    databases_.push_back(std::make_unique<WatchedDatabase>(address, cache));
  }
}

ServerStudies::~ServerStudies() {
  for (const auto& database : databases_) database->stop();
  for (const auto& database : databases_) database->join();
}

void ServerStudies::start(const std::function<void()>& changed) {
  for (const auto& database : databases_) database->start(changed);
}

nlohmann::json ServerStudies::entries() const {
  nlohmann::json all = nlohmann::json::array();
  for (const auto& database : databases_) {
    for (nlohmann::json& entry : database->entries()) all.push_back(std::move(entry));
  }
  return all;
}

ServerStudies::Found ServerStudies::found(const std::string& id) const {
  const std::size_t at = id.rfind('@');
  if (at == std::string::npos) return {};
  const std::string name = id.substr(0, at);
  const std::string token = id.substr(at + 1);
  for (const auto& database : databases_) {
    if (database->token() == token && database->may_have(name)) return {database.get(), name};
  }
  return {};
}

ServerStudies::Found ServerStudies::required(const std::string& id) const {
  Found one = found(id);
  if (one.database == nullptr)
    throw Error(Errc::not_found, tr("no such study: {}", quotable(id, 60)));
  return one;
}

WatchedStudy ServerStudies::study(const std::string& id) const {
  const Found one = required(id);
  return one.database->study(one.name);
}

std::shared_ptr<const Storage> ServerStudies::view(const std::string& id) const {
  const Found one = required(id);
  return one.database->view(one.name);
}

}  // namespace ocrtune
