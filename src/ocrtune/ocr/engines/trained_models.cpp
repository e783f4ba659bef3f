#include "ocrtune/ocr/engines/trained_models.h"

#include <cstdint>
#include <filesystem>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/ppocr/dictionary.h"
#include "ocrtune/ocr/tessdata/traineddata.h"

namespace ocrtune {
namespace {

constexpr std::size_t kLongest = 500;
constexpr std::uint64_t kMaxModel = 2'000'000'000;

/// What a text says of the training, from that on.
std::string training_in(std::string_view text) {
  const std::size_t found = text.find(kTrainedBy);
  return found == std::string_view::npos ? "" : quotable(std::string(text.substr(found)), kLongest);
}

std::string of_tesseract(const std::filesystem::path& file) try {
  const auto model = tessdata::TrainedData::open(file);
  const auto version = model.bytes(tessdata::Component::version);
  return training_in({reinterpret_cast<const char*>(version.data()), version.size()});
} catch (const Error&) {
  return "";
}

std::string of_ppocr(const std::filesystem::path& file) try {
  const std::vector<std::byte> onnx = read_bytes(file, kMaxModel);
  return training_in(ppocr::metadata_of(onnx, kTrainingKey));
} catch (const Error&) {
  return "";
}

}  // namespace

std::vector<TrainedModelFile> trained_models(const std::string& folder) {
  std::vector<TrainedModelFile> models;
  for (const std::string& lang : installed_languages(folder)) {
    const auto add = [&](const char* engine, std::string made_of) {
      if (!made_of.empty())
        models.push_back(
            {.engine = engine_named(engine).title, .lang = lang, .made_of = std::move(made_of)});
    };
    add("tesseract", of_tesseract(std::filesystem::path(folder) / (lang + ".traineddata")));
    if (const auto file = trained_ppocr_model(folder, lang); !file.empty())
      add("ppocr", of_ppocr(file));
  }
  return models;
}

}  // namespace ocrtune
