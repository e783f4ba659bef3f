#include "ocrtune/ocr/ppocr/loaded_model.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/ppocr/dictionary.h"
#include "ocrtune/ocr/ppocr/installation.h"

namespace ocrtune::ppocr {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxModel = 2'000'000'000;
constexpr std::size_t kIdentityDigits = 16;
constexpr std::size_t kMapDimensions = 4;    // batch, 1, height, width
constexpr std::size_t kClassDimensions = 3;  // batch, steps, classes

/// A model, and the sides of its output.
std::pair<std::shared_ptr<const Model>, std::vector<int>> load(const fs::path& file) {
  try {
    std::shared_ptr<const Model> model = runtime().load(file);
    std::vector<int> shape = model->output_shape();
    return {std::move(model), std::move(shape)};
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    throw Error(Errc::dependency_missing, tr("{}: is no model that OpenVINO can use: {}",
                                             shown(file), quotable(error.what())));
  }
}

}  // namespace

LoadedModel::LoadedModel(const fs::path& folder, Precision precision) : precision_(precision) {
  const fs::path lines = folder / "rec.onnx";
  fs::path pages = folder / "det.onnx";
  std::error_code ignored;
  if (const fs::path usual = default_detector(); !fs::exists(pages, ignored) && !usual.empty())
    pages = usual;
  const std::vector<std::byte> bytes = read_bytes(lines, kMaxModel, Errc::dependency_missing);
  characters_ = characters_of(lines, bytes);
  const std::vector<std::string> added = split(metadata_of(bytes, kAddedKey), '\n');
  added_ = {added.begin(), added.end()};
  identity_ =
      content_hash(content_hash(bytes).text() + joined(characters_, "\n") +
                   content_hash(read_bytes(pages, kMaxModel, Errc::dependency_missing)).text())
          .text()
          .substr(0, kIdentityDigits);
  auto [detection, map] = load(pages);
  if (map.size() != kMapDimensions)
    throw Error(Errc::dependency_missing, tr("{}: is no model that detects text", shown(pages)));
  detection_ = std::make_unique<NetworkPool>(std::move(detection), precision);
  auto [recognition, shape] = load(lines);
  recognition_model_ = std::move(recognition);
  const std::size_t classes = characters_.size() + 2;
  if (shape.size() != kClassDimensions ||
      (shape.back() != 0 && static_cast<std::size_t>(shape.back()) != classes))
    throw Error(Errc::dependency_missing,
                tr("{}: is no model that recognizes lines with its {} characters", shown(lines),
                   characters_.size()));
}

LoadedModel& LoadedModel::named(const std::string& name, Precision precision) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, Precision>, std::unique_ptr<LoadedModel>> loaded;
  const std::scoped_lock lock(mutex);
  std::unique_ptr<LoadedModel>& model = loaded[{name, precision}];
  if (!model) {
    const fs::path folder = model_folder(name);
    if (folder.empty()) throw Error(Errc::dependency_missing, not_installed(name));
    model = std::make_unique<LoadedModel>(folder, precision);
  }
  return *model;
}

LoadedModel& LoadedModel::in_folder(const fs::path& folder, Precision precision) {
  using Key = std::tuple<std::string, fs::file_time_type, std::uintmax_t, Precision>;
  static std::mutex mutex;
  static std::map<Key, std::unique_ptr<LoadedModel>> loaded;
  const fs::path file = folder / "rec.onnx";
  std::error_code ignored;  // What is gone is told of when it is read.
  const Key key{folder.string(), fs::last_write_time(file, ignored), fs::file_size(file, ignored),
                precision};
  const std::scoped_lock lock(mutex);
  std::unique_ptr<LoadedModel>& model = loaded[key];
  if (!model) model = std::make_unique<LoadedModel>(folder, precision);
  return *model;
}

LoadedModel& LoadedModel::named_or_of(const std::string& name, const std::string& lang,
                                      Precision precision) {
  LoadedModel& model = named(name, precision);
  if (model.knows(lang)) return model;
  std::optional<Error> unusable;
  for (const std::string& further : further_models()) {
    try {
      LoadedModel& other = named(further, precision);
      if (other.knows(lang)) return other;
    } catch (const Error& error) {
      if (!unusable) unusable = error;
    }
  }
  if (unusable) throw *unusable;
  return model;
}

std::string further_identity(const std::string& name) {
  const fs::path folder = model_folder(name);
  std::string hashes;
  for (const char* const file : {"rec.onnx", "rec.txt", "det.onnx"}) {
    std::error_code ignored;
    if (fs::exists(folder / file, ignored))
      hashes +=
          content_hash(read_bytes(folder / file, kMaxModel, Errc::dependency_missing)).text() + " ";
  }
  return content_hash(hashes).text().substr(0, kIdentityDigits);
}

bool LoadedModel::knows(const std::string& lang) const { return knows_language(characters_, lang); }

LineRecognition& LoadedModel::recognition(const std::string& lang) {
  const std::scoped_lock lock(mutex_);
  LineRecognition*& known = of_language_[lang];
  if (known != nullptr) return *known;
  if (!knows(lang))
    throw Error(Errc::dependency_missing,
                tr("does not support the language `{}`", quotable(lang, 60)));
  Alphabet alphabet = alphabet_of(characters_, lang, added_);
  const bool all = alphabet.classes.size() == characters_.size() + 2;
  const std::vector<int> classes = alphabet.classes;
  const auto made = recognition_.try_emplace(classes, std::move(alphabet), recognition_model_,
                                             precision_, all ? std::vector<int>() : classes);
  known = &made.first->second;
  return *known;
}

}  // namespace ocrtune::ppocr
