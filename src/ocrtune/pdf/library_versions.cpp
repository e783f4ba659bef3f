#include "ocrtune/pdf/library_versions.h"

#include "ocrtune/base/json_fields.h"
#include "ocrtune/parsers/parser.h"
#include "ocrtune/pdf/parsed_pdf.h"

namespace ocrtune {

PdfLibraryVersions pdf_library_versions() {
  constexpr std::size_t kMaxVersion = 100;
  const nlohmann::json versions = Parser(kPdfParser).ask({{"do", "versions"}}, {}, pdf_limits(0));
  JsonFields answer(versions, "answer");
  return {.poppler = answer.line("poppler", kMaxVersion), .qpdf = answer.line("qpdf", kMaxVersion)};
}

}  // namespace ocrtune
