#pragma once

#include <vector>

#include "ocrtune/base/files.h"
#include "ocrtune/server/applied_run.h"

namespace ocrtune::server {

/// A ZIP archive with the text of each of the pages as NAME.txt: its ground truth, as a person has
/// corrected it, or else its OCR result. Of pages with ground truth NAME.ocr.txt has the OCR
/// result. With the hOCR, ALTO and PAGE files that the run has written; those of pages with ground
/// truth have it, in the places of the words (borrow_places()). Each has the time of the files that
/// it is made of. Throws what the sink throws.
void write_texts_zip(const AppliedRun& run, const std::vector<WrittenPage>& pages,
                     const TextSink& sink);

/// One PDF/A of the pages with their words as invisible text; of pages with ground truth it is the
/// text, in the places of the words (borrow_places()). Pages whose file is gone are left out. One
/// page is in memory at a time. Throws what the sink throws.
void write_pages_pdf(const AppliedRun& run, const std::vector<WrittenPage>& pages,
                     const TextSink& sink);

}  // namespace ocrtune::server
