#include "ocrtune/cli/read_formats.h"

#include <algorithm>

#include "ocrtune/ocr/alto.h"
#include "ocrtune/ocr/page_xml.h"

namespace ocrtune::cli {

const std::vector<ReadFormat>& all_read_formats() {
  static const std::vector<ReadFormat> kFormats{
      {"text", ".txt", false, [](const Reading& r, const PageSource&) { return plain_text(r); }},
      {"tsv", ".tsv", false,
       [](const Reading& r, const PageSource& source) { return tsv_text(r, source.number); }},
      {"hocr", ".hocr", true, hocr_text},
      {"alto", ".xml", true, alto_text},
      {"page", ".page.xml", true, page_xml_text}};
  return kFormats;
}

std::vector<std::string> read_format_names() {
  std::vector<std::string> names;
  for (const ReadFormat& format : all_read_formats()) names.push_back(format.name);
  return names;
}

const ReadFormat& read_format(std::string_view name) {
  return *std::ranges::find(all_read_formats(), name, &ReadFormat::name);
}

}  // namespace ocrtune::cli
