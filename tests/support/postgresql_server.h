#pragma once

#include <filesystem>
#include <string>

namespace ocrtune::test {

/// A PostgreSQL server with a cluster of its own in a temporary folder, reached by a socket in it;
/// started by the constructor, and stopped at the end of its scope. Root starts it as the user
/// `postgres`, for PostgreSQL does not run as root.
class PostgresqlServer {
 public:
  /// Throws std::runtime_error with what its programs printed.
  PostgresqlServer();
  ~PostgresqlServer();
  PostgresqlServer(const PostgresqlServer&) = delete;
  PostgresqlServer& operator=(const PostgresqlServer&) = delete;

  /// The address of a study.
  [[nodiscard]] std::string study(const std::string& name) const;

  /// The one that all tests of this process share, started at the first call.
  static PostgresqlServer& shared();

 private:
  std::filesystem::path folder_;
};

}  // namespace ocrtune::test
