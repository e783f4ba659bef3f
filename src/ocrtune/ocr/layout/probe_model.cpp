#include "ocrtune/ocr/layout/probe_model.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <string_view>

#include "ocrtune/ocr/tessdata/traineddata.h"

namespace ocrtune::layout {
namespace {

constexpr double kSure = 20.0;   // a logit that is always decisive
constexpr double kDoubt = 15.0;  // reduction of null's logit, for a mark that is partly visible
constexpr int kNull = 3;         // class; 0 is the space, 1 and 2 the letters
constexpr int kClasses = 4;

/// Little-endian values one after the other.
class Writer {
 public:
  template <typename T>
  Writer& number(T value) {
    const std::size_t end = bytes_.size();
    bytes_.resize(end + sizeof value);
    std::memcpy(bytes_.data() + end, &value, sizeof value);
    return *this;
  }
  Writer& raw(std::string_view bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  Writer& text(std::string_view text) {
    return number(static_cast<std::uint32_t>(text.size())).raw(text);
  }
  [[nodiscard]] const std::vector<char>& bytes() const { return bytes_; }

 private:
  std::vector<char> bytes_;
};

/// The fields at the beginning of every layer.
void add_layer(Writer& out, std::string_view kind, int inputs, int outputs) {
  out.number<std::int8_t>(0).text(kind);
  out.number<std::int8_t>(0).number<std::int8_t>(0).number<std::int32_t>(0);
  out.number(inputs).number(outputs).number<std::int32_t>(0).text(kind);
}

/// The weights of a class for each band.
struct Weights {
  double upper = 0;
  double lower = 0;
  double lowest = 0;
  double bias = 0;
};

void add_network(Writer& out, const ProbeSight& sight) {
  add_layer(out, "Series", sight.height, kClasses);
  out.number<std::uint32_t>(2);
  add_layer(out, "Input", sight.height, sight.height);
  for (const int value : {1, 1, 0, sight.height, 0}) out.number(value);
  add_layer(out, "Softmax", sight.height, kClasses);
  constexpr std::uint8_t kDoubles = 128;
  out.number<std::uint8_t>(kDoubles).number(kClasses).number(sight.height + 1).number(0.0);
  // White is 1, black −1.
  constexpr std::array<Weights, kClasses> kWeights{
      {{.lower = -kSure},
       {.upper = -kSure},
       {.lowest = -kSure},
       {.upper = kSure / 2, .lower = kSure / 2, .bias = -kDoubt}}};
  for (const Weights& weights : kWeights) {
    for (int row = 0; row < sight.height; ++row) {
      const auto in = [&](int first) { return row >= first && row < first + sight.rows; };
      const double weight = in(sight.upper)    ? weights.upper
                            : in(sight.lower)  ? weights.lower
                            : in(sight.lowest) ? weights.lowest
                                               : 0.0;
      out.number(weight / sight.rows);
    }
    out.number(weights.bias);
  }
}

std::vector<char> network_component(const ProbeSight& sight) {
  Writer out;
  add_network(out, sight);
  constexpr std::int32_t kRecoding = 64;
  out.text("[probe]").number(kRecoding).number<std::int32_t>(0).number<std::int32_t>(0);
  return out.number<std::int32_t>(kNull).number(0.999F).number(0.001F).number(0.5F).bytes();
}

std::vector<char> unicharset_component() {
  constexpr std::string_view kText =
      "5\n"
      "NULL 0 Common 0\n"
      "Joined 7 0,255,0,255,0,0,0,0,0,0 Latin 1 0 1 Joined\t# Joined\n"
      "|Broken|0|1 f 0,255,0,255,0,0,0,0,0,0 Common 2 10 2 |Broken|0|1\t# Broken\n"
      "a 3 0,255,0,255,0,0,0,0,0,0 Latin 3 0 3 a\t# a\n"
      "b 3 0,255,0,255,0,0,0,0,0,0 Latin 4 0 4 b\t# b\n";
  return {kText.begin(), kText.end()};
}

std::vector<char> recoder_component() {
  Writer out;
  out.number<std::uint32_t>(5);
  for (const int code : {0, kNull, kNull, 1, 2})
    out.number<std::int8_t>(1).number<std::int32_t>(1).number(code);
  return out.bytes();
}

}  // namespace

std::vector<char> probe_model(const ProbeSight& sight) {
  const std::map<tessdata::Component, std::vector<char>> components = {
      {tessdata::Component::network, network_component(sight)},
      {tessdata::Component::unicharset, unicharset_component()},
      {tessdata::Component::recoder, recoder_component()}};
  Writer table;
  Writer behind;
  table.number(static_cast<std::uint32_t>(tessdata::TrainedData::kComponents));
  constexpr std::size_t kTable = 4 + 8 * tessdata::TrainedData::kComponents;
  for (std::size_t i = 0; i < tessdata::TrainedData::kComponents; ++i) {
    const auto found = components.find(static_cast<tessdata::Component>(i));
    if (found == components.end()) {
      table.number<std::int64_t>(-1);
    } else {
      table.number(static_cast<std::int64_t>(kTable + behind.bytes().size()));
      behind.raw({found->second.data(), found->second.size()});
    }
  }
  return table.raw({behind.bytes().data(), behind.bytes().size()}).bytes();
}

}  // namespace ocrtune::layout
