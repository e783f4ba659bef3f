#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

namespace ocrtune {

/// Calls `parse`, unless it is known that a parser failed at this part of the PDF before, on this
/// machine with this version of ocrtune and of the libraries: then throws the same ParserFailure at
/// once. A failure is remembered (pdf_failures.json in cache_folder()), but not that something else
/// killed the parser. `part` says what of the file is parsed, and how. Thread-safe.
void parse_unless_failed(std::span<const std::byte> pdf, const std::string& part,
                         const std::function<void()>& parse);

}  // namespace ocrtune
