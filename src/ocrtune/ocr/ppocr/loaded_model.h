#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/ocr/ppocr/alphabet.h"
#include "ocrtune/ocr/ppocr/network_pool.h"

namespace ocrtune::ppocr {

/// What recognizes the lines of one script.
struct LineRecognition {
  LineRecognition(Alphabet of_script, std::shared_ptr<const Model> model, Precision precision,
                  std::vector<int> kept_classes)
      : alphabet(std::move(of_script)),
        networks(std::move(model), precision, {.kept_classes = std::move(kept_classes)}) {}

  Alphabet alphabet;
  NetworkPool networks;
};

/// A pair of models, one for detection and one for recognition, with the networks compiled of them.
/// Thread-safe.
class LoadedModel {
 public:
  /// Reads `rec.onnx` of a folder, and `det.onnx`, that of the default model if the folder has
  /// none. Throws Error(dependency_missing) if a file is missing or is no such model.
  LoadedModel(const std::filesystem::path& folder, Precision precision);

  /// The one of a name ("small"), loaded once per process. Throws as the constructor, and if it is
  /// not installed.
  static LoadedModel& named(const std::string& name, Precision precision);

  /// The one of a name, or if that does not know the language, the first of further_models() that
  /// does. Throws as named(), and if none does and one of them cannot be used.
  static LoadedModel& named_or_of(const std::string& name, const std::string& lang,
                                  Precision precision);

  /// The one in a folder, loaded once per process as long as its `rec.onnx` does not change. Throws
  /// as the constructor.
  static LoadedModel& in_folder(const std::filesystem::path& folder, Precision precision);

  NetworkPool& detection() { return *detection_; }
  /// The networks for a language's script. Throws Error(dependency_missing) if the model's
  /// characters do not suffice for it.
  LineRecognition& recognition(const std::string& lang);
  /// Whether the model's characters suffice for a language.
  [[nodiscard]] bool knows(const std::string& lang) const;
  /// The network that recognizes lines.
  [[nodiscard]] const std::shared_ptr<const Model>& recognition_model() const {
    return recognition_model_;
  }
  /// The characters of the network that recognizes lines, in the order of its classes from 1 on.
  [[nodiscard]] const std::vector<std::string>& characters() const { return characters_; }
  /// Hash of the files and characters.
  [[nodiscard]] const std::string& identity() const { return identity_; }

 private:
  Precision precision_;
  std::vector<std::string> characters_;
  std::set<std::string> added_;  ///< those that were added when it was trained further
  std::string identity_;
  std::unique_ptr<NetworkPool> detection_;
  std::shared_ptr<const Model> recognition_model_;
  std::mutex mutex_;
  std::map<std::vector<int>, LineRecognition> recognition_;  ///< by classes
  std::map<std::string, LineRecognition*> of_language_;
};

/// Hash of the files of one of further_models(), which need be no valid models. Throws
/// Error(dependency_missing) if they cannot be read. Thread-safe.
std::string further_identity(const std::string& name);

}  // namespace ocrtune::ppocr
