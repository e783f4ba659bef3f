#include "pages.h"

#include <fmt/format.h>
#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <atomic>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "arrays.h"
#include "calls.h"
#include "module.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/library_threads.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/open_input.h"
#include "ocrtune/ocr/ocr_formats.h"
#include "ocrtune/ocr/page_tree.h"
#include "ocrtune/ocr/searchable_pdf.h"
#include "ocrtune/workflow/read.h"
#include "ocrtune/workflow/reader.h"
#include "options.h"
#include "values.h"

namespace ocrtune::python {
namespace {

namespace py = pybind11;
using workflow::Reader;

struct TextLine {
  std::vector<Word> words;
  Box box;
};

py::tuple tuple_of(const Box& box) {
  return py::make_tuple(box.left, box.top, box.right, box.bottom);
}

std::string text_of(const TextLine& line) {
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

/// A page of a file, decoded.
Image page_of_file(const std::string& path, std::optional<int> page, bool in_colour) {
  std::optional<Problem> problem;
  Image image;
  const InputFile input{.path = path, .name = path};
  open_input(
      input, {},
      [&](PageFile& file) {
        const int count = file.page_count();
        if (!page && count > 1) {
          throw Error(Errc::input_unreadable,
                      tr("has {} pages; state one with page=, or use read_pages", count));
        }
        if (page && (*page < 0 || *page >= count)) {
          throw Error(Errc::input_unreadable,
                      tr("has {} pages, from 0 on; there is no page {}", count, *page));
        }
        image = file.decode(page.value_or(0), in_colour);
      },
      [&](Problem told) { problem = std::move(told); });
  if (problem) throw Error(Errc::input_unreadable, line_of(*problem));
  return image;
}

RecognizedPage read(const Reader& reader, const py::object& source, std::optional<int> page,
                    std::optional<double> dpi) {
  static const std::atomic<bool> kNever{false};
  RecognizedPage result{.name = "image"};
  if (page) result.number = *page + 1;
  cv::Mat pixels;
  const bool in_memory = py::isinstance<py::array>(source);
  if (in_memory) {
    pixels = pixels_of(source.cast<py::array>());
  } else {
    result.name = path_of(source);
  }
  const py::gil_scoped_release released;
  const SerialOpenCv serial;
  Image image = in_memory ? image_of(pixels, dpi, reader.wants_colour())
                          : page_of_file(result.name, page, reader.wants_colour());
  if (dpi) image.dpi = {*dpi, *dpi};
  workflow::ReadImage recognized = *reader.read(image, kNever);
  result.engine = std::move(recognized.engine);
  result.result = std::move(recognized.reading);
  result.turns = recognized.turns;
  return result;
}

py::array load_page(const py::object& source, std::optional<int> page, bool colour) {
  const std::string path = path_of(source);
  Image image;
  {
    const py::gil_scoped_release released;
    image = page_of_file(path, page, colour);
  }
  return array_of(image);
}

std::unique_ptr<Reader> make_reader(const py::kwargs& given) {
  workflow::ReaderOptions options;
  set_options(options_of(options), given, "Reader");
  std::unique_ptr<Reader> reader;
  run_interruptibly(py::none(), [&](const workflow::Events& events) {
    reader = std::make_unique<Reader>(options, events);
  });
  return reader;
}

std::vector<RecognizedPage> read_pages(const py::dict& given, const py::object& progress) {
  workflow::ReadOptions options;
  set_options(options_of(options), given, "read_pages");
  std::vector<RecognizedPage> pages;
  workflow::PagesRead taken;
  taken.page = [&](const workflow::PageRead& read) {
    pages.push_back({.name = read.page->name,
                     .number = static_cast<int>(pages.size()) + 1,
                     .engine = read.engine,
                     .result = read.reading});
  };
  run_interruptibly(progress, [&](const workflow::Events& events) {
    (void)workflow::read(options, taken, events);
  });
  return pages;
}

}  // namespace

void add_pages(py::module_& module) {
  py::class_<Word>(module, "Word", "A recognized word with its position on the page.")
      .def_readonly("text", &Word::text, "The text.")
      .def_readonly("confidence", &Word::confidence, "0 to 100.")
      .def_property_readonly(
          "box", [](const Word& word) { return tuple_of(box_of(word)); },
          "(left, top, right, bottom) in px; right and bottom are excluded. All 0 for engines "
          "without positions.")
      .def_readonly("block", &Word::block, "Number of the block, from 1.")
      .def_readonly("paragraph", &Word::paragraph, "Number of the paragraph in its block, from 1.")
      .def_readonly("line", &Word::line, "Number of the line in its paragraph, from 1.")
      .def("__repr__", [](const Word& word) {
        return py::str("<ocrtune.Word {!r} {}>").format(word.text, word.confidence);
      });
  py::class_<TextLine>(module, "Line", "A text line.")
      .def_property_readonly("text", &text_of, "Its words, with spaces between them.")
      .def_readonly("words", &TextLine::words, "Its words, a list of `Word`.")
      .def_property_readonly(
          "box", [](const TextLine& line) { return tuple_of(line.box); },
          "(left, top, right, bottom) in px; right and bottom are excluded.")
      .def("__repr__", [](const TextLine& line) {
        return py::str("<ocrtune.Line {!r}>").format(text_of(line));
      });
  py::class_<RecognizedPage>(module, "Page", "The OCR result of a page.")
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
format : {"text", "tsv", "hocr", "alto", "page"}
    ``"page"`` is PAGE XML.

Returns
-------
str
)")
      .def(
          "to_alto", [](const RecognizedPage& page) { return in_format(page, "alto"); },
          "The page as ALTO 4.4.")
      .def(
          "to_hocr", [](const RecognizedPage& page) { return in_format(page, "hocr"); },
          "The page as hOCR 1.2.")
      .def(
          "to_page_xml", [](const RecognizedPage& page) { return in_format(page, "page"); },
          "The page as PAGE XML.")
      .def(
          "to_tsv", [](const RecognizedPage& page) { return in_format(page, "tsv"); },
          "The page as Tesseract's TSV.")
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
  py::class_<Reader>(module, "Reader", R"(Recognizes pages, with the models loaded once.

Safe to use from several threads, each of which loads models of its own. The keyword arguments are
those of `read`.
)")
      .def(py::init(&make_reader))
      .def("read", &read, py::arg("source"), py::kw_only(), py::arg("page") = py::none(),
           py::arg("dpi") = py::none(), R"(The OCR result of a page.

Python's global lock is not held meanwhile.

Parameters
----------
source : numpy.ndarray of uint8, str or os.PathLike
    Pixels, gray (height, width) or BGR (height, width, 3), or an image file.
page : int, optional
    Of a file with several pages, from 0.
dpi : float, optional
    Resolution; by default that of the file.

Returns
-------
Page
)");
  module.def("read_pages", &read_pages);
  module.def("load_page", &load_page, py::arg("source"), py::arg("page") = py::none(),
             py::arg("colour") = false, R"(The pixels of a page of a file.

Parameters
----------
source : str or os.PathLike
    PNG, JPEG, TIFF, WebP, PNM or PDF.
page : int, optional
    Of a file with several pages, from 0.
colour : bool
    With its colours, if it has any.

Returns
-------
numpy.ndarray of uint8, shape (height, width) or (height, width, 3)
    Gray or BGR, upright.
)");
  module.def(
      "describe_reader",
      [] {
        workflow::ReaderOptions options;
        return described(options_of(options));
      },
      "The options of `Reader`.");
  module.def(
      "describe_read_pages",
      [] {
        workflow::ReadOptions options;
        return described(options_of(options));
      },
      "The options of `read_pages`.");
}

}  // namespace ocrtune::python
