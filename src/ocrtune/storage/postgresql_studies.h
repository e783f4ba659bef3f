#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/storage/postgresql_place.h"
#include "ocrtune/storage/sql.h"

namespace ocrtune {

/// What a database tells of a study without opening it.
struct StudyState {
  std::string name;
  std::string definition;  ///< another text after the study was deleted and created again, or was
                           ///< resumed by another program
  std::string version;     ///< another text after trials, scores or a verdict were added, too
  std::int64_t finished_us = 0;  ///< of the latest trial; microseconds since 1970, UTC
  bool driven = false;           ///< a command is working on it (task_queue.h)
  std::string problem;           ///< one line if it cannot be read; else empty
};

/// The studies of a database on a PostgreSQL server, on one connection. Reading needs no write
/// permission. Not thread-safe.
class PostgresqlStudies {
 public:
  /// Connects once. Only the study of `place` is told of; if it names none, all studies of the
  /// database that its user may read and whose schemas have tables but no views, policies,
  /// functions or operators: what looks like a study may be another user's, and reading it would
  /// run that user's functions. This is not watertight, so the other users of the database have to
  /// be trusted. Throws Error(study_error), without the address.
  explicit PostgresqlStudies(const PostgresqlPlace& place);

  /// The studies by name, at most `most`; none if there are no studies. A few queries for each, of
  /// constant time. Errors as the constructor; ConnectionLost if there is no connection any more.
  std::vector<StudyState> look(std::size_t most);

 private:
  /// Those that not every study has and its user may read.
  struct Tables {
    bool driver = false;
    bool verdict = false;
  };

  void look_into(StudyState& study, const Tables& tables);

  std::string only_;  ///< the name of the study; empty: all
  std::unique_ptr<SqlDatabase> database_;
};

}  // namespace ocrtune
