#include "ocrtune/storage/postgresql_session.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <exception>
#include <memory>
#include <new>
#include <regex>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/storage/sql.h"

namespace ocrtune {
namespace {

/// Statements whose results may be outstanding: their results fit into the buffers of a connection.
constexpr std::size_t kMaxOutstanding = 200;

std::string first_line(std::string_view message) {
  if (message.starts_with("ERROR:")) message.remove_prefix(6);
  while (message.starts_with(' ')) message.remove_prefix(1);
  return quotable(message.substr(0, message.find('\n')), 300);
}

[[noreturn]] void fail_with(const std::string& phrase) { throw Error(Errc::study_error, phrase); }

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
    fail_with(
        tr("cannot be written: the disk of the server is full; finished trials are kept; run the "
           "same command again to resume"));
  }
  if (state == "55P03") fail_with(tr("is in use by another program; try again later"));
  if (state == "42501") fail_with(tr("permission denied: {}", first_line(message)));
  fail_with(tr("PostgreSQL reports: {}", first_line(message)));
}

/// Whether it is of no use to connect again: the user, the password or the database is wrong, or
/// the user may not connect.
bool is_refusal(std::string_view state) {
  return state.starts_with("28") || state.starts_with("3D") || state == "42501";
}

/// Connects once more, because only so libpq tells the SQLSTATE with which the server refuses a
/// connection; empty if it does not within a few seconds.
std::string state_of_refusal(const std::vector<const char*>& names,
                             const std::vector<const char*>& values) {
  constexpr int kPatience = 3000;  // ms, for each answer
  const std::unique_ptr<PGconn, PostgresqlCloser> again(
      PQconnectStartParams(names.data(), values.data(), 1));
  if (again == nullptr) throw std::bad_alloc();
  PQsetErrorVerbosity(again.get(), PQERRORS_VERBOSE);
  for (auto state = PGRES_POLLING_WRITING;
       state == PGRES_POLLING_READING || state == PGRES_POLLING_WRITING;
       state = PQconnectPoll(again.get())) {
    struct pollfd socket {
      .fd = PQsocket(again.get()),
      .events = static_cast<short>(state == PGRES_POLLING_READING ? POLLIN : POLLOUT), .revents = 0
    };
    if (socket.fd < 0 || ::poll(&socket, 1, kPatience) <= 0) return "";
  }
  // "…: FATAL:  28P01: password authentication failed …", whatever the language.
  static const std::regex kPattern(R"(: +([0-9][0-9A-Z]{4}): )");
  std::cmatch found;
  return std::regex_search(PQerrorMessage(again.get()), found, kPattern) ? found[1].str() : "";
}

std::string state_of(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state == nullptr ? "" : state;
}

std::vector<const char*> pointers_to(const PostgresqlSession::Values& values) {
  std::vector<const char*> pointers;
  pointers.reserve(values.size());
  for (const auto& value : values) pointers.push_back(value ? value->c_str() : nullptr);
  return pointers;
}

}  // namespace

void PostgresqlCloser::operator()(PGconn* connection) const { PQfinish(connection); }
void PostgresqlCloser::operator()(PGresult* result) const { PQclear(result); }

PostgresqlSession::PostgresqlSession(PostgresqlPlace place) : place_(std::move(place)) {
  connect();
}

void PostgresqlSession::connect() {
  names_.clear();
  outstanding_ = 0;
  in_transaction_ = false;
  streaming_ = false;
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
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    const std::string why = first_line(PQerrorMessage(connection_.get()));
    if (PQconnectionNeedsPassword(connection_.get()) != 0)
      fail_with(tr("PostgreSQL asks for a password; passwords belong into the file ~/.pgpass"));
    if (is_refusal(state_of_refusal(names, values)))
      fail_with(tr("PostgreSQL refuses the connection: {}", why));
    throw ConnectionLost(tr("no connection to PostgreSQL: {}", why));
  }
  PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
  execute(
      fmt::format("SET search_path TO \"{}\"; SET lock_timeout TO '30s'; "
                  "SET idle_in_transaction_session_timeout TO '20s'; "
                  "SET client_encoding TO 'UTF8'; SET synchronous_commit TO {}; "
                  "SET datestyle TO ISO",
                  place_.study, durable_ ? "on" : "off"));
}

