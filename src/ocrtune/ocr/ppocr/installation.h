#pragma once

#include <filesystem>
#include <string>

namespace ocrtune::ppocr {

/// Files of the engine are in the folder `ppocr` of data_folders(), or, if the environment variable
/// OCRTUNE_PPOCR is set, in the folder that it names.

/// The library with the runtime (openvino/), of data_folders() if the named folder has none; empty
/// if it is not installed. Thread-safe.
std::filesystem::path runtime_library();

/// The folder of a model ("small"), with `det.onnx` and `rec.onnx`; empty if it is not installed.
/// Thread-safe.
std::filesystem::path model_folder(const std::string& name);

/// Why the engine or a model of it cannot be used, with the command that installs it.
std::string not_installed(const std::string& model = "");

}  // namespace ocrtune::ppocr
