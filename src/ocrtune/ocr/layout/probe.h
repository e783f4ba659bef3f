#pragma once

#include <cstddef>

#include "ocrtune/ocr/layout/layout.h"

namespace tesseract {
class TessBaseAPI;
}

namespace ocrtune::layout {

/// Determines the exact crops with which Tesseract cuts a layout's units out of the page. `api`:
/// opened with probe_model(kCoarseSight), its page analysed; afterwards it has recognized that
/// page. `layout`: with crops that are about a pixel off, which become exact (Unit::sure) if the
/// probe succeeds.
///
/// The crop's upper and lower edges depend on fractions of a pixel that the interface rounds away.
/// So Tesseract gets a drawing in place of the page, with a mark in each unit's padding, and
/// recognizes a letter there. The letter's box has the crop's edges, as no connected component of
/// the page is near that could replace it. Units after the first `count` are left out.
void probe_crops(tesseract::TessBaseAPI& api, PageLayout& layout, std::ptrdiff_t count);

/// The same for the units that are not sure yet. Only these are drawn, filled with letters from end
/// to end, of which one will have no connected component of the page near it. `api`: opened with
/// probe_model(kFineSight), with the page's image set. Units after the first `count` are left out.
void probe_rest(tesseract::TessBaseAPI& api, PageLayout& layout, std::ptrdiff_t count);

}  // namespace ocrtune::layout
