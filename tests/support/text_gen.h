#pragma once

#include <rapidcheck.h>

#include <string>

namespace ocrtune::test {

/// Well-formed UTF-8 of any code points but U+0000, with many that mean something to a parser.
inline rc::Gen<std::string> utf8_text() {
  const auto special = rc::gen::element<char32_t>(U'"', U';', U',', U'\t', U'\n', U'\r', U'\'',
                                                  U'\\', U' ', U'=', U'[', U'\u00e9', U'\ufeff');
  const auto any =
      rc::gen::oneOf(rc::gen::inRange<char32_t>(1, 0x80), rc::gen::inRange<char32_t>(0x80, 0xD800),
                     rc::gen::inRange<char32_t>(0xE000, 0x110000), special, special);
  return rc::gen::map(rc::gen::container<std::u32string>(any), [](const std::u32string& points) {
    std::string text;
    for (const char32_t c : points) {
      const auto tail = [&](unsigned shift) {
        text += static_cast<char>(0x80U | ((static_cast<unsigned>(c) >> shift) & 0x3FU));
      };
      if (c < 0x80) {
        text += static_cast<char>(c);
      } else if (c < 0x800) {
        text += static_cast<char>(0xC0U | (c >> 6U));
        tail(0);
      } else if (c < 0x10000) {
        text += static_cast<char>(0xE0U | (c >> 12U));
        tail(6);
        tail(0);
      } else {
        text += static_cast<char>(0xF0U | (c >> 18U));
        tail(12);
        tail(6);
        tail(0);
      }
    }
    return text;
  });
}

/// The same for tests that are no properties: one text a seed.
inline std::string utf8_text_of(std::uint64_t seed) {
  return utf8_text()(rc::Random(seed), 40).value();
}

/// Any bytes.
inline rc::Gen<std::string> any_bytes() { return rc::gen::arbitrary<std::string>(); }

}  // namespace ocrtune::test
