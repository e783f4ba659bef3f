#include "ocrtune/ocr/lstm/network.h"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/ocr/lstm/forward.h"
#include "support/networks.h"

namespace ocrtune::lstm {
namespace {

using namespace networks;

/// Writes networks as Tesseract does.
class Writer {
 public:
  template <typename Value>
  Writer& number(Value value) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
    bytes_.insert(bytes_.end(), bytes, bytes + sizeof value);
    return *this;
  }
  Writer& text(const std::string& text) {
    number(static_cast<std::uint32_t>(text.size()));
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    return *this;
  }
  Writer& layer(const std::string& kind, int inputs, int outputs) {
    number<std::int8_t>(0).text(kind).number<std::int8_t>(0).number<std::int8_t>(0);
    return number<std::int32_t>(0).number(inputs).number(outputs).number(0).text("name");
  }
  Writer& group(const std::string& kind, int members) {
    return layer(kind, 1, 1).number(static_cast<std::uint32_t>(members));
  }
  Writer& input(int height) {
    layer("Input", height, 1);
    return number(1).number(height).number(0).number(1).number(0);
  }
  Writer& integers(int outputs, int inputs) {
    number<std::uint8_t>(0x81).number(outputs).number(inputs + 1).number<std::int8_t>(0);
    for (int i = 0; i < outputs * (inputs + 1); ++i) number<std::int8_t>(1);
    number(static_cast<std::uint32_t>(outputs));
    for (int i = 0; i < outputs; ++i) number<double>(0.5);
    return *this;
  }
  Writer& floats(int outputs, int inputs) {
    number<std::uint8_t>(0x80).number(outputs).number(inputs + 1).number<double>(0);
    for (int i = 0; i < outputs * (inputs + 1); ++i) number<double>(0.25);
    return *this;
  }
  Writer& softmax(int inputs, int outputs) {
    return layer("Softmax", inputs, outputs).integers(outputs, inputs);
  }

  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

Network parse(std::span<const std::uint8_t> bytes) {
  tessdata::ByteReader reader(bytes, "model");
  return parse_network(reader);
}

std::string network_refusal(std::span<const std::uint8_t> bytes) {
  try {
    parse(bytes);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::dependency_missing);
    return error.what();
  }
  return "no error";
}

std::string network_refusal(const Writer& writer) { return network_refusal(writer.bytes()); }

/// What the message says is wrong, without where.
std::string fault_of(const Writer& writer) {
  const std::string message = network_refusal(writer);
  return message.substr(message.find(": ") == std::string::npos ? 0 : message.find(": ") + 2);
}

TEST(ParseNetwork, ReadsInstalledModels) {
  for (const char* language : {"eng", "fra"}) {
    const std::vector<std::uint8_t> bytes = lstm_component(language);
    tessdata::ByteReader reader(bytes, language);
    const Network network = parse_network(reader);
    EXPECT_EQ(network.input_height, 36);
    EXPECT_EQ(network.x_scale_factor, 3);
    EXPECT_GT(network.classes, 50);
    EXPECT_TRUE(network.integer);
    EXPECT_EQ(network.layers.size(), 8U);
    EXPECT_EQ(reader.text().substr(0, 16), "[1,36,0,1Ct3,3,1");
  }
}

TEST(ParseNetwork, ReadsWhatTesseractWrites) {
  const Network network = parse(Writer()
                                    .group("Series", 2)
                                    .input(3)
                                    .group("Series", 3)
                                    .layer("Maxpool", 1, 1)
                                    .number(2)
                                    .number(3)
                                    .layer("Tanh", 1, 4)
                                    .integers(4, 1)
                                    .softmax(4, 5)
                                    .bytes());
  ASSERT_EQ(network.layers.size(), 3U);
  EXPECT_EQ(std::get<Maxpool>(network.layers[0].kind).x_scale, 2);
  EXPECT_EQ(std::get<Maxpool>(network.layers[0].kind).y_scale, 3);
  const auto& connected = std::get<FullyConnected>(network.layers[1].kind);
  EXPECT_EQ(connected.activation, Activation::tanh);
  EXPECT_EQ(connected.weights.integers, std::vector<std::int8_t>(8, 1));
  EXPECT_EQ(connected.weights.scales, std::vector<float>(4, static_cast<float>(0.5 / 127)));
  EXPECT_EQ(network.classes, 5);
  EXPECT_EQ(network.x_scale_factor, 2);
}

TEST(ParseNetwork, ReadsFloats) {
  const Network network = parse(Writer()
                                    .group("Series", 2)
                                    .input(2)
                                    .group("Series", 2)
                                    .layer("Maxpool", 1, 1)
                                    .number(1)
                                    .number(2)
                                    .layer("Softmax", 1, 2)
                                    .floats(2, 1)
                                    .bytes());
  EXPECT_FALSE(network.integer);
  EXPECT_EQ(std::get<FullyConnected>(network.layers[1].kind).weights.floats,
            std::vector<float>(4, 0.25F));
}

TEST(ParseNetwork, SkipsWhatOnlyTrainingNeeds) {
  Writer writer;
  writer.group("Series", 3).input(2).layer("Maxpool", 1, 1).number(1).number(2);
  writer.number<std::int8_t>(0).text("Softmax").number<std::int8_t>(1).number<std::int8_t>(0);
  writer.number(0).number(1).number(2).number(0).text("name");
  writer.number<std::uint8_t>(0x84).number(2).number(2).number<double>(0);
  for (int i = 0; i < 4; ++i) writer.number<double>(0.25);
  for (int copy = 0; copy < 2; ++copy) {
    writer.number(2).number(2).number<double>(0);
    for (int i = 0; i < 4; ++i) writer.number<double>(7);
  }
  tessdata::ByteReader reader(writer.bytes(), "model");
  EXPECT_EQ(parse_network(reader).classes, 2);
  EXPECT_EQ(reader.left(), 0U);
}

TEST(ParseNetwork, NamesKindsThatArentSupported) {
  EXPECT_EQ(fault_of(Writer().group("Series", 2).input(36).layer("LSTMSoftmax", 1, 2)),
            "layer kind LSTMSoftmax isn't supported");
  EXPECT_EQ(fault_of(Writer().group("Series", 2).input(36).layer("a\nb", 1, 2)),
            "layer kind a?b isn't supported");
  Writer old;
  old.number<std::int8_t>(26).number<std::int8_t>(0).number<std::int8_t>(0).number(0);
  EXPECT_EQ(fault_of(old.number(1).number(1).number(0).text("name")),
            "layer kind TensorFlow isn't supported");
}

TEST(ParseNetwork, RefusesWeightsOfBefore) {
  EXPECT_EQ(fault_of(Writer().layer("Softmax", 1, 2).number<std::uint8_t>(1)),
            "the weight format of Tesseract before 4.0 isn't supported");
}

TEST(ParseNetwork, RefusesLayersThatDontFit) {
  EXPECT_EQ(fault_of(Writer().group("Series", 2).input(36).softmax(2, 3)),
            "the first layer doesn't accept the input");
  EXPECT_EQ(fault_of(Writer().group("Series", 2).input(1)),
            "the input's height is 1, allowed: 2 to 512");
  EXPECT_EQ(fault_of(Writer().group("Series", 2).input(2).softmax(1, 3)),
            "only networks that reduce a text line to one row are supported");
  EXPECT_EQ(fault_of(Writer().group("Series", 2).softmax(3, 3).softmax(4, 3)),
            "consecutive layers are incompatible");
  EXPECT_EQ(fault_of(Writer().group("Parallel", 2).softmax(3, 3).softmax(4, 3)),
            "parallel layers are incompatible");
  EXPECT_EQ(fault_of(Writer().group("RTLReversed", 2).softmax(3, 3).softmax(3, 3)),
            "a reversed layer doesn't contain exactly one layer");
  EXPECT_EQ(fault_of(Writer().layer("Tanh", 3, 3).integers(3, 4)),
            "a layer's weights don't match its inputs and outputs");
  EXPECT_EQ(fault_of(Writer().group("Series", 3).input(2).softmax(1, 3).softmax(3, 3)),
            "only networks whose single softmax is the last layer are supported");
  EXPECT_EQ(fault_of(Writer().group("Series", 2).input(2).layer("Tanh", 1, 3).integers(3, 1)),
            "only networks whose single softmax is the last layer are supported");
  EXPECT_EQ(fault_of(Writer().softmax(1, 3)), "the network has no input");
  EXPECT_EQ(fault_of(Writer().group("Series", 2).softmax(1, 3).input(3)),
            "an input layer isn't the first layer");
  EXPECT_EQ(
      fault_of(
          Writer().group("Series", 3).input(36).softmax(1, 1).layer("Softmax", 1, 1).floats(1, 1)),
      "integer and float weights are mixed");
}

TEST(ParseNetwork, RefusesWhatIsTooMuch) {
  Writer deep;
  for (int i = 0; i < 100'000; ++i) deep.group("Series", 1);
  EXPECT_EQ(fault_of(deep), "the layers are nested too deeply");
  Writer many;
  many.group("Series", 256);
  for (int i = 0; i < 256; ++i) many.layer("Convolve", 1, 1).number(0).number(0);
  EXPECT_EQ(fault_of(many), "the network has too many layers");
  EXPECT_EQ(fault_of(Writer().layer("Softmax", 1 << 20, 1)),
            "a layer's inputs is 1048576, allowed: 1 to 4096");
  EXPECT_EQ(fault_of(Writer().layer("Convolve", 1, 1).number(17).number(1)),
            "a convolution's half width is 17, allowed: 0 to 16");
  EXPECT_EQ(fault_of(Writer()
                         .layer("Softmax", 4096, 60'000)
                         .number<std::uint8_t>(0x81)
                         .number(60'000)
                         .number(4097)
                         .number<std::int8_t>(0)),
            "more values than the file holds");
}

TEST(ParseNetwork, RefusesScalesThatAreNoNumbers) {
  Writer writer;
  writer.layer("Softmax", 1, 1).number<std::uint8_t>(0x81).number(1).number(2);
  writer.number<std::int8_t>(0).number<std::int8_t>(1).number<std::int8_t>(1);
  writer.number<std::uint32_t>(1).number(std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(fault_of(writer), "a weight is not a number or is too large");
}

TEST(ParseNetwork, CutFilesAreErrors) {
  const std::vector<std::uint8_t> bytes = lstm_component("eng");
  std::size_t length = 0;
  {
    tessdata::ByteReader reader(bytes, "model");
    parse_network(reader);
    length = reader.position();
  }
  Random random(1);
  for (int i = 0; i < 300; ++i) {
    const std::size_t cut = random() % (i < 150 ? 2000 : length);
    EXPECT_NE(network_refusal(std::span(bytes).first(cut)), "no error") << cut;
  }
}

// Whatever a spoilt file holds: it is refused, or what it says can be run.
TEST(ParseNetwork, SpoiltFilesAreErrorsOrRun) {
  const std::vector<std::uint8_t> bytes = lstm_component("eng");
  Random random(2);
  int ran = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<std::uint8_t> spoilt = bytes;
    for (int i = 0; i < 3; ++i) {
      spoilt[random() % (i == 0 ? spoilt.size() : 1500)] = static_cast<std::uint8_t>(random());
    }
    try {
      const Network network = parse(spoilt);
      const LineInput line = random_line(network, 10, random);
      LineOutput out;
      Forward(std::make_shared<const PreparedNetwork>(network, 1)).run(line, out);
      ++ran;
    } catch (const Error&) {
    }
  }
  EXPECT_GT(ran, 20);
}

}  // namespace
}  // namespace ocrtune::lstm
