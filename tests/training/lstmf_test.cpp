#include "ocrtune/training/lstmf.h"

#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>

#include "ocrtune/ocr/tessdata/byte_reader.h"
#include "support/images.h"

namespace ocrtune::training {
namespace {

TEST(Lstmf, HasPicturesTextsAndBoxes) {
  const std::vector<LstmfLine> lines = {{.gray = test::noise(31, 17, 1), .text = "Été"},
                                        {.gray = test::noise(200, 40, 2), .text = "a b"}};
  const std::vector<std::byte> file = lstmf_bytes(lines);
  tessdata::ByteReader bytes({reinterpret_cast<const std::uint8_t*>(file.data()), file.size()},
                             "lstmf");
  ASSERT_EQ(bytes.number<std::uint32_t>(), lines.size());
  for (std::int32_t i = 0; i < 2; ++i) {
    const LstmfLine& line = lines[static_cast<std::size_t>(i)];
    EXPECT_EQ(bytes.number<std::uint8_t>(), 1);
    bytes.text();
    EXPECT_EQ(bytes.number<std::int32_t>(), i);
    const std::string png = bytes.text();
    const cv::Mat decoded =
        cv::imdecode(std::vector<uchar>(png.begin(), png.end()), cv::IMREAD_UNCHANGED);
    EXPECT_TRUE(test::same_pixels(decoded, line.gray));
    bytes.text();
    EXPECT_EQ(bytes.text(), line.text);
    EXPECT_EQ(bytes.number<std::uint32_t>(), 1U);
    const std::vector<std::int16_t> box = bytes.numbers<std::int16_t>(4);
    EXPECT_EQ(box, (std::vector<std::int16_t>{0, 0, static_cast<std::int16_t>(line.gray.cols),
                                              static_cast<std::int16_t>(line.gray.rows)}));
    EXPECT_EQ(bytes.number<std::uint32_t>(), 1U);
    EXPECT_EQ(bytes.text(), line.text);
    EXPECT_EQ(bytes.number<std::int8_t>(), 0);
  }
  EXPECT_EQ(bytes.left(), 0U);
}

}  // namespace
}  // namespace ocrtune::training
