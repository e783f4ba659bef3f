#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/metrics/score.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/study/search_settings.h"

namespace ocrtune {

/// A page in a study's file.
struct PageRecord {
  std::string name;    ///< unique in its study
  std::string pixels;  ///< hash of the decoded pixels
  std::string truth;   ///< hash of its ground truth; empty if it has none
  std::string lang;    ///< language, Tesseract's names joined by '+'
  int width = 0;       ///< px
  int height = 0;      ///< px
  double dpi = 0;      ///< horizontal; 0: unknown
  Labels labels;       ///< the manifest's further columns, in their order
  // File of the page when the study was created or last resumed; never compared.
  std::filesystem::path file = {};        ///< absolute, or a URL; empty if unknown
  int file_page = 0;                      ///< within the file, from 0
  std::filesystem::path truth_file = {};  ///< as `file`; empty if not read from a file
};

/// The settings that identify a study, and the program that evaluated it.
struct StudyDefinition {
  std::string pipeline;                 ///< TOML, as pipeline_text writes it
  std::uint64_t seed = 1;               ///< random seed
  Score objective = Score::confidence;  ///< first objective; `search` has the further ones
  int psm = 6;                          ///< Tesseract's page segmentation mode
  int oem = 1;               ///< OCR engine mode: 0 legacy, 1 LSTM, 2 both, 3 the available ones
  int ocr_max_width = 0;     ///< px; 0: none
  std::string lang = "eng";  ///< default language; each page's own is compared
  std::string models;        ///< models with hashes
  std::string engine = "tesseract";  ///< OCR engine; see engines_text (ocr/engines/engine_choice.h)
  SearchSettings search;             ///< settings of the search
  std::vector<PageRecord> pages;     ///< pages that trials are evaluated on
  std::vector<PageRecord> held_out;  ///< validation pages, only for the best trials, at the end
  /// The programs that evaluated trials, not compared: "ocrtune 0.1.0, Tesseract 5.3.0, OpenCV
  /// 4.6.0", and "; from trial 20: …" for each other one that resumed the study.
  std::string program;
};

/// The last program that StudyDefinition::program names.
std::string last_program(const std::string& programs);

/// StudyDefinition::program after `program` evaluates trial `number` and those after it.
std::string with_program(const std::string& programs, std::size_t number,
                         const std::string& program);

/// The path of a file as PageRecord has it: absolute, also if the current folder was deleted; an
/// empty one and a URL as they are.
std::filesystem::path recorded_path(const std::filesystem::path& path);

/// Records of the pages for a new study.
std::vector<PageRecord> page_records(const Corpus& corpus);

/// The study's first objective and the further ones.
std::vector<Score> objectives_of(const StudyDefinition& definition);

/// The pipeline that is searched. Throws Error(pipeline_invalid) if the text is not a pipeline.
Pipeline pipeline_of(const StudyDefinition& definition);

/// Its free parameters. Throws as pipeline_of().
Space space_of(const StudyDefinition& definition);

/// True if at least one page has ground truth.
bool has_truth(const StudyDefinition& definition);

/// The pages for which a study has references (Page::reference).
enum class References {
  none,           ///< no page
  without_truth,  ///< pages without ground truth
  all             ///< every page
};

/// The references that its objectives and constraints need.
References references_of(const StudyDefinition& definition);

/// The reasons why `now` cannot resume the study `stored`, one phrase each ("another seed: …");
/// empty if it can. Pages are compared by pixels, language and ground truth, whatever their names
/// and order.
std::vector<std::string> differences(const StudyDefinition& stored, const StudyDefinition& now);

/// For each page of `stored` the index of the same page in `now`; both have the same pages.
std::vector<std::size_t> matching_order(const std::vector<PageRecord>& stored,
                                        const std::vector<PageRecord>& now);

}  // namespace ocrtune
