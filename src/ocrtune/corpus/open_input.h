#pragma once

#include <functional>

#include "ocrtune/base/error.h"
#include "ocrtune/corpus/inputs.h"
#include "ocrtune/corpus/open_pages.h"
#include "ocrtune/image/limits.h"

namespace ocrtune {

/// Opens a page file, downloaded if it is a URL, and calls `use`. If it cannot be read, or `use`
/// throws Error(input_unreadable) without the file's name, `tell` gets the problem. Throws
/// what is not of the input: pages would be left out that are there. Thread-safe.
void open_input(const InputFile& input, const DecodeLimits& limits,
                const std::function<void(PageFile&)>& use,
                const std::function<void(Problem)>& tell);

/// False for what is not the file's fault: a full disk under the cache of downloads, a parser that
/// is missing or cannot be started, a stop.
bool is_of_input(const Error& error);

/// The problem of page `index`, from 0, of a file that has `count`.
Problem problem_of_page(const InputFile& input, int index, int count, const std::string& what);

}  // namespace ocrtune
