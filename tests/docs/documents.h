#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune::docs_test {

/// A page of the documentation.
struct Document {
  std::string name;  ///< relative to the repository
  std::filesystem::path path;
  std::string text;
};

/// One row of a table, its cells without surrounding spaces.
using Row = std::vector<std::string>;

/// A fenced block of code.
struct CodeBlock {
  std::string language;
  std::string text;
};

/// Path of a file in the repository.
std::filesystem::path in_repository(const std::string& name);

/// The text of a file in the repository; a test failure and an empty text where it is missing.
std::string repository_text(const std::string& name);

/// docs/**.md, README.md and CONTRIBUTING.md, as far as they are there.
const std::vector<Document>& all_documents();

/// The part of a page below the heading "# title" of any level, up to the next heading of that or a
/// higher level. Empty where there is no such heading.
std::string section(const std::string& text, const std::string& title);

/// The rows of the first table of a text, without its header and the line below it.
std::vector<Row> first_table(const std::string& text);

/// The first cell of each row, plain.
std::vector<std::string> first_cells(const std::vector<Row>& rows);

std::vector<CodeBlock> code_blocks(const std::string& text);

/// What stands between backticks outside of code blocks, on one line.
std::vector<std::string> inline_code(const std::string& text);

/// The text without its fenced code blocks.
std::string without_code_blocks(const std::string& text);

/// GitHub's anchors of a page's headings.
std::set<std::string> anchors(const std::string& text);

/// A cell without backticks around it.
std::string plain(std::string_view cell);

/// First groups of all matches of a regular expression, in order.
std::vector<std::string> all_matches(const std::string& text, const std::string& pattern);

}  // namespace ocrtune::docs_test
