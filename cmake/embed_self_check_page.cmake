# Writes OUT, a C++ file with the bytes of FILE, the page that readers are compared on.
file(READ ${FILE} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1, " bytes "${bytes}")
file(WRITE ${OUT} "#include \"ocrtune/ocr/self_check_page.h\"

#include <array>

namespace ocrtune {
namespace {

constexpr auto kPng = std::to_array<unsigned char>({${bytes}});

}  // namespace

std::span<const std::byte> self_check_png() { return std::as_bytes(std::span(kPng)); }

}  // namespace ocrtune
")
