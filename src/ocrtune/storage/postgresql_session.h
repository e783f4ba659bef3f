#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/storage/postgresql_place.h"

struct pg_conn;
struct pg_result;

namespace ocrtune {

/// Frees what libpq has made.
struct PostgresqlCloser {
  void operator()(pg_conn* connection) const;
  void operator()(pg_result* result) const;
};
using PostgresqlResult = std::unique_ptr<pg_result, PostgresqlCloser>;

/// A connection to a PostgreSQL server with what is prepared and outstanding on it. Functions throw
/// ConnectionLost, or Error(study_error) with a phrase that does not name the study. Not
/// thread-safe.
class PostgresqlSession {
 public:
  /// Values of a statement's parameters.
  using Values = std::vector<std::optional<std::string>>;

  explicit PostgresqlSession(PostgresqlPlace place);

  /// Connects, also again after the connection was lost. Throws Error(study_error), and not
  /// ConnectionLost, if the server refuses the user, the password or the database.
  void connect();

  /// Whether what is committed has to survive a crash of the server.
  void set_durable(bool durable);

  /// Runs several statements without parameters or rows.
  void execute(const std::string& script);

  /// All rows of a statement.
  PostgresqlResult rows(const std::string& text, const Values& values);

  /// Sends a statement; next_row() returns its rows.
  void stream(const std::string& text, const Values& values);

  /// The next row of the statement of stream(), of which one is in memory at a time; null after the
  /// last one, and then other statements may run.
  PostgresqlResult next_row();

  /// Ends the statement of stream() before its last row.
  void end_stream() noexcept;

  /// Runs a statement that returns no rows; in a transaction, without waiting for its end.
  void run(const std::string& text, const Values& values);

  /// After BEGIN and before COMMIT or ROLLBACK.
  void set_in_transaction(bool in) { in_transaction_ = in; }

  /// Waits for what run() has sent, and throws its first error.
  void finish_outstanding();

  /// Ends what is outstanding, whatever comes of it.
  void forget_outstanding() noexcept;

 private:
  [[noreturn]] void lost();
  void require(const pg_result* result);
  void send(const std::string& name, const Values& values);
  const std::string& prepared(const std::string& text);

  PostgresqlPlace place_;
  bool durable_ = true;
  std::unique_ptr<pg_conn, PostgresqlCloser> connection_;
  std::map<std::string, std::string> names_;  ///< of prepared statements, by their texts
  std::size_t outstanding_ = 0;               ///< statements of run()
  bool in_transaction_ = false;
  bool streaming_ = false;  ///< rows of stream() are outstanding
};

}  // namespace ocrtune
