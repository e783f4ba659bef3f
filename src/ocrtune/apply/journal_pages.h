#pragma once

#include <filesystem>

#include "ocrtune/apply/summary.h"

namespace ocrtune {

/// The pages in the journal of a folder, each as its last record has it, in the order of these;
/// read at each call, also while another process writes the journal. None if there is no journal.
/// Thread-safe.
EachAppliedPage journal_pages(const std::filesystem::path& folder);

}  // namespace ocrtune
