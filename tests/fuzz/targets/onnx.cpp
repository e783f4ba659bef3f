// The metadata of models of the engine `ppocr`, which this program reads and writes itself.

#include "fuzz/common/require.h"
#include "fuzz/targets/target.h"
#include "ocrtune/ocr/ppocr/alphabet.h"
#include "ocrtune/ocr/ppocr/dictionary.h"
#include "ocrtune/ocr/ppocr/last_layer.h"

namespace ocrtune::fuzz {
namespace {

bool run_onnx(std::string_view input) {
  const auto bytes = bytes_in(input);
  const bool taken = is_taken({Errc::dependency_missing}, [&] {
    (void)ppocr::alphabet_of(ppocr::characters_of("/nowhere/model.onnx", bytes), "eng");
  });
  (void)ppocr::metadata_of(bytes, ppocr::kAddedKey);
  std::vector<std::byte> changed(bytes.begin(), bytes.end());
  ppocr::set_metadata(changed, ppocr::kAddedKey, "a\nb");
  return taken;
}

std::vector<std::string> onnx_seeds() {
  std::vector<std::byte> file;
  ppocr::set_metadata(file, ppocr::kCharactersKey, "a\nb\nc\n\u4e00");
  std::string first = text_in(file);
  ppocr::set_metadata(file, ppocr::kAddedKey, "c");
  return {std::move(first), text_in(file)};
}

const Registered kOnnx{{"onnx", run_onnx, onnx_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
