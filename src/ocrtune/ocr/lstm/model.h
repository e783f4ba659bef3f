#pragma once

#include <memory>
#include <string>

#include "ocrtune/ocr/lstm/dictionary.h"
#include "ocrtune/ocr/lstm/model_config.h"
#include "ocrtune/ocr/lstm/network.h"
#include "ocrtune/ocr/lstm/recoder.h"
#include "ocrtune/ocr/tessdata/traineddata.h"
#include "ocrtune/ocr/tessdata/unicharset.h"

namespace ocrtune::lstm {

/// The data of a language's .traineddata file, checked: the network's classes are those of the
/// recoder's codes, what the recoder decodes to is in the unicharset, and the space is class 0.
/// Immutable once loaded; thread-safe.
struct Model {
  std::string language;
  Network network;
  tessdata::Unicharset unicharset;
  Recoder recoder;
  Dictionary dictionary;  ///< may be empty
  ModelConfig config;
  std::string network_text;  ///< "[1,36,0,1 Ct3,3,16 …]"
  std::string version;       ///< of the model, verbatim; may be empty
  int null_char = 0;         ///< CTC's blank class
  int sample_iteration = 0;  ///< seeds the noise around a line
};

/// Parses a model file. Throws Error(dependency_missing) if it cannot be read, or if it requires
/// what this engine does not support: a model without an LSTM network, right-to-left scripts, other
/// network layers or variables.
Model parse_model(const tessdata::TrainedData& data, const std::string& language);

/// The model of one language ("eng", "script/Latin") in a folder. There is one model per file in
/// memory, shared by all concurrent users; a file that has changed is read again. Throws as
/// parse_model, and if the language is not installed or is vertical ("jpn_vert"). Thread-safe;
/// threads that request a model while it is being read wait for it.
std::shared_ptr<const Model> load_model(const std::string& language, const std::string& folder);

}  // namespace ocrtune::lstm
