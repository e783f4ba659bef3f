#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ocrtune {

/// The parameters of /CCITTFaxDecode for Group 4 (ISO 32000-1, 7.4.6), as PDF writes them. Pure.
std::string group4_parameters(std::size_t width, std::size_t height);

/// The parameters of /FlateDecode for rows with PNG's filters (ISO 32000-1, 7.4.4.4). Pure.
std::string predictor_parameters(std::size_t colours, std::size_t bits, std::size_t columns);

/// A string of these bytes in hexadecimal digits, such as "<00ff>". Pure.
std::string hexadecimal_string(std::string_view bytes);

}  // namespace ocrtune
