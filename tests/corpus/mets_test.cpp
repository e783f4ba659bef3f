#include "ocrtune/corpus/mets.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "ocrtune/base/input_folders.h"
#include "ocrtune/base/text.h"
#include "ocrtune/corpus/inputs.h"
#include "ocrtune/corpus/mets_places.h"
#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::contains;
using Texts = std::vector<std::string>;

/// A METS file with these groups and this structure.
std::string mets(const std::string& groups, const std::string& structure) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">
<mets:fileSec>)" +
         groups + "</mets:fileSec>" + structure + "</mets:mets>";
}

std::string image_file(const std::string& id, const std::string& place,
                       const std::string& type = "image/jpeg") {
  return fmt::format(
      R"(<mets:file ID="{}" MIMETYPE="{}"><mets:FLocat LOCTYPE="URL" xlink:href="{}"/></mets:file>)",
      id, type, place);
}

std::string file_group(const std::string& use, const std::string& files) {
  return fmt::format(R"(<mets:fileGrp USE="{}">{}</mets:fileGrp>)", use, files);
}

/// The physical structure of pages that have files; "ORDER" and label of each come first.
std::string page_divisions(const std::vector<Texts>& divisions) {
  std::string text;
  for (const Texts& division : divisions) {
    text += fmt::format(R"(<mets:div TYPE="page" ORDER="{}" ORDERLABEL="{}">)", division[0],
                        division[1]);
    for (std::size_t i = 2; i < division.size(); ++i)
      text += fmt::format(R"(<mets:fptr FILEID="{}"/>)", division[i]);
    text += "</mets:div>";
  }
  return R"(<mets:structMap TYPE="LOGICAL"><mets:div TYPE="monograph"><mets:fptr FILEID="D1"/></mets:div>
            </mets:structMap><mets:structMap TYPE="PHYSICAL"><mets:div TYPE="physSequence">
            <mets:fptr FILEID="PDF"/>)" +
         text + "</mets:div></mets:structMap>";
}

/// Number, label and first place of each page.
Texts mets_pages_in(const std::string& text, const std::string& wanted = "") {
  Texts found;
  for (const MetsPage& page : parse_mets(text, wanted).pages)
    found.push_back(fmt::format("{} {} {}", page.number, page.label, page.places.front()));
  return found;
}

std::string refusal_of_mets(const std::string& text, const std::string& wanted = "") {
  return test::error_of(Errc::input_unreadable, [&] { (void)parse_mets(text, wanted); });
}

// As libraries serve them: groups by size, an order that is not that of the file.
TEST(Mets, OfALibraryHasItsPagesInOrder) {
  const std::string text =
      mets(file_group("THUMBS", image_file("T1", "https://l.example.org/t1.jpg") +
                                    image_file("T2", "https://l.example.org/t2.jpg")) +
               file_group("DEFAULT", image_file("D1", "https://l.example.org/d1.jpg") +
                                         image_file("D2", "https://l.example.org/d2.jpg")) +
               file_group("DOWNLOAD",
                          image_file("PDF", "https://l.example.org/all.pdf", "application/pdf")) +
               file_group("FULLTEXT", image_file("X1", "https://l.example.org/x1.xml", "text/xml")),
           page_divisions({{"10", "f. 2", "T2", "D2"}, {"2", " [1] ", "T1", "D1", "X1"}}));
  EXPECT_EQ(mets_pages_in(text),
            (Texts{"1 [1] https://l.example.org/d1.jpg", "2 f. 2 https://l.example.org/d2.jpg"}));
  EXPECT_EQ(mets_pages_in(text, "thumbs").front(), "1 [1] https://l.example.org/t1.jpg");
  EXPECT_EQ(parse_mets(text, "").group, "DEFAULT");
  EXPECT_EQ(refusal_of_mets(text, "MAX"),
            "has no group of images MAX; its groups: THUMBS, DEFAULT");
  EXPECT_EQ(refusal_of_mets(text, "FULLTEXT"),
            "has no group of images FULLTEXT; its groups: THUMBS, DEFAULT");
}

