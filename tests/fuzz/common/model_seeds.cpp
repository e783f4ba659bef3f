#include "fuzz/common/model_seeds.h"

#include "ocrtune/ocr/tessdata/traineddata.h"

namespace ocrtune::fuzz {

using tessdata::Component;
using tessdata::TrainedData;
using test::Components;
using test::ModelBytes;

Components components_of(const std::string& path) {
  const TrainedData data = TrainedData::open(path);
  Components components;
  for (std::size_t i = 0; i < TrainedData::kComponents; ++i) {
    const auto component = static_cast<Component>(i);
    const auto bytes = data.bytes(component);
    if (!bytes.empty()) components[component] = ModelBytes(bytes.begin(), bytes.end());
  }
  return components;
}

std::vector<Components> tiny_seeds() {
  std::vector<std::vector<int>> apart = {{0}, {9}, {9}};
  std::vector<std::vector<int>> own_classes;
  for (int id = 0; id < 13; ++id) own_classes.push_back({id});
  for (int id = 0; id < 10; ++id) apart.push_back({1 + id % 3, 4 + id % 5, 1 + id / 3});
  return {test::tiny_components(),
          test::tiny_components({.network = {.integer = false}}),
          test::tiny_components({.inside = true, .config = "preserve_interword_spaces 1\n"}),
          test::tiny_components({.codes = apart}),
          test::tiny_components({.codes = own_classes, .null_char = 2, .flags = 1}),
          test::tiny_components(
              {.characters = {"\u4e00", "\u4e01", "\u3042", "\u05d0", "x"}, .words = {"x", "xx"}})};
}

}  // namespace ocrtune::fuzz
