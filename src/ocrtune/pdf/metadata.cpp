#include "ocrtune/pdf/metadata.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "ocrtune/base/text.h"
#include "ocrtune/base/xml.h"
#include "ocrtune/pdf/srgb_profile.h"

namespace ocrtune {
namespace {

std::string xmp_of(const std::string& title, const std::string& program) {
  return fmt::format(
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
      "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
      "<dc:format>application/pdf</dc:format>\n"
      "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>\n"
      "<pdf:Producer>{}</pdf:Producer>\n"
      "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n"
      "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n",
      xml_escaped(title), xml_escaped(program));
}

/// Removes what begins with `begin` and ends with the next `end`, everywhere.
void remove_parts(std::string& text, std::string_view begin, std::string_view end) {
  std::size_t from = 0;
  while ((from = text.find(begin, from)) != std::string::npos) {
    const std::size_t to = text.find(end, from + begin.size());
    if (to == std::string::npos) return;
    text.erase(from, to + end.size() - from);
  }
}

}  // namespace

PdfMetadata write_pdf_metadata(PdfWriter& pdf, const std::string& title,
                               const std::string& program) {
  const int xmp = pdf.stream("/Type /Metadata /Subtype /XML", xmp_of(title, program));
  const int profile = pdf.deflated_stream("/N 3", srgb_profile());
  const int info = pdf.object(
      fmt::format("<< /Title {} /Producer {} >>", pdf_string(title), pdf_string(program)));
  return {fmt::format("/Metadata {} 0 R /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 "
                      "/OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) "
                      "/DestOutputProfile {} 0 R >>]",
                      xmp, profile),
          info};
}

std::string xmp_without_claims(std::string xmp) {
  constexpr std::array<std::string_view, 4> kClaims{"part", "conformance", "amd", "rev"};
  for (const std::string_view claim : kClaims) {
    remove_parts(xmp, fmt::format("<pdfaid:{}>", claim), fmt::format("</pdfaid:{}>", claim));
    remove_parts(xmp, fmt::format("pdfaid:{}=\"", claim), "\"");
    remove_parts(xmp, fmt::format("pdfaid:{}='", claim), "'");
  }
  return xmp;
}

}  // namespace ocrtune
