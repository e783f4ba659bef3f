#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/documents/transcript.h"
#include "ocrtune/documents/xml_tree.h"

namespace ocrtune {

/// As parse_document(), of a tree.
Transcript document_transcript(const XmlTree& tree);

/// Transcripts of trees whose root element was recognized. Throw Error(input_unreadable) as
/// parse_document().
Transcript page_transcript(const XmlTree& tree);
Transcript alto_transcript(const XmlTree& tree);
Transcript hocr_transcript(const XmlTree& tree);

/// The format of a tree, by its root element and the namespace; nothing if it is another.
std::optional<TranscriptFormat> document_format(const XmlTree& tree);

/// The same; throws Error(input_unreadable) that says what the root is if it is another.
TranscriptFormat required_format(const XmlTree& tree);

/// A line of a document's text, and the elements that it is from.
struct PageLine {
  /// Of PAGE XML a TextLine, or a region without lines; of ALTO a TextLine; of hOCR an element of a
  /// class of lines, null for words outside of such.
  pugi::xml_node node;
  std::string text;                   ///< not empty; one line unless `node` is a region
  std::vector<pugi::xml_node> words;  ///< the elements of its words; of a region none
};

/// The elements that make up the transcripts, in their order. Throw as these do.
std::vector<PageLine> page_lines(const XmlTree& tree);
std::vector<PageLine> alto_lines(const XmlTree& tree);
std::vector<PageLine> hocr_lines(const XmlTree& tree);

/// The text of paragraphs of lines: an empty line between paragraphs that have some.
std::string joined_paragraphs(const std::vector<std::vector<PageLine>>& paragraphs);

/// The lines of all paragraphs.
std::vector<PageLine> lines_of(std::vector<std::vector<PageLine>> paragraphs);

/// Of the TextEquiv in an element of PAGE XML the one that is its text: with the lowest index,
/// those without an index first. Null if there is none.
pugi::xml_node main_text_equiv(pugi::xml_node node);

/// The first child element of that name; null if there is none.
pugi::xml_node child_of(pugi::xml_node node, std::string_view name);

/// The parts that are not empty, with `separator` between them.
std::string joined_texts(const std::vector<std::string>& parts, std::string_view separator);

/// A word of a line, and whether the file has white space before it.
struct WordOfLine {
  std::string text;
  bool space_before = true;
};

/// The words with spaces between them: where the line has some, if it has any or `marks_spaces`,
/// else between all; between characters that are written without spaces, none. Of words without a
/// text nothing is left.
std::string joined_words(const std::vector<WordOfLine>& words, bool marks_spaces);

/// Whether a file of this program has all spaces of its text: ocrtune's has. Others may write none.
bool writes_all_spaces(std::string_view made_by);

/// Whether a text begins, or ends, with white space.
bool begins_with_space(std::string_view text);
bool ends_with_space(std::string_view text);

/// The text without white space at its ends, and with every run of white space replaced by one
/// space.
std::string one_line(std::string_view text);

/// Throws Error(input_unreadable) unless a file has one page; `called` is the format's word for
/// pages.
void require_one_page(std::size_t pages, std::string_view called);

}  // namespace ocrtune
