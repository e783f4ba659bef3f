#include "documents.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>

#include "ocrtune/base/text.h"

namespace ocrtune::docs_test {
namespace fs = std::filesystem;
namespace {

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<Document> load_documents() {
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(in_repository("docs"))) {
    if (entry.path().extension() == ".md") paths.push_back(entry.path());
  }
  for (const char* name : {"README.md", "CONTRIBUTING.md"}) {
    if (fs::exists(in_repository(name))) paths.push_back(in_repository(name));
  }
  std::ranges::sort(paths);
  std::vector<Document> documents;
  for (const fs::path& path : paths) {
    documents.push_back({.name = path.lexically_relative(in_repository("")).string(),
                         .path = path,
                         .text = text_of(path)});
  }
  return documents;
}

/// Number of '#' a heading begins with; 0 for another line.
std::size_t heading_level(std::string_view line) {
  const std::size_t level = line.find_first_not_of('#');
  return level != std::string_view::npos && line[level] == ' ' ? level : 0;
}

/// Which lines of a page are code. A fence ends at one that is as long, so that code may have
/// shorter ones.
class Fences {
 public:
  /// To be called for each line; true if it is a fence.
  bool passes(std::string_view line) {
    const std::string_view text = trimmed(line);
    const std::size_t length = std::min(text.find_first_not_of('`'), text.size());
    if (length < 3 || (length_ > 0 && (length < length_ || length < text.size()))) return false;
    length_ = length_ > 0 ? 0 : length;
    return true;
  }

  [[nodiscard]] bool inside_code() const { return length_ > 0; }

 private:
  std::size_t length_ = 0;  ///< of the open fence; 0: none is
};

Row cells_of(std::string_view line) {
  std::vector<std::string> parts = split(trimmed(line), '|');
  Row row;
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) row.emplace_back(trimmed(parts[i]));
  return row;
}

std::string slug(std::string_view heading) {
  std::string result;
  for (const char c : lower_case(heading)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_') result += c;
    if (c == ' ') result += '-';
  }
  return result;
}

}  // namespace

fs::path in_repository(const std::string& name) { return fs::path(OCRTUNE_SOURCE_DIR) / name; }

std::string repository_text(const std::string& name) {
  EXPECT_TRUE(fs::is_regular_file(in_repository(name))) << name << " is missing";
  return text_of(in_repository(name));
}

const std::vector<Document>& all_documents() {
  static const std::vector<Document> kDocuments = load_documents();
  return kDocuments;
}

std::string section(const std::string& text, const std::string& title) {
  std::string result;
  std::size_t inside = 0;
  Fences fences;
  for (const std::string& line : split(text, '\n')) {
    fences.passes(line);
    const std::size_t level = fences.inside_code() ? 0 : heading_level(line);
    if (inside > 0 && level > 0 && level <= inside) break;
    if (inside == 0 && level > 0 && trimmed(std::string_view(line).substr(level)) == title) {
      inside = level;
    } else if (inside > 0) {
      result += line + '\n';
    }
  }
  return result;
}

std::vector<Row> first_table(const std::string& text) {
  std::vector<Row> rows;
  for (const std::string& line : split(without_code_blocks(text), '\n')) {
    if (line.starts_with('|')) {
      rows.push_back(cells_of(line));
    } else if (!rows.empty()) {
      break;
    }
  }
  rows.erase(rows.begin(), rows.begin() + std::min<std::ptrdiff_t>(2, std::ssize(rows)));
  return rows;
}

std::vector<CodeBlock> code_blocks(const std::string& text) {
  std::vector<CodeBlock> blocks;
  Fences fences;
  for (const std::string& line : split(text, '\n')) {
    if (fences.passes(line)) {
      const std::string_view fence = trimmed(line);
      if (fences.inside_code())
        blocks.push_back(
            {.language = std::string(fence.substr(fence.find_last_of('`') + 1)), .text = ""});
    } else if (fences.inside_code()) {
      blocks.back().text += line + '\n';
    }
  }
  return blocks;
}

std::vector<std::string> inline_code(const std::string& text) {
  // Two backticks around a piece that has single ones in it.
  std::vector<std::string> pieces = all_matches(without_code_blocks(text), "``([^\n]*?)``");
  const std::string rest =
      std::regex_replace(without_code_blocks(text), std::regex("``[^\n]*?``"), "");
  std::ranges::move(all_matches(rest, "`([^`\n]+)`"), std::back_inserter(pieces));
  return pieces;
}

std::string without_code_blocks(const std::string& text) {
  std::string result;
  Fences fences;
  for (const std::string& line : split(text, '\n')) {
    if (!fences.passes(line) && !fences.inside_code()) result += line + '\n';
  }
  return result;
}

std::set<std::string> anchors(const std::string& text) {
  std::set<std::string> result;
  for (const std::string& line : split(without_code_blocks(text), '\n')) {
    if (const std::size_t level = heading_level(line); level > 0)
      result.insert(slug(trimmed(std::string_view(line).substr(level))));
  }
  return result;
}

std::string plain(std::string_view cell) {
  if (cell.size() >= 2 && cell.front() == '`' && cell.back() == '`')
    cell = cell.substr(1, cell.size() - 2);
  return std::string(cell);
}

std::vector<std::string> all_matches(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator it(text.begin(), text.end(), expression), end; it != end; ++it)
    found.push_back((*it)[1].str());
  return found;
}

std::vector<std::string> first_cells(const std::vector<Row>& rows) {
  std::vector<std::string> cells;
  for (const Row& row : rows) cells.push_back(plain(row.front()));
  return cells;
}

}  // namespace ocrtune::docs_test
