#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "arrays.h"
#include "calls.h"
#include "module.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/library_threads.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/open_input.h"
#include "ocrtune/workflow/read.h"
#include "ocrtune/workflow/reader.h"
#include "options.h"
#include "pages.h"
#include "values.h"

namespace ocrtune::python {
namespace {

namespace py = pybind11;
using workflow::Reader;

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
    result.file = result.name;
    result.index = page.value_or(0);
  }
  const py::gil_scoped_release released;
  const SerialOpenCv serial;
  Image image = in_memory ? image_of(pixels, dpi, reader.wants_colour())
                          : page_of_file(result.name, page, reader.wants_colour());
  if (dpi) image.dpi = {*dpi, *dpi};
  workflow::ReadImage recognized = *reader.read(image, kNever);
  result.engine = std::move(recognized.engine);
  result.result = std::move(recognized.ocr_result);
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
  run_interruptibly(py::none(), [&](const Events& events) {
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
                     .file = read.page->file,
                     .index = read.page->index,
                     .engine = read.engine,
                     .result = read.ocr_result});
  };
  run_interruptibly(progress,
                    [&](const Events& events) { (void)workflow::read(options, taken, events); });
  return pages;
}

}  // namespace

void add_reading(py::module_& module) {
  py::class_<Reader>(module, "Reader", "What ocrtune.Reader keeps; it takes any options.")
      .def(py::init(&make_reader))
      .def("read", &read, py::arg("source"), py::arg("page"), py::arg("dpi"),
           "See ocrtune.Reader.read.");
  module.def("read_pages", &read_pages);
  module.def("load_page", &load_page, py::arg("source"), py::arg("page") = py::none(),
             py::arg("colour") = false, R"(The pixels of a page of a file.

Parameters
----------
source : str or os.PathLike
    PNG, JPEG, TIFF, WebP, HEIF, AVIF, PNM or PDF.
page : int, optional
    Of a file with several pages, from 0.
colour : bool
    With its colours, if it has any.

Returns
-------
numpy.ndarray of uint8, shape (height, width) or (height, width, 3)
    Gray or BGR, upright.

Examples
--------
>>> import ocrtune
>>> ocrtune.load_page("examples/sample_pages/08-prose-eng-clean.jpg").dtype
dtype('uint8')
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
