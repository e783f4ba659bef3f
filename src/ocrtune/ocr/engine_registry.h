#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/ocr/engine.h"

namespace ocrtune {

/// ocrtune's own, faster reader of Tesseract's models.
OcrEngine lstm_engine();
/// Stock Tesseract, the reference.
OcrEngine tesseract_engine();

/// All engines, in the order in which `auto` asks them.
const std::deque<OcrEngine>& all_engines();

/// Null where none has this name.
const OcrEngine* find_engine(std::string_view name);

/// Throws Error(invalid_argument), naming those there are, where none has this name.
const OcrEngine& engine_named(std::string_view name);

/// The engine that others are held against.
const OcrEngine& reference_engine();

/// In their order.
std::vector<std::string> engine_names();

/// Whether an engine may be called so: it stands in options and in studies as it is.
bool can_name_engine(std::string_view name);

/// Adds an engine of the calling program, which `auto` asks last. To be called before anything is
/// read or asked of the registry by another thread. Throws Error(invalid_argument) where its name
/// can't be stated or is taken, and for a second reference.
void add_engine(OcrEngine engine);

}  // namespace ocrtune
