#include "ocrtune/study/postgresql_database.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/study/reconnect.h"
#include "ocrtune/study/sql_dialect.h"

namespace ocrtune {
namespace {

/// Statements whose results may be outstanding: their results fit into the buffers of a connection.
constexpr std::size_t kMostOutstanding = 200;

struct Closer {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, Closer>;
using Result = std::unique_ptr<PGresult, Closer>;

std::string first_line(std::string_view message) {
  if (message.starts_with("ERROR:")) message.remove_prefix(6);
  while (message.starts_with(' ')) message.remove_prefix(1);
  return quotable(message.substr(0, message.find('\n')), 300);
}

[[noreturn]] void fail(const std::string& phrase) { throw Error(Errc::study_error, phrase); }

[[noreturn]] void fail_by_lost_connection(std::string_view message) {
  throw ConnectionLost(
      tr("the connection to PostgreSQL was lost; finished trials are kept; run the same command "
         "again to resume: {}",
         first_line(message)));
}

/// `state`: SQLSTATE, five characters (PostgreSQL's appendix A); empty for an error of libpq's own.
[[noreturn]] void fail_by_state(std::string_view state, std::string_view message) {
  // Connection exceptions, and a server that shuts down or has crashed.
  if (state.empty() || state.starts_with("08") || state.starts_with("57P"))
    fail_by_lost_connection(message);
  if (state == "53100") {
    fail(
        tr("cannot be written: the disk of the server is full; finished trials are kept; run the "
           "same command again to resume"));
  }
  if (state == "55P03") fail(tr("is in use by another program; try again later"));
  if (state == "42501") fail(tr("permission denied: {}", first_line(message)));
  fail(tr("PostgreSQL reports: {}", first_line(message)));
}

/// A connection with what is prepared and outstanding on it.
class Session {
 public:
  explicit Session(PostgresqlPlace place) : place_(std::move(place)) { connect(); }

  /// Throws Error if there is no connection.
  void connect() {
    names_.clear();
    outstanding_ = 0;
    in_transaction_ = false;
    // The later of two equal keywords counts, so that the address can state them.
    const std::pair<const char*, const char*> options[] = {{"connect_timeout", "10"},
                                                           {"keepalives_idle", "10"},
                                                           {"keepalives_interval", "5"},
                                                           {"keepalives_count", "2"},
                                                           {"tcp_user_timeout", "20000"},
                                                           {"fallback_application_name", "ocrtune"},
                                                           {"dbname", place_.connection.c_str()},
                                                           {nullptr, nullptr}};
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : options) {
      names.push_back(name);
      values.push_back(value);
    }
    connection_.reset(PQconnectdbParams(names.data(), values.data(), 1));
    if (connection_ == nullptr) throw std::bad_alloc();
    if (PQstatus(connection_.get()) != CONNECTION_OK)
      throw ConnectionLost(
          tr("no connection to PostgreSQL: {}", first_line(PQerrorMessage(connection_.get()))));
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    execute(
        fmt::format("SET search_path TO \"{}\"; SET lock_timeout TO '30s'; "
                    "SET idle_in_transaction_session_timeout TO '20s'; "
                    "SET client_encoding TO 'UTF8'; SET synchronous_commit TO {}; "
                    "SET datestyle TO ISO",
                    place_.study, durable_ ? "on" : "off"));
  }

  /// Whether what is committed has to survive a crash of the server.
  void set_durable(bool durable) {
    durable_ = durable;
    execute(durable ? "SET synchronous_commit TO on" : "SET synchronous_commit TO off");
  }

  void execute(const std::string& script) {
    finish_outstanding();
    const Result result(PQexec(connection_.get(), script.c_str()));
    require(result.get());
  }

  /// Rows of a statement.
  Result rows(const std::string& text, const std::vector<std::optional<std::string>>& values) {
    finish_outstanding();
    const std::string& name = prepared(text);
    std::vector<const char*> pointers = pointers_to(values);
    Result result(PQexecPrepared(connection_.get(), name.c_str(), static_cast<int>(pointers.size()),
                                 pointers.data(), nullptr, nullptr, 0));
    require(result.get());
    return result;
  }

