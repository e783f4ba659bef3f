#pragma once

#include <string>
#include <vector>

#include "ocrtune/pipeline/ocr_settings.h"

namespace ocrtune {

/// Folder with the .traineddata files: the one given, else TESSDATA_PREFIX, else where Debian and
/// other distributions put them; empty where there is none.
std::string tessdata_folder(const std::string& given);

/// Languages whose data is in `folder`, sorted.
std::vector<std::string> installed_languages(const std::string& folder);

/// Throws Error where a language of `lang` ("eng+fra") is malformed (invalid_argument) or its data
/// is missing (dependency_missing, naming the package to install).
void require_languages(const std::string& lang, const std::string& folder);

/// Those of `lang` ("eng+fra") that a page is to be read with.
std::string languages_read(const std::string& lang, Languages which);

/// Debian's package for a language: "chi_sim" is in tesseract-ocr-chi-sim.
std::string language_package(const std::string& language);

/// Identity of the data of every language of `lang`: "eng=HASH+fra=HASH".
std::string language_identity(const std::string& lang, const std::string& folder);

}  // namespace ocrtune
