// Ground truth and OCR output: PAGE XML, ALTO, hOCR.

#include "fuzz/common/require.h"
#include "fuzz/targets/example_result.h"
#include "fuzz/targets/target.h"
#include "ocrtune/base/text.h"
#include "ocrtune/documents/alto_writer.h"
#include "ocrtune/documents/corrected_page.h"
#include "ocrtune/documents/hocr_writer.h"
#include "ocrtune/documents/page_xml_writer.h"
#include "ocrtune/documents/transcript.h"

namespace ocrtune::fuzz {
namespace {

bool run_xml(std::string_view input) {
  Transcript transcript;
  if (!is_taken({Errc::input_unreadable}, [&] { transcript = parse_document(input); }))
    return false;
  require(is_utf8(transcript.text) && is_utf8(transcript.made_by), "a transcript is not UTF-8");
  std::string corrected;
  if (!is_taken({Errc::input_unreadable, Errc::invalid_argument},
                [&] { corrected = corrected_page(input, transcript.text); }))
    return true;
  require(transcript.format == TranscriptFormat::page, "what is no PAGE XML was corrected");
  require(parse_document(corrected).text == transcript.text, "a page has another text afterwards");
  return true;
}

std::vector<std::string> xml_seeds() {
  const PageSource source{
      .name = "scan.png", .program = "ocrtune 0.1.0", .language = "en", .turns = 1};
  const OcrResult result = example_result();
  return {page_xml_text(result, source), alto_text(result, source), hocr_text(result, source)};
}

const Registered kXml{{"xml", run_xml, xml_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
