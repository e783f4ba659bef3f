#pragma once

#include <cstddef>

#include "ocrtune/ocr/layout/layout.h"

namespace tesseract {
class TessBaseAPI;
}

namespace ocrtune::layout {

/// Finds out where exactly Tesseract cuts a layout's units out of the page. `api`: opened with
/// probe_model(kCoarseSight), its page analysed; afterwards it has recognised that page. `layout`:
/// with crops that are a pixel or so off, which become exact (Unit::sure) where the probe succeeds.
///
/// The crop's upper and lower edges depend on fractions of a pixel that the interface rounds away.
/// So Tesseract is given a drawing in place of the page, with a mark in each unit's padding, and
/// reads a letter there. The letter's box has the crop's edges, as no mark of the page is near that
/// could replace it.
void probe_crops(tesseract::TessBaseAPI& api, PageLayout& layout);

/// The same for the units that aren't sure yet, which alone are drawn, filled with letters from end
/// to end: one will have no mark of the page near. `api`: opened with probe_model(kFineSight), with
/// the page's image set. Units behind the first `count` are left out.
void probe_rest(tesseract::TessBaseAPI& api, PageLayout& layout, std::ptrdiff_t count);

}  // namespace ocrtune::layout
