#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "ocrtune/image/limits.h"
#include "ocrtune/image/page_file.h"
#include "ocrtune/parsers/parser.h"

namespace ocrtune {

/// The program that decodes HEIF and AVIF files.
inline constexpr const char* kHeifParser = "ocrtune-heif";

/// What it may use for a file of this size, and for an image of this many pixels.
ParserLimits heif_limits(std::size_t file_bytes, double pixels = 0);

/// Opens a HEIF or AVIF file, whose pages are its images that are no parts, thumbnails, masks or
/// depths of others, in the order of the file. They are decoded in a process of its own. The bytes
/// must outlive the result. Throws Error(input_unreadable), without the file's name, for damaged
/// files and for files over the limits; Error(dependency_missing) without the program.
std::unique_ptr<PageFile> open_heif(std::span<const std::byte> bytes, const DecodeLimits& limits);

/// The version of libheif, such as "1.15.1". Asks the program. Throws as Parser. Thread-safe.
std::string libheif_version();

}  // namespace ocrtune
