#include "ocrtune/ocr/ppocr/dictionary.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune::ppocr {
namespace {

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

/// A field of a message in wire format: bytes with their length.
std::string field(int number, const std::string& bytes) {
  std::string wire(1, static_cast<char>(number << 3 | 2));
  std::size_t size = bytes.size();
  for (; size >= 0x80; size >>= 7U) wire += static_cast<char>(0x80U | (size & 0x7FU));
  return wire + static_cast<char>(size) + bytes;
}

std::string entry(const std::string& key, const std::string& value) {
  return field(14, field(1, key) + field(2, value));
}

/// A version, a graph, and metadata, as in an ONNX file.
std::string model_with(const std::string& characters) {
  return std::string("\x08\x08") + field(7, std::string(300, 'g')) + entry("author", "nobody") +
         entry("character", characters);
}

TEST(Dictionary, IsInTheMetadataOfAModel) {
  const std::string model = model_with("a\nb\n\u00e9");
  EXPECT_EQ(characters_of("rec.onnx", bytes_of(model)),
            (std::vector<std::string>{"a", "b", "\u00e9"}));
}

TEST(Dictionary, IsBesideAModelWithoutMetadata) {
  const test::TempFolder folder;
  folder.write("rec.txt", std::string_view("x\r\ny\r\n"));
  EXPECT_EQ(characters_of(folder.path() / "rec.onnx", {}), (std::vector<std::string>{"x", "y"}));
}

TEST(Dictionary, IsMissingInOneLine) {
  const test::TempFolder folder;
  const auto missing = [&] { (void)characters_of(folder.path() / "rec.onnx", {}); };
  EXPECT_TRUE(test::contains(test::error_of(Errc::dependency_missing, missing), "rec.onnx"));
  folder.write("rec.txt", std::string_view("\n\n"));
  EXPECT_TRUE(test::contains(test::error_of(Errc::dependency_missing, missing), "rec.txt"));
  folder.write("rec.txt", std::string_view("a\n\xff"));
  EXPECT_TRUE(test::contains(test::error_of(Errc::dependency_missing, missing), "rec.txt"));
}

RC_GTEST_PROP(Dictionary, ADamagedModelIsRefusedOrRead, (const std::string& tail)) {
  const test::TempFolder folder;
  const std::string model = model_with("a\nb");
  const auto end = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(model.size())));
  const std::string damaged = model.substr(0, end) + tail;
  try {
    const auto characters = characters_of(folder.path() / "rec.onnx", bytes_of(damaged));
    RC_ASSERT(!characters.empty());
  } catch (const Error& error) {
    RC_ASSERT(error.code() == Errc::dependency_missing);
  }
}

}  // namespace
}  // namespace ocrtune::ppocr
