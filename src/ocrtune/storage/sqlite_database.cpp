#include "ocrtune/storage/sqlite_database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <new>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/storage/search_tokenizer.h"
#include "ocrtune/storage/sqlite_bounds.h"
#include "ocrtune/storage/sqlite_column.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr std::chrono::milliseconds kBusy{10'000};

/// Throws std::bad_alloc if memory ran out.
std::string cause_of(int code, const std::string& message) {
  switch (code) {
    case SQLITE_NOTADB:
      return tr("is not a SQLite database");
    case SQLITE_CORRUPT:
      return tr("is damaged; recover what is left with `sqlite3 FILE .recover`");
    case SQLITE_FULL:
      return tr(
          "cannot be written: the disk is full; finished trials are kept; run the same command "
          "again to resume");
    case SQLITE_READONLY:
      return tr("can't be written: file or folder is read-only");
    case SQLITE_CANTOPEN:
      return tr("can't be opened: folder missing or permission denied");
    case SQLITE_BUSY:
      return tr("is in use by another program; try again later");
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL:  // a lock that the system refused
      return tr(
          "cannot be read or written; finished trials are kept; run the same command again to "
          "resume");
    default:
      return tr("is not a study of ocrtune: {}", quotable(message));
  }
}

/// Throws unless `code` is SQLITE_OK. `bounds`: those of the connection, if it has any.
void check(sqlite3* database, const SqliteBounds* bounds, int code) {
  if (code == SQLITE_OK) return;
  if (code == SQLITE_INTERRUPT && bounds != nullptr) bounds->refuse();
  throw Error(Errc::study_error, cause_of(code, sqlite3_errmsg(database)));
}

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

class SqliteStatement final : public SqlStatement {
 public:
  SqliteStatement(sqlite3* database, SqliteBounds* bounds, const std::string& text)
      : database_(database), bounds_(bounds) {
    if (bounds_ != nullptr) bounds_->begin();
    sqlite3_stmt* statement = nullptr;
    checked(sqlite3_prepare_v2(database, text.data(), static_cast<int>(text.size()), &statement,
                               nullptr));
    statement_.reset(statement);
  }

  void bind_integer(int place, std::int64_t value) override {
    checked(sqlite3_bind_int64(statement_.get(), place, value));
  }
  void bind(int place, double value) override {
    checked(sqlite3_bind_double(statement_.get(), place, value));
  }
  void bind(int place, std::string_view value) override {
    // A null pointer would be NULL instead of an empty text.
    const char* text = value.data() == nullptr ? "" : value.data();
    checked(sqlite3_bind_text(statement_.get(), place, text, static_cast<int>(value.size()),
                              SQLITE_TRANSIENT));
  }
  void bind_null(int place) override { checked(sqlite3_bind_null(statement_.get(), place)); }

  void run() override {
    while (next()) continue;
  }

  void stream() override {}  // it always does

