#include "pages.h"

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "arrays.h"
#include "module.h"
#include "ocrtune/apply/ocr_formats.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/documents/page_tree.h"
#include "ocrtune/pdf/searchable_pdf.h"

namespace ocrtune::python {
namespace {

namespace py = pybind11;

struct TextLine {
  std::vector<Word> words;
  Box box;
};

py::tuple tuple_of(const Box& box) {
  return py::make_tuple(box.left, box.top, box.right, box.bottom);
}

std::string line_text(const TextLine& line) {
  std::string text;
  for (const Word& word : line.words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

std::vector<TextLine> lines_of(const RecognizedPage& page) {
  std::vector<TextLine> lines;
  for (const BlockOfParagraphs& block : page_tree(page.result)) {
    for (const ParagraphOfLines& paragraph : block.paragraphs) {
      for (const LineOfWords& line : paragraph.lines)
        lines.push_back({{line.words.begin(), line.words.end()}, line.box});
    }
  }
  return lines;
}

PageSource source_of(const RecognizedPage& page) {
  PageSource source = ocrtune::source_of(page.name, page.number, page.engine);
  source.turns = page.turns;
  return source;
}

py::object in_format(const RecognizedPage& page, const std::string& name) {
  std::vector<std::string> known;
  for (const OcrFormat& format : all_ocr_formats()) {
    if (format.binary) continue;
    known.push_back(format.name);
    if (format.name != name) continue;
    return py::str(format.text(page.result, source_of(page)));
  }
  throw Error(Errc::invalid_argument, tr("format: `{}` is not one of {}", name, joined(known)));
}

/// What has the page's pixels: its file, or an array.
InputFile input_of(const RecognizedPage& page, const py::object& image) {
  InputFile input{.path = page.file,
                  .name = page.name,
                  .lang = {},
                  .truth = std::nullopt,
                  .labels = {},
                  .pages = std::vector{page.index}};
  if (!image.is_none()) {
    const cv::Mat pixels = pixels_of(image.cast<py::array>());
    input.image = std::make_shared<const Image>(image_of(pixels, std::nullopt, true));
  } else if (page.file.empty()) {
    throw Error(Errc::invalid_argument, tr("image: must be given, for the page is of no file"));
  }
  return input;
}

/// A corpus of this page alone.
Corpus corpus_of(const InputFile& input, const OcrResult& result) {
  std::vector<Problem> problems;
  Corpus corpus = Corpus::load({input}, {.lang = {}, .limits = {}, .in_colour = true}, problems);
  if (corpus.pages().empty()) {
    const std::string why = problems.empty() ? input.name : line_of(problems.front());
    throw Error(Errc::input_unreadable, why);
  }
  const Page& page = corpus.pages().front();
  if (page.width != result.width || page.height != result.height) {
    throw Error(Errc::invalid_argument,
                tr("image: has {} × {} px, but the recognized page {} × {} px", page.width,
                   page.height, result.width, result.height));
  }
  return corpus;
}

py::bytes searchable_pdf(const RecognizedPage& page, const py::object& image) {
  std::string pdf;
  const InputFile input = input_of(page, image);
  {
    const py::gil_scoped_release released;
    const Corpus corpus = corpus_of(input, page.result);
    PageSource source = source_of(page);
    source.facsimile = [&corpus] { return corpus.facsimile(0); };
    pdf = pdf_text(page.result, source);
  }
  return pdf;
}

}  // namespace

void add_pages(py::module_& module) {
  py::class_<Word>(module, "Word", R"(A recognized word with its position on the page.

Words are those of `Page.words` and `Line.words`.
)")
      .def_readonly("text", &Word::text, "The text.")
      .def_readonly("confidence", &Word::confidence, "0 to 100.")
      .def_property_readonly(
          "box", [](const Word& word) { return tuple_of(box_of(word)); },
          "(left, top, right, bottom) in px; right and bottom are excluded. All 0 for engines "
          "without positions.")
      .def_readonly("alternatives", &Word::alternatives,
                    "Other texts that OCR results have in its place: a list of strings, empty if "
                    "it is the result of one pipeline.")
      .def_readonly("block", &Word::block, "Number of the block, from 1.")
      .def_readonly("paragraph", &Word::paragraph, "Number of the paragraph in its block, from 1.")
      .def_readonly("line", &Word::line, "Number of the line in its paragraph, from 1.")
      .def("__repr__", [](const Word& word) {
        return py::str("<ocrtune.Word {!r} {}>").format(word.text, word.confidence);
      });
  py::class_<TextLine>(module, "Line", "A text line: one of `Page.lines`.")
      .def_property_readonly("text", &line_text, "Its words, with spaces between them.")
      .def_readonly("words", &TextLine::words, "Its words, a list of `Word`.")
      .def_property_readonly(
          "box", [](const TextLine& line) { return tuple_of(line.box); },
          "(left, top, right, bottom) in px; right and bottom are excluded.")
      .def("__repr__", [](const TextLine& line) {
        return py::str("<ocrtune.Line {!r}>").format(line_text(line));
      });
  py::class_<RecognizedPage>(module, "Page", R"(The OCR result of a page.

`read`, `Reader.read` and `read_pages` return it.

Examples
--------
>>> import ocrtune
>>> page = ocrtune.read("examples/sample_pages/08-prose-eng-clean.jpg")
>>> page.lines[0].text.split()[:3]
['The', 'Ferryman’s', 'Ledger']
>>> left, top, right, bottom = page.words[0].box
>>> 0 < left < right < page.width and 0 < top < bottom < page.height
True
>>> page.to_pdf()[:5]
b'%PDF-'
)")
      .def_readonly("name", &RecognizedPage::name, "The page's name, or its file.")
      .def_readonly("engine", &RecognizedPage::engine, "The name of the OCR engine.")
      .def_property_readonly(
          "text", [](const RecognizedPage& page) { return plain_text(page.result); },
          "The text, one text line per line, an empty line between paragraphs.")
      .def_property_readonly(
          "words", [](const RecognizedPage& page) { return page.result.words; },
          "The words in reading order, a list of `Word`.")
      .def_property_readonly("lines", &lines_of, "The text lines, a list of `Line`.")
      .def_property_readonly(
          "confidence", [](const RecognizedPage& page) { return mean_confidence(page.result); },
          "Mean of the words' confidences, 0 to 100; 0 if there are no words.")
      .def_property_readonly(
          "width", [](const RecognizedPage& page) { return page.result.width; }, "px")
      .def_property_readonly(
          "height", [](const RecognizedPage& page) { return page.result.height; }, "px")
      .def_property_readonly(
          "rotation", [](const RecognizedPage& page) { return 90 * page.turns; },
          "Clockwise rotation, in degrees, with which the text is upright; other than 0 only with "
          "a portfolio.")
      .def("to_format", &in_format, py::arg("format"), R"(The page in a format of OCR results.

Parameters
----------
format : {"text", "tsv", "hocr", "alto", "page", "json"}
    ``"page"`` is PAGE XML, ``"json"`` the words with their alternatives.

Returns
-------
str
)")
      .def(
          "to_text", [](const RecognizedPage& page) { return in_format(page, "text"); },
          R"(The page as plain text, the same as `text`.

Returns
-------
str
)")
      .def(
          "to_alto", [](const RecognizedPage& page) { return in_format(page, "alto"); },
          R"(The page as ALTO 4.4.

Returns
-------
str
    An XML document.
)")
      .def(
          "to_hocr", [](const RecognizedPage& page) { return in_format(page, "hocr"); },
          R"(The page as hOCR 1.2.

Returns
-------
str
    An XHTML document.
)")
      .def(
          "to_page_xml", [](const RecognizedPage& page) { return in_format(page, "page"); },
          R"(The page as PAGE XML of 2019-07-15.

Returns
-------
str
    An XML document.
)")
      .def(
          "to_tsv", [](const RecognizedPage& page) { return in_format(page, "tsv"); },
          R"(The page as Tesseract's TSV.

Returns
-------
str
    A header, then a row for the page and each block, paragraph, line and word.
)")
      .def("to_pdf", &searchable_pdf, py::arg("image") = py::none(),
           R"(The page as a searchable PDF: its image, and the words as invisible text over it.

Parameters
----------
image : numpy.ndarray of uint8, optional
    The pixels, for a page that was recognized from an array; by default those of its file, which is
    embedded as it is if it is a JPEG or PNG file.

Returns
-------
bytes
    A PDF file of one page.

Raises
------
InputUnreadableError
    If the file is gone.
InvalidArgumentError
    If the image has another size than the recognized page, or there is neither file nor image.
)")
      .def(
          "to_text_pdf",
          [](const RecognizedPage& page, double dpi) {
            return py::bytes(text_pdf(page.result, source_of(page), {dpi, dpi}));
          },
          py::arg("dpi"), R"(The words as invisible text on a PDF page without its image.

Parameters
----------
dpi : float
    Resolution of the page, which gives the PDF page its size.

Returns
-------
bytes
)")
      .def("__repr__", [](const RecognizedPage& page) {
        return py::str("<ocrtune.Page {!r}, {} words, confidence {:.1f}>")
            .format(page.name, page.result.words.size(), mean_confidence(page.result));
      });
}

}  // namespace ocrtune::python
