#pragma once

#include <map>
#include <string>
#include <vector>

#include "ocrtune/ocr/engine_option.h"
#include "ocrtune/ocr/ppocr/detection.h"
#include "ocrtune/ocr/ppocr/line_reader.h"
#include "ocrtune/ocr/ppocr/network.h"

namespace ocrtune::ppocr {

/// The settings of the engine for a page.
struct PpocrOptions {
  std::string model = "small";           ///< one of the models that can be installed
  Precision precision = Precision::f32;  ///< of both networks
  DetectionOptions detection;
  LineOptions lines;
  double confidence = 0.75;  ///< lines with a lower mean probability of characters are left out
};

/// The options of the engine, with the ranges of their values.
const std::vector<EngineOption>& declared_options();

/// The settings for values of declared_options(). Throws Error(invalid_argument) if one is not
/// accepted. Pure.
PpocrOptions options_of(const std::map<std::string, std::string>& values);

}  // namespace ocrtune::ppocr
