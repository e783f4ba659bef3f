#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ocrtune/corpus/inputs.h"

namespace ocrtune::workflow {

/// A file with the text of a page.
struct TranscriptFile {
  std::filesystem::path path;
  std::string page;    ///< file name without extensions, relative to the searched folder
  bool truth = false;  ///< the name marks it as ground truth: `.gt.txt`
};

/// An OCR result and the ground truth of the same page.
struct FilePair {
  TranscriptFile read;
  TranscriptFile truth;
};

struct FilePairs {
  std::vector<FilePair> pairs;
  std::vector<std::string> without_truth;       ///< pages that have only an OCR result
  std::vector<std::string> without_ocr_result;  ///< pages that have only ground truth
};

/// The text and XML files in the arguments and in their folders, sorted within each folder. Folders
/// that cannot be read are added to `problems`.
std::vector<TranscriptFile> find_transcripts(const std::vector<std::string>& arguments,
                                             std::vector<Problem>& problems);

/// The files beside OCR results whose names mark them as their ground truth, without those that are
/// listed already.
std::vector<TranscriptFile> truths_beside(const std::vector<TranscriptFile>& files);

/// Pairs OCR results and ground truths of the same name, or of the same file name if only one
/// ground truth has it. If a page has several OCR results or ground truths, takes the first of
/// text, hOCR, PAGE XML, ALTO, names with `.gt` before others. A single OCR result and a single
/// ground truth form a pair. Throws Error(invalid_argument) if two folders have the same page.
FilePairs paired(std::vector<TranscriptFile> ocr_results, std::vector<TranscriptFile> truths);

}  // namespace ocrtune::workflow
