#include "ocrtune/server/text_index.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/text.h"
#include "ocrtune/storage/sqlite_database.h"

namespace ocrtune::server {
namespace {

// Marks of found words in a snippet; control characters are not in texts.
constexpr char kMark = '\x02';
constexpr const char* kColumns =
    "pages.page, pages.name, pages.expected_cer, pages.confidence, pages.words, pages.pipeline, "
    "pages.reasons";

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

IndexedText page_of(const SqlStatement& row) {
  return {.page = static_cast<std::size_t>(row.integer(0)),
          .name = row.text(1),
          .expected_cer = row.real(2),
          .confidence = row.real(3),
          .words = row.number(4),
          .pipeline = row.text(5),
          .reasons = reasons_of_json(nlohmann::json::parse(row.text(6)))};
}

}  // namespace

TextIndex::TextIndex() : database_(open_sqlite("", SqliteMode::create)), statements_(*database_) {
  database_->execute("PRAGMA journal_mode = MEMORY");
  database_->execute(
      "CREATE TABLE pages (page INTEGER PRIMARY KEY, name TEXT, expected_cer REAL, "
      "confidence REAL, words INTEGER, pipeline TEXT, reasons TEXT)");
  database_->execute("CREATE INDEX by_errors ON pages (expected_cer DESC, page)");
  database_->execute("CREATE VIRTUAL TABLE texts USING fts5(text, truth, tokenize = 'words')");
}

void TextIndex::put(const IndexedText& page, const std::string& text, const std::string& truth) {
  SqlStatement& row = statements_.of("REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)");
  row.bind(1, page.page);
  row.bind(2, page.name);
  row.bind(3, page.expected_cer);
  row.bind(4, page.confidence);
  row.bind(5, page.words);
  row.bind(6, page.pipeline);
  row.bind(7, measured_reasons_json(page.reasons).dump());
  row.run();
  SqlStatement& texts = statements_.of("REPLACE INTO texts (rowid, text, truth) VALUES (?, ?, ?)");
  texts.bind(1, page.page);
  texts.bind(2, text);
  texts.bind(3, truth);
  texts.run();
}

void TextIndex::remove(std::size_t page) {
  for (const char* sql :
       {"DELETE FROM pages WHERE page = ?", "DELETE FROM texts WHERE rowid = ?"}) {
    SqlStatement& row = statements_.of(sql);
    row.bind(1, page);
    row.run();
  }
}

void TextIndex::put_truth(std::size_t page, const std::string& truth) {
  SqlStatement& row = statements_.of("UPDATE texts SET truth = ? WHERE rowid = ?");
  row.bind(1, truth);
  row.bind(2, page);
  row.run();
}

void TextIndex::together(const std::function<void()>& puts) {
  Transaction transaction(*database_);
  puts();
  transaction.commit();
}

TextList TextIndex::list(const TextQuery& query) {
  const std::string words = expression_of(query.words);
  const std::string from = words.empty() ? "FROM pages"
                                         : "FROM texts JOIN pages ON pages.page = texts.rowid "
                                           "WHERE texts MATCH ?1";
  const std::string order =
      words.empty() ? "pages.expected_cer DESC, pages.page" : "texts.rank, pages.page";
  const std::string part = words.empty() ? "''" : "snippet(texts, -1, ?4, ?4, '…', 16)";
  TextList list;
  Statement counted(*database_, "SELECT COUNT(*) " + from);
  if (!words.empty()) counted->bind(1, words);
  list.total = sum_of(*counted);
  Statement rows(*database_, fmt::format("SELECT {}, {} {} ORDER BY {} LIMIT ?2 OFFSET ?3",
                                         kColumns, part, from, order));
  rows->bind(2, query.count);
  rows->bind(3, query.from);
  if (!words.empty()) {
    rows->bind(1, words);
    rows->bind(4, std::string(1, kMark));
  }
  while (rows->next()) {
    list.pages.push_back(page_of(*rows));
    if (!words.empty()) list.pages.back().found = split(rows->text(7), kMark);
  }
  return list;
}

std::optional<std::string> TextIndex::text(std::size_t page) {
  Statement row(*database_, "SELECT text FROM texts WHERE rowid = ?");
  row->bind(1, page);
  if (!row->next()) return std::nullopt;
  return row->text(0);
}

}  // namespace ocrtune::server
