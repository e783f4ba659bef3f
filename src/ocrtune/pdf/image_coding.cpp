#include "ocrtune/pdf/image_coding.h"

#include <fmt/format.h>

namespace ocrtune {

std::string group4_parameters(std::size_t width, std::size_t height) {
  return fmt::format("<< /K -1 /Columns {} /Rows {} >>", width, height);
}

std::string predictor_parameters(std::size_t colours, std::size_t bits, std::size_t columns) {
  return fmt::format("<< /Predictor 15 /Colors {} /BitsPerComponent {} /Columns {} >>", colours,
                     bits, columns);
}

std::string hexadecimal_string(std::string_view bytes) {
  std::string digits = "<";
  for (const char byte : bytes) digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return digits + ">";
}

}  // namespace ocrtune