  void run(const std::string& text, const std::vector<std::optional<std::string>>& values) {
    if (!in_transaction_) {
      (void)rows(text, values);
      return;
    }
    const std::string& name = prepared(text);
    if (PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF &&
        PQenterPipelineMode(connection_.get()) == 0)
      lost();
    std::vector<const char*> pointers = pointers_to(values);
    if (PQsendQueryPrepared(connection_.get(), name.c_str(), static_cast<int>(pointers.size()),
                            pointers.data(), nullptr, nullptr, 0) == 0)
      lost();
    if (++outstanding_ >= kMostOutstanding) finish_outstanding();
  }

  void set_in_transaction(bool in) { in_transaction_ = in; }

  /// Ends what is outstanding, whatever comes of it.
  void forget_outstanding() noexcept {
    try {
      finish_outstanding();
    } catch (const Error&) {
      return;
    }
  }

  void finish_outstanding() {
    if (PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF) return;
    std::string state;
    std::string message;
    outstanding_ = 0;
    if (PQpipelineSync(connection_.get()) == 0) lost();
    for (bool ended = false; !ended;) {
      const Result result(PQgetResult(connection_.get()));
      if (result == nullptr) {
        // Between the results of two statements; of a lost connection, for ever.
        if (PQstatus(connection_.get()) != CONNECTION_OK) lost();
        continue;
      }
      const ExecStatusType status = PQresultStatus(result.get());
      ended = status == PGRES_PIPELINE_SYNC;
      if (status == PGRES_FATAL_ERROR && message.empty()) {
        state = state_of(result.get());
        message = PQresultErrorMessage(result.get());
      }
    }
    if (PQexitPipelineMode(connection_.get()) == 0) lost();
    if (!message.empty()) fail_by_state(state, message);
  }

 private:
  static std::string state_of(const PGresult* result) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state == nullptr ? "" : state;
  }

  [[noreturn]] void lost() { fail_by_lost_connection(PQerrorMessage(connection_.get())); }

  void require(const PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
      return;
    if (PQstatus(connection_.get()) != CONNECTION_OK) lost();
    fail_by_state(state_of(result), PQresultErrorMessage(result));
  }

  /// The name of a statement, prepared at its first use. Not while results are outstanding.
  const std::string& prepared(const std::string& text) {
    const auto found = names_.find(text);
    if (found != names_.end()) return found->second;
    finish_outstanding();
    std::string name = fmt::format("s{}", names_.size());
    const Result result(PQprepare(connection_.get(), name.c_str(), text.c_str(), 0, nullptr));
    require(result.get());
    return names_.emplace(text, std::move(name)).first->second;
  }

  static std::vector<const char*> pointers_to(
      const std::vector<std::optional<std::string>>& values) {
    std::vector<const char*> pointers;
    pointers.reserve(values.size());
    for (const auto& value : values) pointers.push_back(value ? value->c_str() : nullptr);
    return pointers;
  }

  PostgresqlPlace place_;
  bool durable_ = true;
  Connection connection_;
  std::map<std::string, std::string> names_;  // of prepared statements, by their texts
  std::size_t outstanding_ = 0;
  bool in_transaction_ = false;
};

template <typename Number>
Number number_in(std::string_view text) {
  Number number{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size())
    fail(tr("is damaged: `{}` is not a number", quotable(text, 60)));
  return number;
}

class PostgresqlStatement final : public SqlStatement {
 public:
  PostgresqlStatement(Session& session, const std::string& text)
      : session_(session), text_(numbered_parameters(text)) {}

  void bind_integer(int place, std::int64_t value) override { at(place) = std::to_string(value); }
  void bind(int place, double value) override { at(place) = fmt::format("{}", value); }
  void bind(int place, std::string_view value) override {
    if (value.find('\0') != std::string_view::npos || !is_utf8(value))
      fail(tr("cannot keep `{}`, which is not UTF-8", quotable(value, 100)));
    at(place) = std::string(value);
  }
  void bind_null(int place) override { at(place).reset(); }

  void run() override { session_.run(text_, values_); }

  bool next() override {
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
  std::optional<std::string>& at(int place) {
    const auto index = static_cast<std::size_t>(place - 1);
    if (values_.size() <= index) values_.resize(index + 1);
    return values_[index];
  }

  Session& session_;
  std::string text_;
  std::vector<std::optional<std::string>> values_;
  Result rows_;
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

  void prepare_for_writing() override {}
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
    } catch (const Error&) {
      return;  // the connection is lost, and with it the transaction
    }
  }

 private:
  std::string study_;
  Session session_;
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
