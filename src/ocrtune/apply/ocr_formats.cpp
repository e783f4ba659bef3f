#include "ocrtune/apply/ocr_formats.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/time.h"
#include "ocrtune/base/version.h"
#include "ocrtune/documents/alto_writer.h"
#include "ocrtune/documents/page_json.h"
#include "ocrtune/documents/page_xml_writer.h"
#include "ocrtune/documents/tsv_writer.h"
#include "ocrtune/ocr/model_names.h"
#include "ocrtune/ocr/tesseract_recognizer.h"
#include "ocrtune/pdf/searchable_pdf.h"

namespace ocrtune {

const std::vector<OcrFormat>& all_ocr_formats() {
  static const std::vector<OcrFormat> kFormats{
      {"text", ".txt", false, false,
       [](const OcrResult& r, const PageSource&) { return plain_text(r); }},
      {"tsv", ".tsv", false, false,
       [](const OcrResult& r, const PageSource& source) { return tsv_text(r, source.number); }},
      {"hocr", ".hocr", true, false, hocr_text},
      {"alto", ".xml", true, false, alto_text},
      {"page", ".page.xml", true, false, page_xml_text},
      {"json", ".json", false, false, page_json_text},
      {"pdf", ".pdf", true, true, pdf_text}};
  return kFormats;
}

const OcrFormat& ocr_format(std::string_view name) {
  return *std::ranges::find(all_ocr_formats(), name, &OcrFormat::name);
}

PageSource source_of(const std::string& name, int number, const std::string& engine) {
  return {.name = name,
          .number = number,
          .program = fmt::format("ocrtune {}, engine {}, Tesseract {}", program_version(), engine,
                                 tesseract_version()),
          .created = utc_time_text(now_us()),
          .facsimile = {}};
}

PageSource source_of(const Corpus& corpus, std::size_t index, const std::string& engine) {
  PageSource source = source_of(corpus.pages()[index].name, static_cast<int>(index) + 1, engine);
  source.language = language_tag_of(corpus.pages()[index].lang);
  source.facsimile = [&corpus, index] { return corpus.facsimile(index); };
  return source;
}

std::string language_of(const Corpus& corpus, const std::vector<std::size_t>& pages) {
  if (pages.empty()) return "";
  const std::string& first = corpus.pages()[pages.front()].lang;
  const bool of_all = std::ranges::all_of(
      pages, [&](std::size_t page) { return corpus.pages()[page].lang == first; });
  return of_all ? language_tag_of(first) : "";
}

}  // namespace ocrtune
