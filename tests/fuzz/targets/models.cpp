// Models of the engine `lstm` (ocr/lstm/README.md).

#include "fuzz/common/model_seeds.h"
#include "fuzz/common/model_use.h"
#include "fuzz/targets/target.h"

namespace ocrtune::fuzz {
namespace {

bool run_models(std::string_view input) {
  Random random(input.size());
  const auto bytes = bytes_in(input);
  return use_model({bytes.begin(), bytes.end()}, random).empty();
}

std::vector<std::string> models_seeds() {
  std::vector<std::string> files;
  for (const test::Components& components : tiny_seeds())
    files.push_back(text_in(test::traineddata_file(components)));
  return files;
}

const Registered kModels{{"models", run_models, models_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
