#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// What the line in a trained model's file begins with, and its key in the metadata of an ONNX
/// file.
inline constexpr std::string_view kTrainedBy = "trained further by ocrtune";
inline constexpr std::string_view kTrainingKey = "ocrtune.training";

/// A model of an engine that `ocrtune train` has trained further, in a folder of models.
struct TrainedModelFile {
  std::string engine;   ///< its title
  std::string lang;     ///< language of its pages
  std::string made_of;  ///< with what it was trained: one line, as its file says
};

/// Those of the folder's languages, sorted. Files that cannot be read are passed over.
std::vector<TrainedModelFile> trained_models(const std::string& folder);

}  // namespace ocrtune
