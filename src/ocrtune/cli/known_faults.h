#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ocrtune::cli {

/// A library that parses files from outside.
struct ParserLibrary {
  std::string name;     ///< "poppler"
  std::string version;  ///< as it is loaded, "22.12.0"; empty: unknown
};

/// Those that are loaded: for PDF, images and models. Adds a line to `missing` if PDF cannot be
/// parsed.
std::vector<ParserLibrary> parser_libraries(std::vector<std::string>& missing);

/// A line for each known fault by which a file can crash a library of these versions, or worse.
/// Distributions correct faults without a new version: left out are those that the changelog of
/// the library's Debian package, in a folder of `packages`, names.
std::vector<std::string> known_faults(const std::vector<ParserLibrary>& libraries,
                                      const std::filesystem::path& packages = "/usr/share/doc");

}  // namespace ocrtune::cli
