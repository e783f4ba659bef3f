#include "ocrtune/parsers/program/answers.h"
#include "ocrtune/pdf/program/installed_fonts.h"
#include "ocrtune/pdf/program/pdf_requests.h"

int main(int argc, char** argv) {
  ocrtune::use_installed_fonts();
  ocrtune::PdfRequests requests;
  return ocrtune::answer_requests(
      argc, argv, [&](ocrtune::ParserRequest& request) { return requests.answer(request); });
}
