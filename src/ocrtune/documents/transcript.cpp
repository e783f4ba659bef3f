#include "ocrtune/documents/transcript.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/documents/readers.h"

namespace ocrtune {
namespace {

constexpr std::uint64_t kTextLimit = 16'000'000;
constexpr std::uint64_t kDocumentLimit = 32'000'000;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Namespaces of ALTO: the standard's, and those of its first versions, which also allowed none.
bool is_alto_namespace(std::string_view name) {
  return name.empty() || contains(name, "loc.gov/standards/alto/") || contains(name, "/ALTO") ||
         contains(name, "/alto_prod");
}

Transcript transcript_as(TranscriptFormat format, const XmlTree& tree) {
  if (format == TranscriptFormat::page) return page_transcript(tree);
  return format == TranscriptFormat::alto ? alto_transcript(tree) : hocr_transcript(tree);
}

std::optional<Transcript> known_document(const XmlTree& tree) {
  const auto format = document_format(tree);
  if (!format) return std::nullopt;
  return transcript_as(*format, tree);
}

/// Runs `parse` on the content of a file and adds the file's name to errors.
template <typename Parse>
auto parsed(const std::filesystem::path& path, std::uint64_t limit, Parse parse) {
  std::string text = read_input_text(path, limit);
  try {
    return parse(std::move(text));
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("{}: {}", shown(path), error.what()));
  }
}

}  // namespace

Transcript parse_document(std::string_view text) { return document_transcript(XmlTree(text)); }

Transcript document_transcript(const XmlTree& tree) {
  return transcript_as(required_format(tree), tree);
}

std::optional<TranscriptFormat> document_format(const XmlTree& tree) {
  const std::string_view root = local_name(tree.root());
  const std::string name_space = tree.root_namespace();
  if (root == "PcGts" && contains(name_space, "/PAGE/gts/pagecontent/"))
    return TranscriptFormat::page;
  if (root == "alto" && is_alto_namespace(name_space)) return TranscriptFormat::alto;
  if (root == "html") return TranscriptFormat::hocr;
  return std::nullopt;
}

TranscriptFormat required_format(const XmlTree& tree) {
  if (const auto known = document_format(tree)) return *known;
  const std::string name_space = tree.root_namespace();
  throw Error(Errc::input_unreadable,
              tr("is neither PAGE XML nor ALTO nor hOCR: its root is `{}`{}",
                 quotable(local_name(tree.root()), 60),
                 name_space.empty() ? tr(" without a namespace")
                                    : tr(" of `{}`", quotable(name_space, 100))));
}

bool is_document_name(const std::filesystem::path& path) {
  const std::string extension = lower_case(path.extension().string());
  return extension == ".xml" || extension == ".hocr" || extension == ".html" ||
         extension == ".xhtml" || extension == ".htm";
}

std::uint64_t transcript_limit(const std::filesystem::path& path) {
  return is_document_name(path) ? kDocumentLimit : kTextLimit;
}

Transcript parse_transcript(std::string text, const std::filesystem::path& name) {
  if (is_document_name(name)) return parse_document(text);
  if (!is_utf8(text)) throw Error(Errc::input_unreadable, tr("is not UTF-8 text"));
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return {.text = std::move(text), .format = TranscriptFormat::text, .made_by = ""};
}

Transcript read_transcript(const std::filesystem::path& path) {
  return parsed(path, transcript_limit(path),
                [&](std::string text) { return parse_transcript(std::move(text), path); });
}

std::optional<Transcript> read_known_document(const std::filesystem::path& path) {
  return parsed(path, kDocumentLimit,
                [](std::string_view text) { return known_document(XmlTree(text)); });
}

std::string joined_texts(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

std::string joined_paragraphs(const std::vector<std::vector<PageLine>>& paragraphs) {
  std::vector<std::string> texts;
  texts.reserve(paragraphs.size());
  for (const std::vector<PageLine>& paragraph : paragraphs) {
    std::vector<std::string> lines;
    lines.reserve(paragraph.size());
    for (const PageLine& line : paragraph) lines.push_back(line.text);
    texts.push_back(joined_texts(lines, "\n"));
  }
  return joined_texts(texts, "\n\n");
}

std::vector<PageLine> lines_of(std::vector<std::vector<PageLine>> paragraphs) {
  std::vector<PageLine> lines;
  for (std::vector<PageLine>& paragraph : paragraphs)
    std::ranges::move(paragraph, std::back_inserter(lines));
  return lines;
}

std::string joined_words(const std::vector<WordOfLine>& words, bool marks_spaces) {
  // A line without any marks has spaces between all words.
  const bool has_marks =
      marks_spaces || std::any_of(words.begin() + (words.empty() ? 0 : 1), words.end(),
                                  [](const WordOfLine& word) { return word.space_before; });
  std::string text;
  std::string_view before;
  bool space = false;
  for (const WordOfLine& word : words) {
    space = space || word.space_before || !has_marks;
    if (word.text.empty()) continue;
    if (space && !before.empty() && !join_without_space(before, word.text)) text += ' ';
    text += word.text;
    before = word.text;
    space = false;
  }
  return text;
}

bool writes_all_spaces(std::string_view made_by) { return made_by.starts_with("ocrtune"); }

bool begins_with_space(std::string_view text) {
  return !text.empty() && trimmed(text.substr(0, 1)).empty();
}

bool ends_with_space(std::string_view text) {
  return !text.empty() && trimmed(text.substr(text.size() - 1)).empty();
}

std::string one_line(std::string_view text) {
  std::string line;
  for (text = trimmed(text); !text.empty();) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n\v\f"), text.size());
    if (!line.empty()) line += ' ';
    line += text.substr(0, end);
    text = trimmed(text.substr(end));
  }
  return line;
}

void require_one_page(std::size_t pages, std::string_view called) {
  if (pages == 1) return;
  throw Error(
      Errc::input_unreadable,
      pages == 0 ? tr("has no {} element", called)
                 : tr("has {} elements {}; only files with one page are supported", pages, called));
}

}  // namespace ocrtune
