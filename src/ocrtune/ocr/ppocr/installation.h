#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ocrtune::ppocr {

/// Files of the engine are in the folder `ppocr` of data_folders(), or, if the environment variable
/// OCRTUNE_PPOCR is set, in the folder that it names.

/// The library with the runtime (openvino/), of data_folders() if the named folder has none; empty
/// if it is not installed. Thread-safe.
std::filesystem::path runtime_library();

/// The folder of a model ("small"), with `rec.onnx`: in the folder of models that the environment
/// variable OCRTUNE_PPOCR_MODELS names, or of the engine's files; empty if it is in neither.
/// Thread-safe.
std::filesystem::path model_folder(const std::string& name);

/// The detector of the default model among the engine's files; empty if it is not installed.
/// Thread-safe.
std::filesystem::path default_detector();

/// Whether the runtime and the detector of the default model are installed. Thread-safe.
bool is_installed();

/// The names of the models in the folder that OCRTUNE_PPOCR_MODELS names, sorted. Thread-safe.
std::vector<std::string> further_models();

/// Why the engine or a model of it cannot be used, with the command that installs it.
std::string not_installed(const std::string& model = "");

}  // namespace ocrtune::ppocr
