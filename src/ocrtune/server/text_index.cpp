#include "ocrtune/server/text_index.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <cstdint>
#include <sstream>

#include "ocrtune/base/text.h"

namespace ocrtune::server {
namespace {

// Marks of found words in a snippet; control characters are not in texts.
constexpr char kMark = '\x02';
constexpr const char* kColumns =
    "pages.page, pages.name, pages.expected_cer, pages.confidence, pages.words, pages.pipeline";

/// The words as an expression of FTS5: all of them, in any order.
std::string expression_of(const std::string& words) {
  std::istringstream in(words);
  std::string expression;
  for (std::string word; in >> word;) {
    std::string quoted;
    for (const char c : word) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    expression += fmt::format("\"{}\" ", quoted);
  }
  if (expression.empty()) return expression;
  expression.back() = '*';
  return expression;
}

IndexedText page_of(SQLite::Statement& row) {
  return {.page = static_cast<std::size_t>(row.getColumn(0).getInt64()),
          .name = row.getColumn(1).getString(),
          .expected_cer = row.getColumn(2).getDouble(),
          .confidence = row.getColumn(3).getDouble(),
          .words = row.getColumn(4).getInt(),
          .pipeline = row.getColumn(5).getString()};
}

std::int64_t bound(std::size_t number) { return static_cast<std::int64_t>(number); }

}  // namespace

TextIndex::TextIndex()
    : database_(
          std::make_unique<SQLite::Database>("", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)) {
  database_->exec("PRAGMA journal_mode = OFF");
  database_->exec(
      "CREATE TABLE pages (page INTEGER PRIMARY KEY, name TEXT, expected_cer REAL, "
      "confidence REAL, words INTEGER, pipeline TEXT)");
  database_->exec("CREATE INDEX by_errors ON pages (expected_cer DESC, page)");
  database_->exec(
      "CREATE VIRTUAL TABLE texts USING fts5(text, truth, tokenize = 'unicode61 remove_diacritics "
      "2')");
  put_page_ = std::make_unique<SQLite::Statement>(*database_,
                                                  "REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)");
  put_text_ = std::make_unique<SQLite::Statement>(
      *database_, "REPLACE INTO texts (rowid, text, truth) VALUES (?, ?, ?)");
}

TextIndex::~TextIndex() = default;

void TextIndex::put(const IndexedText& page, const std::string& text, const std::string& truth) {
  put_page_->bind(1, bound(page.page));
  put_page_->bind(2, page.name);
  put_page_->bind(3, page.expected_cer);
  put_page_->bind(4, page.confidence);
  put_page_->bind(5, page.words);
  put_page_->bind(6, page.pipeline);
  put_page_->exec();
  put_page_->reset();
  put_text_->bind(1, bound(page.page));
  put_text_->bind(2, text);
  put_text_->bind(3, truth);
  put_text_->exec();
  put_text_->reset();
}

void TextIndex::put_truth(std::size_t page, const std::string& truth) {
  SQLite::Statement written(*database_, "UPDATE texts SET truth = ? WHERE rowid = ?");
  written.bind(1, truth);
  written.bind(2, bound(page));
  written.exec();
}

void TextIndex::begin() { database_->exec("BEGIN"); }

void TextIndex::end() { database_->exec("COMMIT"); }

TextList TextIndex::list(const TextQuery& query) {
  const std::string words = expression_of(query.words);
  const std::string from = words.empty() ? "FROM pages"
                                         : "FROM texts JOIN pages ON pages.page = texts.rowid "
                                           "WHERE texts MATCH ?1";
  const std::string order =
      words.empty() ? "pages.expected_cer DESC, pages.page" : "texts.rank, pages.page";
  const std::string part = words.empty() ? "''" : "snippet(texts, -1, ?4, ?4, '…', 16)";
  TextList list;
  SQLite::Statement counted(*database_, "SELECT COUNT(*) " + from);
  if (!words.empty()) counted.bind(1, words);
  counted.executeStep();
  list.total = static_cast<std::size_t>(counted.getColumn(0).getInt64());
  SQLite::Statement rows(*database_, fmt::format("SELECT {}, {} {} ORDER BY {} LIMIT ?2 OFFSET ?3",
                                                 kColumns, part, from, order));
  rows.bind(2, bound(query.count));
  rows.bind(3, bound(query.from));
  if (!words.empty()) {
    rows.bind(1, words);
    rows.bind(4, std::string(1, kMark));
  }
  while (rows.executeStep()) {
    list.pages.push_back(page_of(rows));
    if (!words.empty()) list.pages.back().found = split(rows.getColumn(6).getString(), kMark);
  }
  return list;
}

std::vector<std::size_t> TextIndex::pages() {
  std::vector<std::size_t> pages;
  SQLite::Statement rows(*database_, "SELECT page FROM pages ORDER BY page");
  while (rows.executeStep())
    pages.push_back(static_cast<std::size_t>(rows.getColumn(0).getInt64()));
  return pages;
}

std::optional<std::string> TextIndex::text(std::size_t page) {
  SQLite::Statement row(*database_, "SELECT text FROM texts WHERE rowid = ?");
  row.bind(1, bound(page));
  if (!row.executeStep()) return std::nullopt;
  return row.getColumn(0).getString();
}

}  // namespace ocrtune::server
