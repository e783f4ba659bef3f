#include "ocrtune/pdf/program/page_images.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ocrtune {
namespace {

/// A PDF of one page, of 200 by 100 pt, whose objects are numbered from 4 on.
std::string pdf_with(const std::string& content, const std::string& resources,
                     const std::vector<std::string>& objects) {
  const auto stream = [](const std::string& entries, const std::string& bytes) {
    return fmt::format("<< {} /Length {} >> stream\n{}\nendstream", entries, bytes.size(), bytes);
  };
  std::vector<std::string> all{
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R "
                  "/Resources << /XObject << {} >> >> >>",
                  resources),
      stream("", content)};
  all.insert(all.end(), objects.begin(), objects.end());
  std::string pdf = "%PDF-1.5\n";
  std::string table;
  for (std::size_t i = 0; i < all.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, all[i]);
  }
  const std::size_t at = pdf.size();
  pdf += fmt::format("xref\n0 {0}\n0000000000 65535 f \n{1}trailer << /Size {0} /Root 1 0 R >>\n",
                     all.size() + 1, table);
  return pdf + fmt::format("startxref\n{}\n%%EOF\n", at);
}

std::string image(int width, int height, const std::string& further = "") {
  return fmt::format("<< /Subtype /Image /Width {} /Height {} {} /Length 1 >> stream\nx\nendstream",
                     width, height, further);
}

std::vector<PageImage> images_of(const std::string& pdf) {
  QpdfFile file(std::as_bytes(std::span(pdf)));
  return page_images(file, 0);
}

TEST(PageImages, AreWhereTheContentPutsThem) {
  const std::vector<PageImage> images = images_of(
      pdf_with("q 2 0 0 2 5 5 cm q 50 0 0 40 0 0 cm /A Do Q 0 10 -20 0 0 0 cm /A Do Q /B Do",
               "/A 5 0 R", {image(300, 200)}));
  ASSERT_EQ(images.size(), 2U);
  EXPECT_EQ(images[0].pixels_across, 300);
  EXPECT_EQ(images[0].pixels_down, 200);
  EXPECT_EQ(images[0].across_x, 100);
  EXPECT_EQ(images[0].down_y, 80);
  EXPECT_EQ(images[0].area(), 8000);
  EXPECT_EQ(images[0].x, 5);
  EXPECT_EQ(images[0].y, 5);
  EXPECT_EQ(images[1].across_x, 0);
  EXPECT_EQ(images[1].across_y, 20);
  EXPECT_EQ(images[1].down_x, -40);
}

TEST(PageImages, HaveTheFinestOfTheirLayers) {
  for (const char* name : {"/Mask", "/SMask"}) {
    const std::vector<PageImage> images = images_of(pdf_with(
        "/A Do", "/A 5 0 R", {image(10, 5, fmt::format("{} 6 0 R", name)), image(100, 50)}));
    ASSERT_EQ(images.size(), 1U);
    EXPECT_EQ(images[0].pixels_across, 100) << name;
  }
  const std::vector<PageImage> keyed =
      images_of(pdf_with("/A Do", "/A 5 0 R", {image(10, 5, "/Mask [0 1]")}));
  EXPECT_EQ(keyed.at(0).pixels_across, 10);
}

TEST(PageImages, AreFoundInFormsAndInline) {
  const std::string form =
      "<< /Subtype /Form /Matrix [3 0 0 3 0 0] /Resources << /XObject << /I 6 0 R >> >> "
      "/Length 5 >> stream\n/I Do\nendstream";
  const std::vector<PageImage> images =
      images_of(pdf_with("q 2 0 0 2 0 0 cm /F Do Q q 9 0 0 9 0 0 cm BI /W 7 /H 8 /CS /G /BPC 8 ID "
                         "xx Do EI Q",
                         "/F 5 0 R", {form, image(30, 20)}));
  ASSERT_EQ(images.size(), 2U);
  EXPECT_EQ(images[0].across_x, 6);
  EXPECT_EQ(images[1].pixels_across, 7);
  EXPECT_EQ(images[1].pixels_down, 8);
  EXPECT_EQ(images[1].down_y, 9);
}

TEST(PageImages, AreNotFollowedForEver) {
  const std::string itself =
      "<< /Subtype /Form /Resources << /XObject << /F 5 0 R >> >> /Length 11 >> stream\n"
      "/F Do /F Do\nendstream";
  EXPECT_TRUE(images_of(pdf_with("/F Do", "/F 5 0 R", {itself})).empty());
  EXPECT_TRUE(images_of(pdf_with("/A Do Q Q /A", "", {})).empty());
}

}  // namespace
}  // namespace ocrtune