// As OCR-D writes them: several images of a page and PAGE XML, local files beside URLs.
TEST(Mets, OfOcrDHasItsImages) {
  const std::string text =
      mets(file_group("OCR-D-BIN", image_file("B1", "OCR-D-BIN/1.png", "image/png")) +
               file_group("OCR-D-IMG",
                          R"(<mets:file ID="I1" MIMETYPE="image/tiff">
                   <mets:FLocat LOCTYPE="URL" xlink:href="https://l.example.org/1.tif"/>
                   <mets:FLocat LOCTYPE="OTHER" OTHERLOCTYPE="FILE" xlink:href="OCR-D-IMG/1.tif"/>
                   </mets:file>)" +
                              image_file("I2", "OCR-D-IMG/2.tif", "image/tiff")) +
               file_group("OCR-D-OCR",
                          image_file("O1", "OCR-D-OCR/1.xml", "application/vnd.prima.page+xml")),
           page_divisions({{"", "", "O1", "B1", "I1"}, {"", "", "O2", "I2"}, {"", "", "B3"}}));
  const MetsPages found = parse_mets(text, "");
  EXPECT_EQ(found.group, "OCR-D-IMG");
  ASSERT_EQ(found.pages.size(), 2U);
  EXPECT_EQ(found.pages[0].places, (Texts{"https://l.example.org/1.tif", "OCR-D-IMG/1.tif"}));
  EXPECT_EQ(found.without_file, std::vector<std::size_t>{3});
  EXPECT_EQ(mets_pages_in(text, "OCR-D-BIN"), Texts{"1  OCR-D-BIN/1.png"});
}

TEST(Mets, MayHaveNoStructureAndOtherNames) {
  const std::string plain =
      R"(<mets xmlns="http://www.loc.gov/METS/" xmlns:x="http://www.w3.org/1999/xlink">
      <fileSec><fileGrp USE="reference"><fileGrp><file ID="a"><FLocat x:href="b.tif"/></file>
      <file ID="b"><FLocat x:href="a.tif"/></file></fileGrp></fileGrp></fileSec></mets>)";
  EXPECT_EQ(mets_pages_in(plain), (Texts{"1  b.tif", "2  a.tif"}));
  const std::string areas =
      mets(file_group("service", image_file("S1", "1.jpg") + image_file("S2", "2.jpg")),
           R"(<mets:structMap TYPE="physical"><mets:div>
      <mets:div LABEL="Page 1"><mets:fptr><mets:area FILEID="S2"/></mets:fptr></mets:div>
      <mets:div><mets:fptr FILEID="S1"/></mets:div></mets:div></mets:structMap>)");
  EXPECT_EQ(mets_pages_in(areas), (Texts{"1 Page 1 2.jpg", "2  1.jpg"}));
}

// As newspapers are served: a group for each page, and the kinds of files at the files.
TEST(Mets, MayStateKindsAtFiles) {
  std::string groups;
  for (const char* page : {"1", "2"})
    groups += fmt::format(R"(<mets:fileGrp><mets:file ID="m{0}" USE="master" MIMETYPE="image/tiff">
        <mets:FLocat xlink:href="{0}.tif"/></mets:file><mets:file ID="s{0}" USE="service"
        MIMETYPE="image/jp2"><mets:FLocat xlink:href="{0}.jp2"/></mets:file></mets:fileGrp>)",
                          page);
  const std::string text =
      mets(groups, page_divisions({{"1", "", "s1", "m1"}, {"2", "", "s2", "m2"}}));
  EXPECT_EQ(mets_pages_in(text), (Texts{"1  1.tif", "2  2.tif"}));
  EXPECT_EQ(mets_pages_in(text, "service"), (Texts{"1  1.jp2", "2  2.jp2"}));
}

