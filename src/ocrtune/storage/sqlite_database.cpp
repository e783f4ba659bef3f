#include "ocrtune/storage/sqlite_database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <optional>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr int kBusyMilliseconds = 10'000;

std::string cause_of(const SQLite::Exception& error) {
  switch (error.getErrorCode()) {
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
    case SQLITE_IOERR:
      return tr(
          "cannot be read or written; finished trials are kept; run the same command again to "
          "resume");
    default:
      return tr("is not a study of ocrtune: {}", quotable(error.what()));
  }
}

template <typename Action>
auto checked(const Action& action) -> decltype(action()) {
  try {
    return action();
  } catch (const SQLite::Exception& error) {
    throw Error(Errc::study_error, cause_of(error));
  }
}

class SqliteStatement final : public SqlStatement {
 public:
  SqliteStatement(SQLite::Database& database, const std::string& text)
      : statement_(database, text) {}

  void bind_integer(int place, std::int64_t value) override {
    checked([&] { statement_.bind(place, value); });
  }
  void bind(int place, double value) override {
    checked([&] { statement_.bind(place, value); });
  }
  void bind(int place, std::string_view value) override {
    checked([&] { statement_.bind(place, std::string(value)); });
  }
  void bind_null(int place) override {
    checked([&] { statement_.bind(place); });
  }

  void run() override {
    checked([&] {
      statement_.exec();
      statement_.reset();
    });
  }

  void stream() override {}  // it always does

  bool next() override {
    return checked([&] {
      if (statement_.executeStep()) return true;
      statement_.reset();
      return false;
    });
  }

  [[nodiscard]] SqlType type(int column) const override {
    return checked([&] {
      switch (statement_.getColumn(column).getType()) {
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
    });
  }
  [[nodiscard]] std::int64_t integer(int column) const override {
    return checked([&] { return statement_.getColumn(column).getInt64(); });
  }
  [[nodiscard]] double real(int column) const override {
    return checked([&] { return statement_.getColumn(column).getDouble(); });
  }
  [[nodiscard]] std::string_view view(int column) const override {
    return checked([&] {
      const SQLite::Column found = statement_.getColumn(column);
      const char* text = found.getText();
      return std::string_view(text, static_cast<std::size_t>(found.getBytes()));
    });
  }

 private:
  mutable SQLite::Statement statement_;  // its columns are read by functions that are not const
};

class SqliteDatabase final : public SqlDatabase {
 public:
  /// Without SQLite's locks, which cost as much as reading, because threads do not share a storage.
  SqliteDatabase(const std::string& name, int flags)
      : database_(name, flags | SQLite::OPEN_NOMUTEX, kBusyMilliseconds) {}

  bool reconnect() override { return false; }

  void execute(const std::string& script) override {
    checked([&] { database_.exec(script); });
  }

  [[nodiscard]] std::unique_ptr<SqlStatement> prepare(const std::string& statement) override {
    return checked([&] { return std::make_unique<SqliteStatement>(database_, statement); });
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
    // A committed transaction is on the disk, even after a power failure.
    execute("PRAGMA journal_mode = WAL");
    execute("PRAGMA synchronous = FULL");
  }

  void prepare_for_tasks() override {
    execute("PRAGMA journal_mode = WAL");
    execute("PRAGMA synchronous = NORMAL");
  }

  [[nodiscard]] std::string clock() const override {
    return "((julianday('now') - 2440587.5) * 86400.0)";
  }
  // One connection writes at a time.
  [[nodiscard]] std::string skipping_locked() const override { return ""; }

  void begin() override { execute("BEGIN IMMEDIATE"); }
  void commit() override { execute("COMMIT"); }
  void roll_back() noexcept override { database_.tryExec("ROLLBACK"); }

 private:
  SQLite::Database database_;
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
  return checked([&]() -> std::unique_ptr<SqlDatabase> {
    switch (mode) {
      case SqliteMode::create:
        return std::make_unique<SqliteDatabase>(file.string(),
                                                SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      case SqliteMode::write:
        return std::make_unique<SqliteDatabase>(file.string(), SQLite::OPEN_READWRITE);
      case SqliteMode::unchanging:
        return std::make_unique<SqliteDatabase>(immutable_uri(file),
                                                SQLite::OPEN_READONLY | SQLite::OPEN_URI);
      default:
        return std::make_unique<SqliteDatabase>(file.string(), SQLite::OPEN_READONLY);
    }
  });
}

}  // namespace ocrtune
