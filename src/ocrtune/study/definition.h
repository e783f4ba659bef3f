#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ocrtune/image/corpus.h"
#include "ocrtune/study/objective.h"

namespace ocrtune {

/// A page as a study remembers it.
struct PageRecord {
  std::string name;
  std::string identity;  ///< of pixels, language and truth
  std::string lang;
  int width = 0;   ///< px
  int height = 0;  ///< px
  double dpi = 0;  ///< horizontal; 0 unknown
  bool has_truth = false;
  Labels labels;
};

/// Everything that makes two runs the same study, and what made it.
struct StudyDefinition {
  std::string pipeline;  ///< TOML, as pipeline_text writes it
  std::uint64_t seed = 1;
  Objective objective = Objective::confidence;
  int psm = 6;
  int oem = 1;
  int ocr_max_width = 0;  ///< px; 0: none
  std::string models;     ///< language data with hashes
  std::vector<PageRecord> pages;
  std::string program;  ///< "ocrtune 0.1.0, Tesseract 5.3.0, OpenCV 4.6.0"; not compared
};

std::vector<PageRecord> page_records(const Corpus& corpus);

/// What keeps `now` from going on with the study `stored`, one sentence each; empty where nothing
/// does. Pages are compared by identity, whatever their names and order.
std::vector<std::string> differences(const StudyDefinition& stored, const StudyDefinition& now);

}  // namespace ocrtune
