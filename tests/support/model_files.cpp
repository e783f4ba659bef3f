#include "support/model_files.h"

#include <algorithm>
#include <bit>
#include <cctype>
#include <utility>

#include "ocrtune/base/random.h"

namespace ocrtune::test {
namespace {

constexpr std::int32_t kIntegerFlag = 1;
constexpr std::int32_t kRecodingFlag = 64;

/// A letter's bits in a unicharset file: alpha 1, lower 2, upper 4, digit 8, punctuation 10 (hex).
std::string properties_of(const std::string& character) {
  const auto first = static_cast<unsigned char>(character.front());
  if (std::islower(first) != 0) return "3";
  if (std::isupper(first) != 0) return "5";
  if (std::isdigit(first) != 0) return "8";
  if (std::ispunct(first) != 0) return "10";
  return "0";
}

/// Writes layers as they lie in a network's component.
class NetworkWriter {
 public:
  explicit NetworkWriter(const TinyNetwork& shape) : shape_(shape), random_(shape.seed) {}

  ModelBytes write() {
    const int stacked = 9;
    header("Series", shape_.height, shape_.classes).number<std::uint32_t>(7);
    input();
    header("Series", 1, shape_.features).number<std::uint32_t>(2);
    header("Convolve", 1, stacked).number<std::int32_t>(1).number<std::int32_t>(1);
    header("Tanh", stacked, shape_.features);
    matrix(stacked, shape_.features);
    header("Maxpool", shape_.features, shape_.features).number<std::int32_t>(3);
    writer_.number<std::int32_t>(3);
    header("XYTranspose", shape_.features, shape_.states).number<std::uint32_t>(1);
    lstm("SummLSTM", shape_.features);
    lstm("LSTM", shape_.states);
    header("RTLReversed", shape_.states, shape_.states).number<std::uint32_t>(1);
    lstm("LSTM", shape_.states);
    header("Softmax", shape_.states, shape_.classes);
    matrix(shape_.states, shape_.classes);
    return writer_.bytes();
  }

 private:
  ByteWriter& header(const char* kind, int inputs, int outputs) {
    writer_.number<std::int8_t>(0).text(kind);
    writer_.number<std::int8_t>(0).number<std::int8_t>(0).number<std::int32_t>(0);
    writer_.number(inputs).number(outputs).number<std::int32_t>(0);
    return writer_.text(kind);
  }

  void input() {
    header("Input", shape_.height, 1);
    for (const int value : {1, shape_.height, 0, 1, 0}) writer_.number(value);
  }

  void lstm(const char* kind, int inputs) {
    header(kind, inputs, shape_.states).number(inputs + shape_.states);
    for (int gate = 0; gate < 4; ++gate) matrix(inputs + shape_.states, shape_.states);
  }

  void matrix(int inputs, int outputs) {
    constexpr std::uint8_t kDouble = 128;
    writer_.number<std::uint8_t>(shape_.integer ? kDouble | 1 : kDouble);
    writer_.number(outputs).number(inputs + 1);
    if (shape_.integer) {
      integers(inputs, outputs);
    } else {
      writer_.number(0.0);
      for (int i = 0; i < outputs * (inputs + 1); ++i) writer_.number(uniform());
    }
  }

  void integers(int inputs, int outputs) {
    writer_.number<std::int8_t>(0);
    for (int i = 0; i < outputs * (inputs + 1); ++i) {
      writer_.number(static_cast<std::int8_t>(127 * uniform()));
    }
    writer_.number(static_cast<std::uint32_t>(outputs));
    for (int i = 0; i < outputs; ++i) writer_.number(0.5 + 0.5 * uniform());
  }

  double uniform() { return random_.uniform(-1, 1); }

  TinyNetwork shape_;
  Random random_;
  ByteWriter writer_;
};

/// A node of the tree that becomes a graph: its edges, in the order of their letters.
struct WordNode {
  struct Edge {
    int letter = 0;
    bool ends_word = false;
    std::size_t node = 0;
  };
  std::vector<Edge> edges;
  std::size_t first_edge = 0;
};

std::vector<WordNode> tree_of(const std::vector<std::vector<int>>& words) {
  std::vector<WordNode> nodes(1);
  for (const std::vector<int>& word : words) {
    std::size_t node = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
      auto& edges = nodes[node].edges;
      if (edges.empty() || edges.back().letter != word[i]) {
        edges.push_back({word[i], false, nodes.size()});
      }
      auto& edge = edges.back();
      edge.ends_word = edge.ends_word || i + 1 == word.size();
      node = edge.node;
      if (node == nodes.size()) nodes.emplace_back();
    }
  }
  return nodes;
}

std::vector<std::vector<int>> default_codes(std::size_t characters) {
  const int null = static_cast<int>(characters) + 1;
  std::vector<std::vector<int>> codes = {{0}, {null}, {null}};
  for (int i = 1; i < null; ++i) codes.push_back({i});
  return codes;
}

/// The ids of a word of characters of one byte.
std::vector<int> ids_of(const std::string& word, const std::vector<std::string>& characters) {
  std::vector<int> ids;
  for (const char c : word) {
    const auto found = std::ranges::find(characters, std::string(1, c));
    ids.push_back(static_cast<int>(found - characters.begin()) + 3);
  }
  return ids;
}

}  // namespace

