#pragma once

#include <string_view>

namespace ocrtune {

/// What PAGE XML calls a language (LanguageSimpleType of 2019-07-15), given as a tag of BCP 47:
/// "German" for "de-Latf". "other" if PAGE has no name for it; empty if the tag is. Pure;
/// thread-safe.
std::string_view page_xml_language(std::string_view tag);

}  // namespace ocrtune
