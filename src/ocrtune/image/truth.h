#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace ocrtune {

/// What is written on a page, and where it says so.
struct Truth {
  std::string text;  ///< UTF-8
  std::filesystem::path file;
};

/// What is written on a page, from the first of these files that there is for scan.png:
/// scan.gt.txt, scan.gt.xml, scan.gt.hocr, scan.gt.html, scan.page.xml, scan.alto.xml, scan.xml and
/// scan.hocr beside it, page/scan.xml below its folder. For the second of several pages of a file
/// `scan` is scan.2. Those without `.gt` may be what a program read: files that name an OCR
/// program, and XML of other kinds, are left out. Throws Error(input_unreadable) naming the file.
std::optional<Truth> truth_beside(const std::filesystem::path& file, int index, int page_count);

/// True where `made_by` names a program that reads pages (Tesseract, ABBYY FineReader, …).
bool is_reading_program(const std::string& made_by);

}  // namespace ocrtune
