#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "ocrtune/base/error.h"

namespace ocrtune {

/// There is no connection to a server, or it was lost: what was asked for last may have been done
/// or not.
class ConnectionLost : public Error {
 public:
  explicit ConnectionLost(const std::string& phrase) : Error(Errc::study_error, phrase) {}
};

/// Type of a value in a database.
enum class SqlType { null, integer, real, text, other };

/// A statement of a database, with the parameters `?` or `?1`, `?2`, … bound by their place, from 1
/// on. Of SQL, the part that SQLite 3.40 and PostgreSQL 15 have in common. Every function throws
/// Error(study_error) with a phrase that does not name the database.
class SqlStatement {
 public:
  virtual ~SqlStatement() = default;

  virtual void bind_integer(int place, std::int64_t value) = 0;
  virtual void bind(int place, double value) = 0;
  virtual void bind(int place, std::string_view value) = 0;
  void bind(int place, const char* value) { bind(place, std::string_view(value)); }
  template <std::integral Integer>
  void bind(int place, Integer value) {
    bind_integer(place, static_cast<std::int64_t>(value));
  }
  virtual void bind_null(int place) = 0;

  /// Runs a statement that returns no rows. Then it can be bound and run again; what was bound and
  /// is not bound again stays.
  virtual void run() = 0;

  /// The rows of the queries that follow are received one by one instead of all together at the
  /// first: for queries with many rows. No other statement of the connection may run before
  /// the last row, or the end of this object.
  virtual void stream() = 0;

  /// Moves to the next row of a query, at first to the first; false behind the last one. Then the
  /// query can be bound and run again. Its columns count from 0.
  virtual bool next() = 0;

  [[nodiscard]] virtual SqlType type(int column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual double real(int column) const = 0;
  /// Valid until the statement is run or moved.
  [[nodiscard]] virtual std::string_view view(int column) const = 0;
  [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
  [[nodiscard]] int number(int column) const { return static_cast<int>(integer(column)); }
  [[nodiscard]] bool is_null(int column) const { return type(column) == SqlType::null; }
};

/// A connection to a database. Not thread-safe; several may be open at the same time. Errors as
/// those of SqlStatement.
class SqlDatabase {
 public:
  virtual ~SqlDatabase() = default;

  /// Connects again after ConnectionLost: open transactions have ended, statements can be used
  /// again. False if there is no connection yet, and for a database that needs none.
  virtual bool reconnect() = 0;

  /// Runs several statements without parameters or rows.
  virtual void execute(const std::string& script) = 0;

  [[nodiscard]] virtual std::unique_ptr<SqlStatement> prepare(const std::string& statement) = 0;

  /// The columns of a table; none if there is no such table.
  [[nodiscard]] virtual std::set<std::string> columns_of(const std::string& table) = 0;

  /// Makes the schema for tables, if it is missing; in a file there is none. The caller holds the
  /// transaction, here and in the following.
  virtual void create_schema() = 0;

  /// Makes the types that Optuna's tables have in PostgreSQL; in a file there are none.
  virtual void create_optuna_types() = 0;

  /// Runs a script of CREATE statements in SQLite's words, with the types that the database has for
  /// them: whole numbers of 64 bits, real ones of double precision, primary keys that it counts.
  virtual void create_tables(std::string_view script) = 0;

  /// Makes the transactions that follow durable when they are committed.
  virtual void prepare_for_writing() = 0;

  /// Makes what follows fast rather than durable: it may be lost in a power failure, but what is
  /// there afterwards is whole.
  virtual void prepare_for_tasks() = 0;

  /// The database's clock as an expression: seconds since 1970, UTC, with their fractions.
  [[nodiscard]] virtual std::string clock() const = 0;

  /// What a SELECT within an UPDATE ends with so that rows are left out that another connection is
  /// just changing.
  [[nodiscard]] virtual std::string skipping_locked() const = 0;

  /// Begins a transaction that writes: another one waits until it ends.
  virtual void begin() = 0;
  virtual void commit() = 0;
  /// Throws nothing.
  virtual void roll_back() noexcept = 0;
};

/// A statement by its scope.
class Statement {
 public:
  Statement(SqlDatabase& database, const std::string& statement)
      : statement_(database.prepare(statement)) {}

  SqlStatement* operator->() { return statement_.get(); }
  const SqlStatement* operator->() const { return statement_.get(); }
  SqlStatement& operator*() { return *statement_; }

 private:
  std::unique_ptr<SqlStatement> statement_;
};

/// A transaction that writes, undone at the end of its scope unless it was committed.
class Transaction {
 public:
  explicit Transaction(SqlDatabase& database) : database_(database) { database_.begin(); }
  ~Transaction() {
    if (!ended_) database_.roll_back();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() {
    database_.commit();
    ended_ = true;
  }

 private:
  SqlDatabase& database_;
  bool ended_ = false;
};

/// Whether a query has a row. Reads all, so that it can be run again.
inline bool has_row(SqlStatement& query) {
  bool any = false;
  while (query.next()) any = true;
  return any;
}

/// The sum of the first column of a query's rows, whole numbers; 0 for none.
inline std::size_t sum_of(SqlStatement& query) {
  std::size_t sum = 0;
  while (query.next()) sum += static_cast<std::size_t>(query.integer(0));
  return sum;
}

}  // namespace ocrtune
