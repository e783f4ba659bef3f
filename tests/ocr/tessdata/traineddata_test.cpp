#include "ocrtune/ocr/tessdata/traineddata.h"

#include <gtest/gtest.h>

#include "support/errors.h"
#include "support/model_files.h"

namespace ocrtune::tessdata {
namespace {

using test::contains;
using test::traineddata_file;

std::vector<std::byte> as_bytes(const test::ByteWriter& writer) {
  std::vector<std::byte> bytes;
  for (const std::uint8_t byte : writer.bytes()) bytes.push_back(std::byte{byte});
  return bytes;
}

std::string file_refusal(std::vector<std::byte> file) {
  return test::error_of(Errc::dependency_missing,
                        [&] { TrainedData::parse(std::move(file), "tiny"); });
}

std::string component_text(const TrainedData& data, Component component) {
  const auto bytes = data.bytes(component);
  return {bytes.begin(), bytes.end()};
}

/// A file of a table of these offsets and `size` bytes behind it.
std::vector<std::byte> model_file_of(const std::vector<std::int64_t>& offsets, std::size_t size) {
  test::ByteWriter writer;
  writer.number(static_cast<std::uint32_t>(offsets.size()));
  for (const std::int64_t offset : offsets) writer.number(offset);
  return as_bytes(writer.raw(test::ModelBytes(size)));
}

TEST(TrainedData, FindsComponents) {
  const auto file = traineddata_file({{Component::config, test::model_bytes_of("a 1")},
                                      {Component::network, test::model_bytes_of("net")},
                                      {Component::version, test::model_bytes_of("4")}});
  const TrainedData data = TrainedData::parse(file, "tiny");
  EXPECT_EQ(component_text(data, Component::config), "a 1");
  EXPECT_EQ(component_text(data, Component::network), "net");
  EXPECT_EQ(component_text(data, Component::version), "4");
  EXPECT_FALSE(data.has(Component::recoder));
  EXPECT_EQ(data.reader(Component::network, "network").name(), "tiny, network");
}

TEST(TrainedData, SurvivesBeingMoved) {
  TrainedData data = TrainedData::parse(
      traineddata_file({{Component::version, test::model_bytes_of("4")}}), "tiny");
  const TrainedData moved = std::move(data);
  EXPECT_EQ(component_text(moved, Component::version), "4");
}

TEST(TrainedData, ReadsShorterAndLongerTables) {
  const TrainedData old = TrainedData::parse(
      traineddata_file({{Component::config, test::model_bytes_of("a")}}, 17), "tiny");
  EXPECT_EQ(component_text(old, Component::config), "a");
  EXPECT_FALSE(old.has(Component::network));

  const auto file = traineddata_file({{Component::version, test::model_bytes_of("4")},
                                      {static_cast<Component>(30), test::model_bytes_of("new")}},
                                     40);
  EXPECT_EQ(component_text(TrainedData::parse(file, "tiny"), Component::version), "4");
}

TEST(TrainedData, RefusesOffsetsThatCannotBe) {
  EXPECT_TRUE(
      contains(file_refusal(model_file_of({20, 24}, 3)), "an offset is 24, allowed: 20 to 23"));
  EXPECT_TRUE(contains(file_refusal(model_file_of({22, 20}, 9)), "a component begins too late"));
  EXPECT_TRUE(contains(file_refusal(model_file_of({20, 19}, 9)), "an offset is 19"));
  EXPECT_TRUE(contains(file_refusal(model_file_of({4}, 9)), "an offset is 4"));
  EXPECT_TRUE(contains(file_refusal(model_file_of({-2}, 9)), "an offset is -2"));
  EXPECT_TRUE(contains(file_refusal(model_file_of({INT64_MAX}, 9)), "an offset is"));
  EXPECT_FALSE(TrainedData::parse(model_file_of({-1, -1}, 9), "tiny").has(Component::config));
}

TEST(TrainedData, RefusesFilesOfOtherKinds) {
  EXPECT_TRUE(contains(file_refusal({}), "tiny, byte 0: unexpected end of data"));
  test::ByteWriter swapped;
  swapped.number<std::uint32_t>(0x18000000);
  EXPECT_TRUE(contains(file_refusal(as_bytes(swapped)), "big-endian"));
  test::ByteWriter zip;
  zip.raw(test::model_bytes_of("PK\3\4"));
  EXPECT_TRUE(contains(file_refusal(as_bytes(zip)), "it is not a .traineddata file"));
  test::ByteWriter cut;
  cut.number<std::uint32_t>(24).number<std::int64_t>(196);
  EXPECT_TRUE(contains(file_refusal(as_bytes(cut)), "more values than the file holds"));
}

TEST(TrainedData, MissingFilesAreErrors) {
  EXPECT_TRUE(contains(test::error_of(Errc::dependency_missing,
                                      [] { TrainedData::open("/nowhere/xyz.traineddata"); }),
                       "/nowhere/xyz.traineddata"));
}

}  // namespace
}  // namespace ocrtune::tessdata
