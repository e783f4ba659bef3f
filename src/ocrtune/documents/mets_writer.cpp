#include "ocrtune/documents/mets_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/xml.h"

namespace ocrtune {
namespace {

std::string id_of(const MetsPage& page) { return fmt::format("P_{:04}", page.number); }

std::string id_of(const MetsPage& page, const MetsEntry& file) {
  return fmt::format("{}_{:04}", file.group, page.number);
}

/// In the order in which pages have them.
std::vector<std::string> groups_of(const std::vector<MetsPage>& pages) {
  std::vector<std::string> groups;
  for (const MetsPage& page : pages) {
    for (const MetsEntry& file : page.files) {
      if (std::ranges::find(groups, file.group) == groups.end()) groups.push_back(file.group);
    }
  }
  return groups;
}

std::string group_text(const std::vector<MetsPage>& pages, const std::string& group) {
  std::string text = fmt::format("    <mets:fileGrp USE=\"{}\">\n", xml_escaped(group));
  for (const MetsPage& page : pages) {
    for (const MetsEntry& file : page.files) {
      if (file.group != group) continue;
      text += fmt::format(
          "      <mets:file ID=\"{}\" MIMETYPE=\"{}\">\n"
          "        <mets:FLocat LOCTYPE=\"OTHER\" OTHERLOCTYPE=\"FILE\" xlink:href=\"{}\"/>\n"
          "      </mets:file>\n",
          id_of(page, file), xml_escaped(file.mime), xml_escaped(file.place));
    }
  }
  return text + "    </mets:fileGrp>\n";
}

std::string division_text(const MetsPage& page) {
  const std::string label =
      page.label.empty() ? "" : fmt::format(" ORDERLABEL=\"{}\"", xml_escaped(page.label));
  std::string text = fmt::format("      <mets:div TYPE=\"page\" ID=\"{}\" ORDER=\"{}\"{}>\n",
                                 id_of(page), page.number, label);
  for (const MetsEntry& file : page.files)
    text += fmt::format("        <mets:fptr FILEID=\"{}\"/>\n", id_of(page, file));
  return text + "      </mets:div>\n";
}

}  // namespace

std::string mets_text(const std::vector<MetsPage>& pages, const std::string& program) {
  std::string text = fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.loc.gov/METS/ http://www.loc.gov/standards/mets/mets.xsd">
  <mets:metsHdr>
    <mets:agent TYPE="OTHER" OTHERTYPE="SOFTWARE" ROLE="CREATOR">
      <mets:name>{}</mets:name>
    </mets:agent>
  </mets:metsHdr>
  <mets:fileSec>
)",
      xml_escaped(program));
  for (const std::string& group : groups_of(pages)) text += group_text(pages, group);
  text += R"(  </mets:fileSec>
  <mets:structMap TYPE="PHYSICAL">
    <mets:div TYPE="physSequence" ID="physSequence">
)";
  for (const MetsPage& page : pages) text += division_text(page);
  return text + R"(    </mets:div>
  </mets:structMap>
</mets:mets>
)";
}

}  // namespace ocrtune
