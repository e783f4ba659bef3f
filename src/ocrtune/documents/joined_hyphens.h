#pragma once

#include <string>
#include <string_view>

namespace ocrtune {

/// The text with words joined that are hyphenated at the end of a line: "recog-\nnition of" becomes
/// "recognition\nof". A hyphen (-, U+00AD, U+2010, U+2E17, ¬) at the end of a line is removed if a
/// letter stands before it and the next line begins with a lower-case letter; what belongs to the
/// word there moves up to it. Not across an empty line. UTF-8. Pure; thread-safe.
std::string with_joined_hyphens(std::string_view text);

}  // namespace ocrtune