std::vector<std::byte> traineddata_file(const Components& components, std::size_t entries) {
  ByteWriter table;
  table.number(static_cast<std::uint32_t>(entries));
  std::size_t offset = 4 + 8 * entries;
  ByteWriter behind;
  for (std::size_t i = 0; i < entries; ++i) {
    const auto found = components.find(static_cast<tessdata::Component>(i));
    const bool there = found != components.end() && !found->second.empty();
    table.number(there ? static_cast<std::int64_t>(offset + behind.bytes().size()) : -1);
    if (there) behind.raw(found->second);
  }
  const ModelBytes& file = table.raw(behind.bytes()).bytes();
  std::vector<std::byte> result(file.size());
  std::ranges::transform(file, result.begin(), [](std::uint8_t byte) { return std::byte{byte}; });
  return result;
}

std::string unicharset_text(const std::vector<std::string>& characters) {
  const std::string ranges = " 0,255,0,255,0,0,0,0,0,0 ";
  std::string text = std::to_string(characters.size() + 3) + "\nNULL 0 Common 0\n";
  text += "Joined 7" + ranges + "Latin 1 0 1 Joined\t# Joined [4a ]a\n";
  text += "|Broken|0|1 f" + ranges + "Common 2 10 2 |Broken|0|1\t# Broken\n";
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const std::string id = std::to_string(i + 3);
    text += characters[i] + " " + properties_of(characters[i]) + ranges + "Latin " + id + " 0 " +
            id + " " + characters[i] + "\t# it\n";
  }
  return text;
}

ModelBytes recoder_bytes(const std::vector<std::vector<int>>& codes) {
  ByteWriter writer;
  writer.number(static_cast<std::uint32_t>(codes.size()));
  for (const std::vector<int>& code : codes) {
    writer.number<std::int8_t>(1).number(static_cast<std::int32_t>(code.size()));
    for (const int number : code) writer.number(number);
  }
  return writer.bytes();
}

ModelBytes dawg_bytes(std::vector<std::vector<int>> words, int unichars) {
  constexpr std::uint64_t kLast = 1;
  constexpr std::uint64_t kEndsWord = 4;
  std::ranges::sort(words);
  std::vector<WordNode> nodes = tree_of(words);
  std::size_t edges = 0;
  for (WordNode& node : nodes) {
    node.first_edge = edges;
    edges += node.edges.size();
  }
  const int flag_shift = std::bit_width(static_cast<unsigned>(unichars));
  ByteWriter writer;
  writer.number<std::int16_t>(42).number(unichars).number(static_cast<std::int32_t>(edges));
  for (const WordNode& node : nodes) {
    for (const WordNode::Edge& edge : node.edges) {
      const bool last = &edge == &node.edges.back();
      const std::uint64_t flags = (last ? kLast : 0) | (edge.ends_word ? kEndsWord : 0);
      const WordNode& next = nodes[edge.node];
      const std::uint64_t target = next.edges.empty() ? 0 : next.first_edge;
      writer.number(static_cast<std::uint64_t>(edge.letter) | (flags << flag_shift) |
                    (target << (flag_shift + 3)));
    }
  }
  return writer.bytes();
}

ModelBytes network_bytes(const TinyNetwork& network) { return NetworkWriter(network).write(); }

Components tiny_components(const TinyModel& model) {
  const auto codes = model.codes.empty() ? default_codes(model.characters.size()) : model.codes;
  int classes = 0;
  for (const std::vector<int>& code : codes) {
    for (const int number : code) classes = std::max(classes, number + 1);
  }
  TinyNetwork network = model.network;
  network.classes = classes;
  const ModelBytes unicharset = model_bytes_of(unicharset_text(model.characters));
  const std::int32_t flags =
      model.flags < 0 ? kRecodingFlag | (network.integer ? kIntegerFlag : 0) : model.flags;

  ByteWriter writer;
  writer.raw(network_bytes(network));
  if (model.inside) writer.raw(unicharset);
  writer.text("[a tiny network]").number(flags).number<std::int32_t>(9).number<std::int32_t>(77);
  writer.number(model.null_char < 0 ? classes - 1 : model.null_char);
  writer.number(0.999F).number(0.001F).number(0.5F);
  if (model.inside) writer.raw(recoder_bytes(codes));

  std::vector<std::vector<int>> words;
  for (const std::string& word : model.words) words.push_back(ids_of(word, model.characters));
  const int unichars = static_cast<int>(model.characters.size()) + 3;
  Components components = {{tessdata::Component::network, writer.bytes()},
                           {tessdata::Component::config, model_bytes_of(model.config)},
                           {tessdata::Component::version, model_bytes_of("tiny")}};
  components[tessdata::Component::word_dawg] = dawg_bytes(std::move(words), unichars);
  components[tessdata::Component::punctuation_dawg] =
      dawg_bytes({{0}, {0, 10}, {11, 0, 11}}, unichars);
  components[tessdata::Component::number_dawg] = dawg_bytes({{0}, {0, 0}, {11, 0}}, unichars);
  if (!model.inside) {
    components[tessdata::Component::unicharset] = unicharset;
    components[tessdata::Component::recoder] = recoder_bytes(codes);
  }
  return components;
}

std::vector<std::byte> tiny_model(const TinyModel& model) {
  return traineddata_file(tiny_components(model));
}

}  // namespace ocrtune::test
