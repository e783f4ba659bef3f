#include "ocrtune/storage/postgresql_database.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/storage/postgresql_session.h"
#include "ocrtune/storage/reconnect.h"
#include "ocrtune/storage/sql_dialect.h"

namespace ocrtune {
namespace {

template <typename Number>
Number number_in(std::string_view text) {
  Number number{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size())
    throw Error(Errc::study_error, tr("is damaged: `{}` is not a number", quotable(text, 60)));
  return number;
}

class PostgresqlStatement final : public SqlStatement {
 public:
  PostgresqlStatement(PostgresqlSession& session, const std::string& text)
      : session_(session), text_(numbered_parameters(text)) {}
  ~PostgresqlStatement() override {
    if (streams_ && rows_ != nullptr) session_.end_stream();
  }
  PostgresqlStatement(const PostgresqlStatement&) = delete;
  PostgresqlStatement& operator=(const PostgresqlStatement&) = delete;

  void bind_integer(int place, std::int64_t value) override { at(place) = std::to_string(value); }
  void bind(int place, double value) override { at(place) = fmt::format("{}", value); }
  void bind(int place, std::string_view value) override {
    if (value.find('\0') != std::string_view::npos || !is_utf8(value))
      throw Error(Errc::study_error,
                  tr("cannot keep `{}`, which is not UTF-8", quotable(value, 100)));
    at(place) = std::string(value);
  }
  void bind_null(int place) override { at(place).reset(); }

  void run() override { session_.run(text_, values_); }

  void stream() override { streams_ = true; }

  bool next() override {
    if (streams_) return next_of_stream();
    if (rows_ == nullptr) {
      rows_ = session_.rows(text_, values_);
      row_ = -1;
    }
    if (++row_ < PQntuples(rows_.get())) return true;
    rows_.reset();
    return false;
  }

  [[nodiscard]] SqlType type(int column) const override {
    if (PQgetisnull(rows_.get(), row_, column) != 0) return SqlType::null;
    switch (PQftype(rows_.get(), column)) {  // numbers of PostgreSQL's pg_type.dat
      case 20:                               // int8
      case 21:                               // int2
      case 23:                               // int4
        return SqlType::integer;
      case 700:  // float4
      case 701:  // float8
        return SqlType::real;
      case 25:    // text
      case 1043:  // varchar
        return SqlType::text;
      default:
        return SqlType::other;
    }
  }
  [[nodiscard]] std::int64_t integer(int column) const override {
    return number_in<std::int64_t>(view(column));
  }
  [[nodiscard]] double real(int column) const override { return number_in<double>(view(column)); }
  [[nodiscard]] std::string_view view(int column) const override {
    return {PQgetvalue(rows_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(rows_.get(), row_, column))};
  }

 private:
  bool next_of_stream() {
    if (rows_ == nullptr) session_.stream(text_, values_);
    rows_.reset();  // if there is an error, the rows have ended
    rows_ = session_.next_row();
    row_ = 0;
    return rows_ != nullptr;
  }

  std::optional<std::string>& at(int place) {
    const auto index = static_cast<std::size_t>(place - 1);
    if (values_.size() <= index) values_.resize(index + 1);
    return values_[index];
  }

  PostgresqlSession& session_;
  std::string text_;
  PostgresqlSession::Values values_;
  bool streams_ = false;
  PostgresqlResult rows_;  // all of them, or the present one of a stream
  int row_ = -1;
};

class PostgresqlDatabase final : public SqlDatabase {
 public:
  explicit PostgresqlDatabase(const PostgresqlPlace& place)
      : study_(place.study), session_(place) {}

  bool reconnect() override {
    try {
      session_.connect();
      return true;
    } catch (const ConnectionLost&) {
      return false;
    }
  }

  void execute(const std::string& script) override { session_.execute(script); }

  [[nodiscard]] std::unique_ptr<SqlStatement> prepare(const std::string& statement) override {
    return std::make_unique<PostgresqlStatement>(session_, statement);
  }

  [[nodiscard]] std::set<std::string> columns_of(const std::string& table) override {
    std::set<std::string> names;
    const auto query = prepare(
        "SELECT column_name::text FROM information_schema.columns WHERE table_schema = ? AND "
        "table_name = ?");
    query->bind(1, study_);
    query->bind(2, table);
    while (query->next()) names.insert(query->text(0));
    return names;
  }

  void create_schema() override {
    execute(fmt::format("CREATE SCHEMA IF NOT EXISTS \"{}\"", study_));
  }

  void create_optuna_types() override {
    execute(
        "CREATE TYPE studydirection AS ENUM ('NOT_SET', 'MINIMIZE', 'MAXIMIZE');"
        "CREATE TYPE trialstate AS ENUM ('RUNNING', 'COMPLETE', 'PRUNED', 'FAIL', 'WAITING');"
        "CREATE TYPE trialvaluetype AS ENUM ('FINITE', 'INF_POS', 'INF_NEG');"
        "CREATE TYPE trialintermediatevaluetype AS ENUM ('FINITE', 'INF_POS', 'INF_NEG', 'NAN')");
  }

  void create_tables(std::string_view script) override { execute(postgresql_schema(script)); }

  void prepare_for_writing() override { session_.set_durable(true); }
  void prepare_for_tasks() override { session_.set_durable(false); }

  [[nodiscard]] std::string clock() const override {
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION)";
  }
  [[nodiscard]] std::string skipping_locked() const override { return " FOR UPDATE SKIP LOCKED"; }

  void begin() override {
    execute("BEGIN");
    session_.set_in_transaction(true);
    try {
      const auto lock = prepare("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))");
      lock->bind(1, study_);
      (void)lock->next();
    } catch (...) {
      roll_back();
      throw;
    }
  }

  void commit() override {
    session_.finish_outstanding();
    execute("COMMIT");
    session_.set_in_transaction(false);
  }

  void roll_back() noexcept override {
    session_.forget_outstanding();
    session_.set_in_transaction(false);
    try {
      execute("ROLLBACK");
    } catch (const std::exception&) {
      return;  // the connection is lost, and with it the transaction
    }
  }

 private:
  std::string study_;
  PostgresqlSession session_;
};

}  // namespace

std::unique_ptr<SqlDatabase> open_postgresql(const PostgresqlPlace& place,
                                             const Reconnection& reconnection) {
  std::unique_ptr<SqlDatabase> database;
  const auto connect = [&] {
    try {
      database = std::make_unique<PostgresqlDatabase>(place);
    } catch (const ConnectionLost&) {
      return false;
    }
    return true;
  };
  try {
    database = std::make_unique<PostgresqlDatabase>(place);
  } catch (const ConnectionLost&) {
    if (!connect_again(connect, reconnection)) throw;
  }
  return database;
}

}  // namespace ocrtune
