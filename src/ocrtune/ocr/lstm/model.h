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

/// All that is read from a language's .traineddata file, checked: the network's classes are those
/// of the recoder's codes, what the recoder decodes to is in the unicharset, and the space is
/// class 0. Immutable once loaded; thread-safe.
struct Model {
  std::string language;
  Network network;
  tessdata::Unicharset unicharset;
  Recoder recoder;
  Dictionary dictionary;  ///< may be empty
  ModelConfig config;
  std::string network_text;  ///< "[1,36,0,1 Ct3,3,16 …]"
  std::string version;       ///< of the data, as it names it; may be empty
  int null_char = 0;         ///< the network's class for "nothing new here"
  int sample_iteration = 0;  ///< seeds the noise around a line
  /// Output keeps several spaces (what Chinese and Japanese data set: words then are as laid out).
  bool preserve_interword_spaces = false;
};

/// Makes a model of a file. Throws Error(dependency_missing) where it can't be read, and where it
/// asks for what this reader doesn't do: data without an LSTM network, right-to-left scripts,
/// network layers or variables that are not supported.
Model parse_model(const tessdata::TrainedData& data, const std::string& language);

/// The model of one language ("eng", "script/Latin") in a folder. One model per file is in memory,
/// shared by all who hold it at the same time; a file that has changed is read anew. Throws as
/// parse_model, and where the language is not installed or is vertical ("jpn_vert"). Thread-safe;
/// threads that ask while a model is being read wait for it.
std::shared_ptr<const Model> load_model(const std::string& language, const std::string& folder);

}  // namespace ocrtune::lstm
