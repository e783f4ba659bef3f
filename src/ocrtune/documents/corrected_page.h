#pragma once

#include <string>
#include <string_view>

namespace ocrtune {

/// A PAGE XML file with a corrected text, whose lines that are not empty replace those of its
/// transcript (parse_document()), one by one. Of a line that has changed, the words keep their
/// places if there are as many as before, and are removed otherwise; glyphs and confidences are
/// removed. Everything else stays. Throws Error(invalid_argument) if the number of lines is another
/// one, Error(input_unreadable) as parse_document(), also for a file that is not PAGE XML. Pure;
/// thread-safe.
std::string corrected_page(std::string_view xml, std::string_view text);

}  // namespace ocrtune
