#pragma once

#include <string>

#include "ocrtune/corpus/corpus.h"

namespace ocrtune {

/// Why a page failed, without the name of the page or its file at the beginning.
std::string reason_alone(const Page& page, const std::string& reason);

}  // namespace ocrtune
