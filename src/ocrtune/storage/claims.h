#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "ocrtune/storage/sql.h"

namespace ocrtune {

/// How long a claim lasts unless it is prolonged, in seconds.
inline constexpr double kLease = 20;

/// How often something is claimed before it is given up.
inline constexpr int kMaxClaims = 3;

/// A name for a worker of this process among all that claim, another one at each call: "HOST:PID:"
/// and 128 random bits in hexadecimal digits, because containers may share a host's name and
/// numbers of processes.
std::string new_worker_name();

/// What messages call a worker: its name without the random bits.
std::string shown_worker(const std::string& name);

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
  /// `order`: columns by which rows are claimed. `returned`: expressions that claim() shows, the id
  /// first.
  Claims(SqlDatabase& database, std::string table, std::string order, std::string returned,
         double lease);

  /// Claims at most `most` rows, fewer if there are not so many, and calls `take` for each. If the
  /// answer to a call was lost, the next ones begin with what it has claimed.
  void claim(const std::string& worker, std::size_t most,
             const std::function<void(const SqlStatement&)>& take);

  /// Prolongs a claim, if the worker still has it.
  void renew(const std::string& worker, std::int64_t id);

  /// Notes that a worker has ended what it had claimed.
  void forget(const std::string& worker, std::int64_t id) { held_[worker].erase(id); }

  /// Gives back all that a worker has claimed, as if it never had.
  void give_back(const std::string& worker);

  /// Which rows were claimed kMaxClaims times, and are not claimed any more: a condition.
  [[nodiscard]] std::string given_up() const;

 private:
  bool claim_unanswered(const std::string& worker, std::size_t most,
                        const std::function<void(const SqlStatement&)>& take);
  bool claim_where(const std::string& which, const std::string& worker, std::size_t most,
                   const std::function<void(const SqlStatement&)>& take);

  std::string table_;
  std::string order_;
  std::string returned_;
  double lease_;
  std::string now_;
  std::string skipping_locked_;
  PreparedStatements statements_;
  std::map<std::string, std::set<std::int64_t>> held_;  // by worker; what `take` has got
  bool asked_ = false;                                  // for a claim, and not answered yet
  bool unanswered_ = false;  // a claim was, once; the server may still come to it
};

}  // namespace ocrtune
