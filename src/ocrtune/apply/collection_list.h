#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "ocrtune/apply/shared_journal.h"
#include "ocrtune/storage/claims.h"
#include "ocrtune/storage/sql.h"

namespace ocrtune {

/// The list of files in the tables of a SharedJournal: one worker makes it, in parts, while others
/// wait. What it has listed is kept apart until the list is complete, so that nothing of it remains
/// if the worker ends before. Errors as those of SqlStatement.
class CollectionList {
 public:
  /// `lease`: how long a worker is taken to live that tells nothing, in seconds.
  CollectionList(SqlDatabase& database, double lease);

  /// The turn of a worker; `others`: other workers live. The caller holds the transaction.
  Turn turn_of(const std::string& worker, bool others);

  /// Adds files to what a worker has listed; `first`: how many there are before them. A path that
  /// is there already is left out. Throws Error(study_error) if the turn has passed to another
  /// worker, because this one had lost its connection for longer than a lease.
  void list(const std::string& worker, std::size_t first, std::span<const CollectionFile> files);

  /// Adds what a worker has listed to the files of the collection, and lets those that failed be
  /// tried again. Or returns, and adds nothing, a line on two that would have the same output.
  /// Throws as list(). May be called again if the connection was lost.
  std::string complete(const std::string& worker);

  /// Removes what a worker has listed and has not completed; it lists no longer.
  void forget(const std::string& worker);

 private:
  void begin(const std::string& worker);
  void require_turn(const std::string& worker);
  std::string collision(const std::string& worker);

  SqlDatabase& database_;
  double lease_;
  std::string now_;
  PreparedStatements statements_;
};

}  // namespace ocrtune
