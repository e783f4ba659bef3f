#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/ocr/engine.h"

namespace ocrtune {

/// All engines, in the order in which `auto` tries them.
const std::deque<OcrEngine>& all_engines();

/// Null if none has this name.
const OcrEngine* find_engine(std::string_view name);

/// The engine of this name. If there is none, throws Error(invalid_argument) with all names.
const OcrEngine& engine_named(std::string_view name);

/// The reference engine.
const OcrEngine& reference_engine();

/// In the registry's order.
std::vector<std::string> engine_names();

/// Whether one of ocrtune's own engines has this name.
bool is_own_engine(std::string_view name);

/// Why `--engine` cannot name an external engine whose folder has this name: it is not valid, or
/// one of ocrtune's own engines has it. Empty if it can.
std::string refusal_of_folder_name(std::string_view name);

/// Adds an engine of the calling program, which `auto` tries last. Must be called before any OCR
/// and before another thread uses the registry. Throws Error(invalid_argument) if its name is not
/// valid or is taken, and for a second reference.
void add_engine(OcrEngine engine);

}  // namespace ocrtune