  bool next() override {
    if (bounds_ != nullptr) bounds_->begin();
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) {
      ++rows_;
      if (bounds_ != nullptr && !bounds_->allows(rows_, text_bytes_, steps(false))) {
        reset();
        bounds_->refuse();
      }
      return true;
    }
    const std::string message = code == SQLITE_DONE ? "" : sqlite3_errmsg(database_);
    reset();
    if (code == SQLITE_INTERRUPT && bounds_ != nullptr) bounds_->refuse();
    if (code != SQLITE_DONE) throw Error(Errc::study_error, cause_of(code, message));
    return false;
  }

  [[nodiscard]] SqlType type(int column) const override {
    switch (sqlite3_column_type(statement_.get(), column)) {
      case SQLITE_NULL:
        return SqlType::null;
      case SQLITE_INTEGER:
        return SqlType::integer;
      case SQLITE_FLOAT:
        return SqlType::real;
      case SQLITE_TEXT:
        return SqlType::text;
      default:
        return SqlType::other;
    }
  }
  [[nodiscard]] std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_.get(), column);
  }
  [[nodiscard]] double real(int column) const override {
    return sqlite3_column_double(statement_.get(), column);
  }
  [[nodiscard]] std::string_view view(int column) const override {
    const std::string_view text = text_of_column(statement_.get(), column);
    text_bytes_ += text.size();
    return text;
  }

 private:
  void checked(int code) const { check(database_, bounds_, code); }

  /// Those of this run.
  std::uint64_t steps(bool reset) {
    return static_cast<std::uint32_t>(
        sqlite3_stmt_status(statement_.get(), SQLITE_STMTSTATUS_VM_STEP, reset ? 1 : 0));
  }

  void reset() {
    sqlite3_reset(statement_.get());
    rows_ = 0;
    text_bytes_ = 0;
    (void)steps(true);
  }

  sqlite3* database_;
  SqliteBounds* bounds_;  ///< nullptr: none
  std::uint64_t rows_ = 0;
  mutable std::uint64_t text_bytes_ = 0;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class SqliteDatabase final : public SqlDatabase {
 public:
  /// Without SQLite's locks, which cost as much as reading, because threads do not share a storage.
  /// `name` is that of the file, or its address; `file` is empty for a temporary one.
  SqliteDatabase(const std::string& name, int flags, const fs::path& file) {
    sqlite3* database = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(database);
    check(database, nullptr, code);
    check(database, nullptr, sqlite3_busy_timeout(database, static_cast<int>(kBusy.count())));
    if (file.empty()) {
      register_search_tokenizer(database);
    } else {
      bounds_ = std::make_unique<SqliteBounds>(database, file, (flags & SQLITE_OPEN_READONLY) != 0);
      check(database, bounds_.get(), bounds_->check_schema());
    }
  }

  bool reconnect() override { return false; }

  void execute(const std::string& script) override {
    if (bounds_) bounds_->begin();
    check(database_.get(), bounds_.get(),
          sqlite3_exec(database_.get(), script.c_str(), nullptr, nullptr, nullptr));
  }

  [[nodiscard]] std::unique_ptr<SqlStatement> prepare(const std::string& statement) override {
    return std::make_unique<SqliteStatement>(database_.get(), bounds_.get(), statement);
  }

  [[nodiscard]] std::set<std::string> columns_of(const std::string& table) override {
    std::set<std::string> names;
    const auto query = prepare("SELECT name FROM pragma_table_info(?)");
    query->bind(1, table);
    while (query->next()) names.insert(query->text(0));
    return names;
  }

  void create_schema() override {}
  void create_optuna_types() override {}
  void create_tables(std::string_view script) override { execute(std::string(script)); }

  void prepare_for_writing() override {
    write_ahead();
    // A committed transaction is on the disk, even after a power failure.
    execute("PRAGMA synchronous = FULL");
  }

  void prepare_for_tasks() override {
    write_ahead();
    execute("PRAGMA synchronous = NORMAL");
  }

  [[nodiscard]] std::string clock() const override {
    return "((julianday('now') - 2440587.5) * 86400.0)";
  }
  // One connection writes at a time.
  [[nodiscard]] std::string skipping_locked() const override { return ""; }

  void begin() override { execute("BEGIN IMMEDIATE"); }
  void commit() override { execute("COMMIT"); }
  void roll_back() noexcept override {
    sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

 private:
  /// Waits for the others that switch the file at the same time: SQLite does not, because each of
  /// them holds a read lock.
  void write_ahead() {
    const auto switched = [&] {
      if (bounds_) bounds_->begin();
      return sqlite3_exec(database_.get(), "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
    };
    const auto end = std::chrono::steady_clock::now() + kBusy;
    int code = switched();
    while (code == SQLITE_BUSY && std::chrono::steady_clock::now() < end) {
      sqlite3_sleep(5);
      code = switched();
    }
    check(database_.get(), bounds_.get(), code);
  }

  std::unique_ptr<SqliteBounds> bounds_;
  std::unique_ptr<sqlite3, Close> database_;
};

std::string immutable_uri(const fs::path& file) {
  std::string uri = "file:";
  for (const char c : fs::absolute(file).string()) {
    const bool special = c == '?' || c == '#' || c == '%';
    uri += special ? fmt::format("%{:02x}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return uri + "?immutable=1";
}

}  // namespace

std::unique_ptr<SqlDatabase> open_sqlite(const fs::path& file, SqliteMode mode) {
  const auto opened = [&](const std::string& name, int flags) {
    return std::make_unique<SqliteDatabase>(name, flags, file);
  };
  switch (mode) {
    case SqliteMode::create:
      return opened(file.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    case SqliteMode::write:
      return opened(file.string(), SQLITE_OPEN_READWRITE);
    case SqliteMode::unchanging:
      return opened(immutable_uri(file), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    default:
      return opened(file.string(), SQLITE_OPEN_READONLY);
  }
}

}  // namespace ocrtune
