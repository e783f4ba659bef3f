#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/base/language_names.h"
#include "ocrtune/ocr/ocr_settings.h"

namespace ocrtune {

/// Folder with the .traineddata files: the one given, else default_model_folder(); empty if there
/// is none.
std::string tessdata_folder(const std::string& given);

/// The folders in a list separated by commas; one that exists may have commas in its name.
std::vector<std::string> tessdata_folders(const std::string& given);

/// Languages whose models are in `folder`, sorted.
std::vector<std::string> installed_languages(const std::string& folder);

/// Throws Error if a language of `lang` ("eng+fra") is malformed (invalid_argument) or its model is
/// missing (dependency_missing, naming the package to install, or the name that is meant).
void require_languages(const std::string& lang, const std::string& folder);

/// Why pages cannot be recognized in `lang` with the models in `folder`; empty if they can, and for
/// "auto".
std::string refusal_of_language(const std::string& lang, const std::string& folder);

/// The languages of `lang` ("eng+fra") that `which` selects for OCR.
std::string languages_read(const std::string& lang, Languages which);

/// The model of PP-OCRv6 that was trained further for pages in `lang` ("fra+eng": for the first of
/// them), in a folder of models: FOLDER/ppocr/fra/rec.onnx; empty if there is none.
std::filesystem::path trained_ppocr_model(const std::string& folder, const std::string& lang);

/// Hashes of the models of all languages of `lang`: "eng=HASH+fra=HASH", and of
/// trained_ppocr_model() if there is one: " ppocr=HASH".
std::string language_identity(const std::string& lang, const std::string& folder);

}  // namespace ocrtune
