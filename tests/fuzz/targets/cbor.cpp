// Pages of a PDF that is being written, in files of their own.

#include "fuzz/targets/example_result.h"
#include "fuzz/targets/target.h"
#include "ocrtune/pdf/page.h"

namespace ocrtune::fuzz {
namespace {

bool run_cbor(std::string_view input) {
  return is_taken({Errc::input_unreadable}, [&] { (void)pdf_page_bytes(pdf_page_of(input)); });
}

std::vector<std::string> cbor_seeds() {
  const Facsimile image{.width = 2, .height = 1, .channels = 1, .bits = 8, .data = {{}, {}}};
  return {pdf_page_bytes({.ocr_result = example_result()}),
          pdf_page_bytes({.ocr_result = example_result(), .image = image})};
}

const Registered kCbor{{"cbor", run_cbor, cbor_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
