#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "ocrtune/catalogue/watched_database.h"

namespace ocrtune {

/// The studies at given addresses on PostgreSQL servers, each a study or a whole database
/// (WatchedDatabase). No other study can be opened, whatever the id. Thread-safe.
class ServerStudies {
 public:
  /// `cache`: for results. Throws Error(invalid_argument) for an address that is not valid, or has
  /// a password.
  ServerStudies(const std::vector<std::string>& addresses, const StampedCache& cache);
  ~ServerStudies();
  ServerStudies(const ServerStudies&) = delete;
  ServerStudies& operator=(const ServerStudies&) = delete;

  /// Begins to look at them, until the end. `changed` is called in any thread when entries() has
  /// changed; it must not throw.
  void start(const std::function<void()>& changed);

  /// study_entry[] of api.schema.json, in the order of the addresses.
  [[nodiscard]] nlohmann::json entries() const;

  /// Whether the id is one of a study at these addresses, if there is such a study: NAME@TOKEN with
  /// the database's token.
  [[nodiscard]] bool owns(const std::string& id) const { return found(id).database != nullptr; }

  /// As WatchedDatabase; Error(not_found) if owns() is false.
  [[nodiscard]] WatchedStudy study(const std::string& id) const;
  [[nodiscard]] std::shared_ptr<const Storage> view(const std::string& id) const;

 private:
  struct Found {
    WatchedDatabase* database = nullptr;
    std::string name;
  };

  [[nodiscard]] Found found(const std::string& id) const;
  [[nodiscard]] Found required(const std::string& id) const;

  std::vector<std::unique_ptr<WatchedDatabase>> databases_;
};

}  // namespace ocrtune