// Without these limits both take minutes.
TEST(Mets, NestedDeeplyIsReadOnce) {
  const auto many = [](const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  };
  const std::string one = file_group("MAX", image_file("f", "1.png"));
  const std::string divisions = many(R"(<mets:div TYPE="page">)", 200) +
                                many(R"(<mets:fptr FILEID="g"/>)", 300'000) +
                                many("</mets:div>", 200);
  EXPECT_EQ(refusal_of_mets(
                mets(one, R"(<mets:structMap TYPE="PHYSICAL">)" + divisions + "</mets:structMap>")),
            "no page has an image in the group MAX");
  const std::string files = many("<mets:fileGrp>", 200) + many(R"(<mets:file ID="a"/>)", 300'000) +
                            many("</mets:fileGrp>", 200);
  EXPECT_EQ(refusal_of_mets(mets(files, "")), "names no image");
  EXPECT_EQ(refusal_of_mets(mets(many("<mets:fileGrp/>", 10'001), "")),
            "has more groups of files than the limit of 10000");
}

TEST(Mets, SaysWhatIsWrong) {
  EXPECT_TRUE(contains(refusal_of_mets("<mets>"), "is not well-formed XML"));
  EXPECT_EQ(refusal_of_mets("<mets/>"), "is not a METS file");
  EXPECT_EQ(refusal_of_mets("<x xmlns=\"http://www.loc.gov/METS/\"/>"), "is not a METS file");
  EXPECT_EQ(refusal_of_mets(mets("", "")), "names no image");
  const std::string two =
      mets(file_group("a", image_file("1", "1.jpg")) + file_group("b", image_file("2", "2.jpg")) +
               file_group("MIN", image_file("3", "3.jpg")),
           "");
  EXPECT_EQ(refusal_of_mets(two),
            "has several groups of images; name one of them, as METS#GROUP: a, b, MIN");
  EXPECT_EQ(refusal_of_mets(mets(file_group("MAX", image_file("1", "1.jpg")),
                                 page_divisions({{"1", "", "2"}}))),
            "no page has an image in the group MAX");
  EXPECT_TRUE(contains(
      refusal_of_mets(mets("&secret;" + file_group("MAX", image_file("&secret;", "1.jpg")), "")),
      "unknown entity"));
}

TEST(Mets, HasLimits) {
  std::string files;
  for (int i = 0; i <= 10'000; ++i) files += image_file(fmt::format("f{}", i), "1.jpg");
  EXPECT_EQ(refusal_of_mets(mets(file_group("MAX", files), "")),
            "has 10001 pages, the limit is 10000");
  std::string groups;
  for (int i = 0; i <= 200; ++i)
    groups += file_group(fmt::format("g{}", i), image_file(fmt::format("f{}", i), "1.jpg"));
  EXPECT_EQ(refusal_of_mets(mets(groups, "")), "has more groups of images than the limit of 200");
}

/// The place of a page with these places, or the refusal.
std::string shown_place(const Texts& places, const fs::path& mets_file) {
  try {
    const MetsPlace found = place_of_page({.number = 1, .label = "", .places = places}, mets_file);
    return found.path.string() + " " + found.name;
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(MetsPlaces, AreBelowTheFolderOfTheFile) {
  const test::TempFolder folder;
  const std::string base = fs::canonical(folder.path()).string();
  folder.write("w/img/1.tif", "x");
  folder.write("out.tif", "x");
  const fs::path file = base + "/w/mets.xml";
  EXPECT_EQ(shown_place({"img/1.tif"}, file), base + "/w/img/1.tif img/1.tif");
  EXPECT_EQ(shown_place({"file://" + base + "/w/img/1.tif"}, file),
            base + "/w/img/1.tif img/1.tif");
  EXPECT_EQ(shown_place({"./img/../img/1.tif"}, file), base + "/w/img/1.tif img/1.tif");
  // A file that there is comes before a URL, and that before one that there is not.
  EXPECT_EQ(shown_place({"http://a.example.org/1.jpg", "img/1.tif"}, file),
            base + "/w/img/1.tif img/1.tif");
  EXPECT_EQ(shown_place({"img/2.tif", "http://a.example.org/1.jpg"}, file),
            "http://a.example.org/1.jpg a.example.org/1.jpg");
  EXPECT_EQ(shown_place({"img/2.tif"}, file), base + "/w/img/2.tif img/2.tif");
  for (const std::string& outside :
       {std::string("../out.tif"), base + "/out.tif", "file://" + base + "/out.tif",
        std::string("img/../../out.tif"), std::string("."),
        std::string("ftp://a.example.org/1.jpg")})
    EXPECT_EQ(shown_place({outside}, file),
              "`" + outside + "` is neither a file in its folder nor an http or https URL");
  EXPECT_TRUE(
      contains(shown_place({"http://anna:secret@a.example.org/1.jpg"}, file), "a user name"));
}

TEST(MetsPlaces, OfAUrlAreUrls) {
  const fs::path mets_file = "https://a.example.org/b/mets.xml";
  EXPECT_EQ(shown_place({"img/1.tif"}, mets_file),
            "https://a.example.org/b/img/1.tif a.example.org/b/img/1.tif");
  EXPECT_EQ(shown_place({"file:///etc/passwd", "http://c.example.org/1.jpg"}, mets_file),
            "http://c.example.org/1.jpg c.example.org/1.jpg");
  EXPECT_EQ(shown_place({"file:///etc/passwd"}, mets_file),
            "`file:///etc/passwd` is neither a file in its folder nor an http or https URL");
}

TEST(MetsInputs, AreTheirPages) {
  const test::TempFolder folder;
  folder.write("w/OCR-D-IMG/1.tif", "x");
  folder.write("w/bin/1.png", "x");
  const std::string text = mets(file_group("OCR-D-IMG", image_file("I1", "OCR-D-IMG/1.tif")) +
                                    file_group("BIN", image_file("B1", "bin/1.png")),
                                page_divisions({{"1", "Titel", "I1", "B1"}, {"2", "", "I2"}}));
  const std::string path = folder.write("w/mets.xml", text).string();
  std::vector<Problem> problems;
  std::istringstream none;
  const auto expand = [&](const std::string& argument) {
    problems.clear();
    return expand_inputs({argument}, none, problems);
  };
  const auto files = expand(path);
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].path, folder.path() / "w/OCR-D-IMG/1.tif");
  EXPECT_EQ(files[0].name, "OCR-D-IMG/1.tif");
  EXPECT_EQ(files[0].labels, (Labels{{"label", "Titel"}}));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(line_of(problems[0]),
            path + ": pages without an image in the group OCR-D-IMG: 1; the first is page 2");
  EXPECT_EQ(expand(path + "#BIN").at(0).name, "bin/1.png");
  EXPECT_TRUE(expand(path + "#NONE").empty());
  EXPECT_EQ(problems.at(0).what,
            path + ": has no group of images NONE; its groups: OCR-D-IMG, BIN");
  // Other XML is no list, and a name may have the mark.
  const std::string other = folder.write("page.xml", "<PcGts/>").string();
  EXPECT_EQ(expand(other).at(0).path, fs::path(other));
  const std::string marked = folder.write("a.xml#1", "x").string();
  EXPECT_EQ(expand(marked).at(0).path, fs::path(marked));
  const std::string out =
      folder.write("o/mets.xml", mets(file_group("MAX", image_file("I1", "../w/bin/1.png")), ""))
          .string();
  EXPECT_TRUE(expand(out).empty());
  EXPECT_EQ(
      problems.at(0).what,
      out + ": page 1: `../w/bin/1.png` is neither a file in its folder nor an http or https URL");
}

}  // namespace
}  // namespace ocrtune
