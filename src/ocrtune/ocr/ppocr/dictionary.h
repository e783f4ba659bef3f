#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune::ppocr {

/// Keys of an ONNX model's metadata: all characters, and those of them that were added when it was
/// trained further, each on a line.
inline constexpr std::string_view kCharactersKey = "character";
inline constexpr std::string_view kAddedKey = "ocrtune.characters";

/// The characters of a recognition network, in the order of its classes from 1 on: the entry
/// `character` of an ONNX model's metadata, or the lines of the text file of the same name beside
/// it. `bytes` are the model's. Throws Error(dependency_missing) if there are neither.
std::vector<std::string> characters_of(const std::filesystem::path& model,
                                       std::span<const std::byte> bytes);

/// The value of a key of an ONNX file's metadata; empty if there is none, or the file is damaged.
/// Pure.
std::string metadata_of(std::span<const std::byte> onnx, std::string_view key);

}  // namespace ocrtune::ppocr
