#include "ocrtune/ocr/ppocr/last_layer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>

#include "ocrtune/ocr/ppocr/dictionary.h"
#include "support/errors.h"

namespace ocrtune::ppocr {
namespace {

const LastLayer kBefore{
    .features = 2, .classes = 3, .weights = {1, 2, 3, 4, 5, 6}, .bias = {7, 8, 9}};
const LastLayer kAfter{
    .features = 2, .classes = 3, .weights = {6, 5, 4, 3, 2, 1}, .bias = {0, 0, 1}};

std::vector<std::byte> file_of(const LastLayer& layer, int times = 1) {
  std::vector<std::byte> file(5, std::byte{1});
  for (int i = 0; i < times; ++i) {
    for (const std::vector<float>* values : {&layer.bias, &layer.weights}) {
      const auto bytes = std::as_bytes(std::span(*values));
      file.insert(file.end(), bytes.begin(), bytes.end());
    }
  }
  return file;
}

TEST(LastLayer, IsReplacedAndNothingElse) {
  EXPECT_EQ(with_last_layer(file_of(kBefore), kBefore, kAfter), file_of(kAfter));
}

TEST(LastLayer, IsFoundExactlyOnce) {
  for (const int times : {0, 2})
    (void)test::error_of(Errc::dependency_missing,
                         [&] { (void)with_last_layer(file_of(kBefore, times), kBefore, kAfter); });
}

TEST(Metadata, IsReadBackAsWritten) {
  for (const std::size_t length : {1, 127, 128, 5000}) {
    std::vector<std::byte> onnx;
    set_metadata(onnx, "character", std::string(length, 'y'));
    set_metadata(onnx, "ocrtune.training", std::string(length, 'x'));
    set_metadata(onnx, "character", "a\nb");
    EXPECT_EQ(characters_of("rec.onnx", onnx), (std::vector<std::string>{"a", "b"})) << length;
    EXPECT_EQ(metadata_of(onnx, "ocrtune.training"), std::string(length, 'x'));
    EXPECT_EQ(std::ranges::count(onnx, std::byte{'y'}), 0) << "what was there is gone";
  }
}

}  // namespace
}  // namespace ocrtune::ppocr
