#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace ocrtune {

/// The name of a list of pages for those of its pages: a file's without its extension; a checked
/// URL's as url_name(), without what says that it is a manifest. Thread-safe.
std::string list_name(const std::filesystem::path& list);

/// The name of a page within its list by the number of its canvas, from 1, and its label:
/// "0007-f_3r" for the seventh canvas, "f. 3r". Names are in the order of numbers. Thread-safe.
std::string canvas_name(std::size_t number, const std::string& label);

}  // namespace ocrtune
