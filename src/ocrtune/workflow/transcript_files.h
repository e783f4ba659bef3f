#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ocrtune/image/inputs.h"

namespace ocrtune::workflow {

/// A file with the text of a page.
struct TranscriptFile {
  std::filesystem::path path;
  std::string page;    ///< its name without endings, below the folder it was found in
  bool truth = false;  ///< the name says so: `.gt.txt`
};

/// A reading and the truth of the same page.
struct FilePair {
  TranscriptFile read;
  TranscriptFile truth;
};

struct FilePairs {
  std::vector<FilePair> pairs;
  std::vector<std::string> without_truth;    ///< pages that were read
  std::vector<std::string> without_reading;  ///< pages with a truth
};

/// The texts and XML files that are given or lie in the folders given, sorted there; what can't be
/// looked into is added to `problems`.
std::vector<TranscriptFile> find_transcripts(const std::vector<std::string>& arguments,
                                             std::vector<Problem>& problems);

/// Readings with the truths of their pages: of one name, or of one file name where only one truth
/// has it. Of several readings of a page, or truths, the first of text, hOCR, PAGE XML, ALTO is
/// taken, names with `.gt` before others. One reading and one truth alone belong together.
FilePairs paired(std::vector<TranscriptFile> readings, std::vector<TranscriptFile> truths);

}  // namespace ocrtune::workflow