void PostgresqlSession::set_durable(bool durable) {
  durable_ = durable;
  execute(durable ? "SET synchronous_commit TO on" : "SET synchronous_commit TO off");
}

void PostgresqlSession::execute(const std::string& script) {
  finish_outstanding();
  const PostgresqlResult result(PQexec(connection_.get(), script.c_str()));
  require(result.get());
}

PostgresqlResult PostgresqlSession::rows(const std::string& text, const Values& values) {
  finish_outstanding();
  const std::string& name = prepared(text);
  const std::vector<const char*> pointers = pointers_to(values);
  PostgresqlResult result(PQexecPrepared(connection_.get(), name.c_str(),
                                         static_cast<int>(pointers.size()), pointers.data(),
                                         nullptr, nullptr, 0));
  require(result.get());
  return result;
}

void PostgresqlSession::stream(const std::string& text, const Values& values) {
  finish_outstanding();
  send(prepared(text), values);
  if (PQsetSingleRowMode(connection_.get()) == 0) lost();
  streaming_ = true;
}

PostgresqlResult PostgresqlSession::next_row() {
  PostgresqlResult result(PQgetResult(connection_.get()));
  if (PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE) return result;
  streaming_ = false;
  while (PostgresqlResult(PQgetResult(connection_.get())) != nullptr) continue;
  require(result.get());
  return nullptr;
}

void PostgresqlSession::end_stream() noexcept {
  if (!std::exchange(streaming_, false)) return;
  PGcancel* cancellation = PQgetCancel(connection_.get());
  std::array<char, 256> ignored{};
  if (cancellation != nullptr) PQcancel(cancellation, ignored.data(), ignored.size());
  PQfreeCancel(cancellation);
  while (PostgresqlResult(PQgetResult(connection_.get())) != nullptr) continue;
}

void PostgresqlSession::run(const std::string& text, const Values& values) {
  if (!in_transaction_) {
    (void)rows(text, values);
    return;
  }
  const std::string& name = prepared(text);
  if (PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF &&
      PQenterPipelineMode(connection_.get()) == 0)
    lost();
  send(name, values);
  if (++outstanding_ >= kMaxOutstanding) finish_outstanding();
}

void PostgresqlSession::forget_outstanding() noexcept {
  end_stream();
  try {
    finish_outstanding();
  } catch (const std::exception&) {
    return;
  }
}

void PostgresqlSession::finish_outstanding() {
  if (streaming_) throw std::logic_error("rows of another statement are outstanding");
  if (PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF) return;
  std::string state;
  std::string message;
  outstanding_ = 0;
  if (PQpipelineSync(connection_.get()) == 0) lost();
  for (bool ended = false; !ended;) {
    const PostgresqlResult result(PQgetResult(connection_.get()));
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

void PostgresqlSession::lost() { fail_by_lost_connection(PQerrorMessage(connection_.get())); }

void PostgresqlSession::require(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
    return;
  if (PQstatus(connection_.get()) != CONNECTION_OK) lost();
  fail_by_state(state_of(result), PQresultErrorMessage(result));
}

void PostgresqlSession::send(const std::string& name, const Values& values) {
  const std::vector<const char*> pointers = pointers_to(values);
  if (PQsendQueryPrepared(connection_.get(), name.c_str(), static_cast<int>(pointers.size()),
                          pointers.data(), nullptr, nullptr, 0) == 0)
    lost();
}

/// The name of a statement, prepared at its first use. Not while results are outstanding.
const std::string& PostgresqlSession::prepared(const std::string& text) {
  const auto found = names_.find(text);
  if (found != names_.end()) return found->second;
  finish_outstanding();
  std::string name = fmt::format("s{}", names_.size());
  const PostgresqlResult result(
      PQprepare(connection_.get(), name.c_str(), text.c_str(), 0, nullptr));
  require(result.get());
  return names_.emplace(text, std::move(name)).first->second;
}

}  // namespace ocrtune
