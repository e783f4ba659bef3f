#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "ocrtune/storage/sql.h"

namespace ocrtune {

/// How long a claim lasts unless it is prolonged, in seconds.
inline constexpr double kLease = 20;

/// How often something is claimed before it is given up.
inline constexpr int kMaxClaims = 3;

/// The name of this process among those that claim: "HOST:PID".
std::string process_name();

/// The statements of a database that are used again and again, each prepared at its first use.
class PreparedStatements {
 public:
  explicit PreparedStatements(SqlDatabase& database) : database_(database) {}

  SqlStatement& of(const std::string& text);

 private:
  SqlDatabase& database_;
  std::map<std::string, std::unique_ptr<SqlStatement>> known_;
};

/// What the rows of a table have in common that workers claim for a time (a lease), by the
/// database's clock: the columns id, state ('waiting', 'claimed' or others), worker, claims,
/// claimed and leased. A worker prolongs its claims while it lives; those of one that has ended
/// otherwise are claimed by others. Errors as those of SqlStatement.
class Claims {
 public:
  /// `order`: columns by which rows are claimed. `returned`: expressions that claim() shows.
  Claims(SqlDatabase& database, std::string table, std::string order, std::string returned,
         double lease);

  /// Claims at most `most` rows, fewer if there are not so many, and calls `take` for each.
  void claim(const std::string& worker, std::size_t most,
             const std::function<void(const SqlStatement&)>& take);

  /// Prolongs a claim, if the worker still has it.
  void renew(const std::string& worker, std::int64_t id);

  /// Gives back all that a worker has claimed, as if it never had.
  void give_back(const std::string& worker);

  /// Which rows were claimed kMaxClaims times, and are not claimed any more: a condition.
  [[nodiscard]] std::string given_up() const;

 private:
  bool claim_where(const std::string& which, const std::string& worker, std::size_t most,
                   const std::function<void(const SqlStatement&)>& take);

  std::string table_;
  std::string order_;
  std::string returned_;
  double lease_;
  std::string now_;
  std::string skipping_locked_;
  PreparedStatements statements_;
};

}  // namespace ocrtune
