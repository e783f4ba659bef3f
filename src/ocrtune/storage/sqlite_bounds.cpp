#include "ocrtune/storage/sqlite_bounds.h"

#include <algorithm>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/storage/optuna_schema.h"
#include "ocrtune/storage/sqlite_column.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr int kStepsAtOnce = 1000;
/// Loading a schema takes about ten steps for each table or index: a study has 40.
constexpr std::uint64_t kSchemaSteps = 20'000;
constexpr int kLongestSql = 16'000;
constexpr int kLongestValue = 256 << 20;
/// What any file may take, however small, and for each byte of it.
constexpr std::uint64_t kFreeSteps = 5'000'000;
constexpr std::uint64_t kStepsPerByte = 50;
constexpr std::uint64_t kFreeRows = 100'000;
constexpr std::uint64_t kBytesPerRow = 16;
constexpr std::uint64_t kFreeTextBytes = 64 << 20;
constexpr std::uint64_t kTextBytesPerByte = 16;
/// So many steps take less than a tenth of a second.
constexpr std::uint64_t kStepsInPassing = 1'000'000;

std::atomic<const std::atomic<bool>*> stop_of_all{nullptr};

struct FinalizeRows {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using SchemaRows = std::unique_ptr<sqlite3_stmt, FinalizeRows>;

/// Whether a study has a table of this name; SQLite's names have no case.
bool is_of_a_study(std::string name) {
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  if (name.starts_with("ocrtune_")) return true;
  return std::string_view(kOptunaSchema).find("CREATE TABLE " + name + " ") !=
         std::string_view::npos;
}

[[noreturn]] void refuse_schema_object(const std::string& name, const std::string& why) {
  throw Error(Errc::study_error, tr("is not a study of ocrtune: `{}` {}", quotable(name, 60), why));
}

}  // namespace

void interrupt_sqlite_when(const std::atomic<bool>& stop) { stop_of_all = &stop; }

SqliteBounds::SqliteBounds(sqlite3* database, fs::path file, bool reads)
    : database_(database), file_(std::move(file)), reads_(reads) {
  for (const auto& [setting, value] :
       {std::pair(SQLITE_DBCONFIG_DEFENSIVE, 1), std::pair(SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
        std::pair(SQLITE_DBCONFIG_ENABLE_VIEW, 0), std::pair(SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)})
    sqlite3_db_config(database, setting, value, nullptr);
  for (const auto& [limit, value] :
       {std::pair(SQLITE_LIMIT_LENGTH, kLongestValue),
        std::pair(SQLITE_LIMIT_SQL_LENGTH, kLongestSql), std::pair(SQLITE_LIMIT_ATTACHED, 0),
        std::pair(SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100), std::pair(SQLITE_LIMIT_TRIGGER_DEPTH, 1)})
    sqlite3_limit(database, limit, value);
  sqlite3_progress_handler(database, kStepsAtOnce, on_steps, this);
}

int SqliteBounds::check_schema() {
  const auto each = [&](const char* query, const auto& take) {
    begin();
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(database_, query, -1, &statement, nullptr);
    // A definition over kLongestSql, which SQLite calls damage.
    if (std::string_view(sqlite3_errmsg(database_)).ends_with(sqlite3_errstr(SQLITE_TOOBIG)))
      refuse();
    if (code != SQLITE_OK) return code;
    const SchemaRows rows(statement);
    // From here on, the schema is in memory.
    knows_schema_ = true;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) take(rows);
    return code == SQLITE_DONE ? SQLITE_OK : code;
  };
  const int code =
      each("SELECT type, name, tbl_name, rootpage FROM sqlite_schema", [](const SchemaRows& rows) {
        const std::string type(text_of_column(rows.get(), 0));
        const std::string name(text_of_column(rows.get(), 1));
        const std::string table(text_of_column(rows.get(), 2));
        if (type == "trigger" && is_of_a_study(table))
          refuse_schema_object(table, tr("has a trigger"));
        if (type == "view" && is_of_a_study(name))
          refuse_schema_object(name, tr("is a view, not a table"));
        if (type == "table" && is_of_a_study(name) && sqlite3_column_int64(rows.get(), 3) == 0)
          refuse_schema_object(name, tr("is a virtual table"));
      });
  if (code != SQLITE_OK) return code;
  return each(
      "SELECT s.name FROM sqlite_schema AS s, pragma_table_xinfo(s.name) AS x "
      "WHERE s.type = 'table' AND s.rootpage > 0 AND x.hidden > 1",
      [](const SchemaRows& rows) {
        const std::string name(text_of_column(rows.get(), 0));
        if (is_of_a_study(name)) refuse_schema_object(name, tr("has a generated column"));
      });
}

bool SqliteBounds::allows(std::uint64_t rows, std::uint64_t bytes, std::uint64_t steps) {
  const auto fits = [&] {
    return rows <= kFreeRows + size_ / kBytesPerRow &&
           bytes <= kFreeTextBytes + size_ * kTextBytesPerByte;
  };
  if (!fits()) measure();
  return fits() && allows_steps(steps);
}

bool SqliteBounds::allows_steps(std::uint64_t steps) {
  if (!knows_schema_) return steps <= kSchemaSteps;
  const auto fits = [&] { return steps <= kFreeSteps + size_ * kStepsPerByte; };
  if (!fits()) measure();
  return fits();
}

/// The file may have grown since.
void SqliteBounds::measure() {
  std::error_code failure;
  std::uint64_t size = 0;
  for (const fs::path& part : {file_, fs::path(file_.string() + "-wal")}) {
    const std::uintmax_t bytes = fs::file_size(part, failure);
    if (!failure) size += bytes;
  }
  size_ = size;
}

int SqliteBounds::on_steps(void* bounds) {
  auto* self = static_cast<SqliteBounds*>(bounds);
  self->steps_ += kStepsAtOnce;
  const std::atomic<bool>* stop = stop_of_all;
  self->stopped_ =
      self->reads_ && self->steps_ > kStepsInPassing && stop != nullptr && stop->load();
  return self->stopped_ || !self->allows_steps(self->steps_) ? 1 : 0;
}

void SqliteBounds::refuse() const {
  if (stopped_) throw Error(Errc::interrupted, tr("interrupted"));
  throw Error(Errc::study_error,
              knows_schema_ ? tr("is damaged: has more content than a file of its size can have")
                            : tr("is not a study of ocrtune: its schema is too large"));
}

}  // namespace ocrtune
