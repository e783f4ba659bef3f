#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ocrtune {

/// Stands for the language of each page, which is found by recognizing some of it.
inline constexpr std::string_view kAutomaticLanguage = "auto";

/// Characters of the longest language of a page.
inline constexpr std::size_t kLongestLanguage = 200;

/// True for what may be the name of a model: "eng", "chi_sim", or "script/Latin", in a subfolder;
/// nothing else may look like a path. Pure; thread-safe.
bool is_language_name(std::string_view name);

/// True for what may be the language of a page: names of models, installed or not, with + between
/// them ("fra+eng"), at most kLongestLanguage characters, or "auto". Pure; thread-safe.
bool may_be_language(std::string_view lang);

/// What is said of a text that is none: "must be …".
std::string not_a_language();

}  // namespace ocrtune
