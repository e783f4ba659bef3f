// What the program `ocrtune-pdf` does with a PDF. It runs in this process, so that what it covers
// is known. A crash within Poppler or QPDF is none of this program's faults: it ends a process of
// its own (fuzz/replay/pdf_parser_test.cpp).

#include <fcntl.h>
#include <unistd.h>

#include "fuzz/common/require.h"
#include "fuzz/targets/target.h"
#include "ocrtune/parsers/parser.h"
#include "ocrtune/pdf/program/pdf_requests.h"
#include "support/encoded.h"
#include "support/images.h"

namespace ocrtune::fuzz {
namespace {

using nlohmann::json;

constexpr int kMostPages = 3;

/// What is written is sent to standard output, which leads nowhere meanwhile.
class NoOutput {
 public:
  NoOutput() : kept_(::dup(STDOUT_FILENO)) {
    const Descriptor nowhere(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    ::dup2(nowhere.get(), STDOUT_FILENO);
  }
  ~NoOutput() { ::dup2(kept_.get(), STDOUT_FILENO); }
  NoOutput(const NoOutput&) = delete;
  NoOutput& operator=(const NoOutput&) = delete;

 private:
  Descriptor kept_;
};

json ask(PdfRequests& requests, json fields, std::string_view file = {}) {
  ParserRequest request{.fields = std::move(fields)};
  if (!file.empty()) request.files.push_back(nameless_file(bytes_in(file)));
  return requests.answer(request);
}

bool asked(PdfRequests& requests, const json& fields, std::string_view file = {}) {
  return is_taken({Errc::input_unreadable, Errc::limit_reached},
                  [&] { (void)ask(requests, fields, file); });
}

bool render(PdfRequests& requests, int page) {
  return is_taken({Errc::input_unreadable, Errc::limit_reached}, [&] {
    json size = ask(requests, {{"do", "size"}, {"page", page}});
    require(size["width"].get<int>() > 0 && size["height"].get<int>() > 0, "a page has no size");
    size.update({{"do", "render"}, {"page", page}, {"colour", true}});
    (void)ask(requests, size);
  });
}

bool run_pdf(std::string_view input) {
  if (input.empty()) return false;
  PdfRequests requests;
  const json opened{{"do", "open"},
                    {"dpi", input.size() % 2 == 0 ? 0 : 36},
                    {"max_side", 2000},
                    {"max_pixels", 200'000},
                    {"max_pages", kMostPages}};
  bool rendered = false;
  if (asked(requests, opened, input))
    for (int page = 0; page < kMostPages; ++page) rendered |= render(requests, page);
  const NoOutput quiet;
  static const std::string layer = text_in(test::pdf_of(1));
  for (const int change : {0, 1, 2}) {
    if (!asked(requests, {{"do", "edit"}}, input)) continue;
    is_taken({Errc::input_unreadable, Errc::limit_reached}, [&] {
      (void)ask(requests, {{"do", "look"}, {"page", 0}});
      (void)ask(requests, {{"do", "prepare"}, {"page", 0}, {"change", change}, {"turns", change}});
      asked(requests, {{"do", "write"}}, layer);
    });
  }
  return rendered;
}

std::vector<std::string> pdf_seeds() {
  const cv::Mat gray = test::noise(12, 10, 1);
  return {text_in(test::pdf_of(2)), text_in(test::pdf_of(1, "1 0 0")),
          text_in(test::pdf_of_scan(gray)),
          text_in(test::pdf_of_scan(gray, {.dpi_x = 72, .dpi_y = 36, .paper = 2, .rotate = 90})),
          text_in(test::pdf_of_scan(gray, {.font = "Helvetica"}))};
}

const Registered kPdf{{"pdf", run_pdf, pdf_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
