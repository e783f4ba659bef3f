#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace ocrtune {

/// Ground truth of a page and its file.
struct Truth {
  std::string text;            ///< UTF-8
  std::filesystem::path file;  ///< that it was read from
};

/// The ground truth of a page, from the first of these files that exists for scan.png: scan.gt.txt,
/// scan.gt.xml, scan.gt.hocr, scan.gt.html, scan.page.xml, scan.alto.xml, scan.xml and scan.hocr
/// beside it, page/scan.xml below its folder. For the second of several pages of a file, `scan` is
/// scan.2. Files without `.gt` may be OCR output: files that name an OCR program, and XML of other
/// kinds, are left out. There is none beside a URL. Throws Error(input_unreadable) naming the file.
std::optional<Truth> truth_beside(const std::filesystem::path& file, int index, int page_count);

/// The first of those files, where ground truth of a page is written that has none: scan.gt.txt, or
/// scan.2.gt.txt for the second of several pages.
std::filesystem::path new_truth_file(const std::filesystem::path& file, int index, int page_count);

/// The page file beside `file` whose ground truth it is, or would be, by its name: scan.png for
/// scan.gt.txt or scan.2.gt.txt. Nothing if there is none, or the name has no `.gt`.
std::optional<std::filesystem::path> page_with_truth(const std::filesystem::path& file);

/// True if `made_by` names an OCR program (Tesseract, ABBYY FineReader, …).
bool is_ocr_program(const std::string& made_by);

}  // namespace ocrtune
