#pragma once

#include <string>
#include <vector>

namespace ocrtune {

/// The name of Tesseract's model for a language or script as people call it, whatever the case: the
/// model itself ("fra", "script/Fraktur"), a code of ISO 639 or tag of BCP 47 ("fr", "fre",
/// "zh-TW"), the name in English or in the language ("French", "français", "Fraktur"). Empty if
/// Debian has no such model. Pure; thread-safe.
std::string model_name_of(const std::string& name);

/// The language that a model recognizes, as a tag of BCP 47: "fr" for fra, "zh-Hans" for chi_sim,
/// "de-Latf" for frk. Empty for scripts, several languages ("eng+fra"), and what is unknown. Pure;
/// thread-safe.
std::string language_tag_of(const std::string& model);

/// What the language of a model is called in the language of messages: "German", or the name of the
/// model if it is not of one language. Thread-safe.
std::string language_name(const std::string& model);

/// Debian's package for a model: "chi_sim" is in tesseract-ocr-chi-sim, "script/Latin" in
/// tesseract-ocr-script-latn. Empty if there is none. Pure; thread-safe.
std::string language_package(const std::string& model);

/// All models of Debian's packages, sorted: languages, then scripts. Thread-safe.
std::vector<std::string> packaged_models();

/// How to get the model of a name that is not installed, as the end of a message: "install it: apt
/// install …" on Debian, else which file to put where; or the name to give instead, or that no
/// package has it. Thread-safe.
std::string how_to_get_model(const std::string& name);

}  // namespace ocrtune
