#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ocrtune/image/corpus.h"
#include "ocrtune/metrics/score.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/study/search_settings.h"

namespace ocrtune {

/// A page as a study remembers it.
struct PageRecord {
  std::string name;    ///< unique in its study
  std::string pixels;  ///< hash of the decoded pixels
  std::string truth;   ///< hash of its truth; empty where it has none
  std::string lang;    ///< it is read in, Tesseract's names joined by '+'
  int width = 0;       ///< px
  int height = 0;      ///< px
  double dpi = 0;      ///< horizontal; 0 unknown
  Labels labels;       ///< the manifest's further columns, in their order
  // Where the page was when the study was begun or last gone on with; never compared.
  std::filesystem::path file = {};        ///< absolute; empty where it isn't known
  int file_page = 0;                      ///< within the file, from 0
  std::filesystem::path truth_file = {};  ///< absolute; empty where its truth is from no file
};

/// Everything that makes two runs the same study, and what made it.
struct StudyDefinition {
  std::string pipeline;                 ///< TOML, as pipeline_text writes it
  std::uint64_t seed = 1;               ///< of all that is random
  Score objective = Score::confidence;  ///< what is searched for; `search` has the further ones
  int psm = 6;                          ///< Tesseract's page segmentation mode
  int oem = 1;               ///< Tesseract's engine: 0 legacy, 1 LSTM, 2 both, 3 what there is
  int ocr_max_width = 0;     ///< px; 0: none
  std::string lang = "eng";  ///< of pages that state none; each page's own is compared
  std::string models;        ///< language data with hashes
  std::string reader = "tesseract";  ///< who reads, as readers_text (ocr/reader.h) writes it
  SearchSettings search;             ///< how its points are chosen
  std::vector<PageRecord> pages;     ///< that trials are evaluated on
  std::vector<PageRecord> held_out;  ///< that only the best trials are shown to, in the end
  /// Who evaluated the trials, not compared: "ocrtune 0.1.0, Tesseract 5.3.0, OpenCV 4.6.0", and
  /// "; from trial 20: …" for each other one that went on.
  std::string program;
};

/// The last program that StudyDefinition::program names.
std::string last_program(const std::string& programs);

/// What StudyDefinition::program says where `program` evaluates trial `number` and those after it.
std::string with_program(const std::string& programs, std::size_t number,
                         const std::string& program);

/// The pages as a study that begins now remembers them.
std::vector<PageRecord> page_records(const Corpus& corpus);

/// The study's first objective and the further ones.
std::vector<Score> objectives_of(const StudyDefinition& definition);

/// The pipeline that is searched. Throws Error(pipeline_invalid) where the text is none.
Pipeline pipeline_of(const StudyDefinition& definition);

/// Its free parameters. Throws as pipeline_of().
Space space_of(const StudyDefinition& definition);

/// True where at least one page has a truth.
bool has_truth(const StudyDefinition& definition);

/// Which pages a study has references of (Page::reference).
enum class References {
  none,           ///< of no page
  without_truth,  ///< of pages that have no truth
  all             ///< of every page
};

/// Those that its objectives and constraints compare readings with.
References references_of(const StudyDefinition& definition);

/// What keeps `now` from going on with the study `stored`, one phrase each ("another seed: …");
/// empty where nothing does. Pages are compared by pixels, language and truth, whatever their names
/// and order.
std::vector<std::string> differences(const StudyDefinition& stored, const StudyDefinition& now);

/// For each page of `stored` the index of the same page in `now`; both have the same pages.
std::vector<std::size_t> matching_order(const std::vector<PageRecord>& stored,
                                        const std::vector<PageRecord>& now);

}  // namespace ocrtune
