#pragma once

#include <string>

#include "ocrtune/documents/hocr_writer.h"
#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// The OCR result as PAGE XML of 2019-07-15 (Pletschacher & Antonacopoulos 2010): a TextRegion for
/// each paragraph, in reading order, with TextLine and Word, their outlines in px, texts, and
/// confidences from 0 to 1; a line's is the mean of its words'.
std::string page_xml_text(const OcrResult& ocr_result, const PageSource& source);

}  // namespace ocrtune
