#pragma once

namespace ocrtune::cli {

/// Opens standard input, output and error on /dev/null where they are closed: else the next file
/// that is opened becomes one of them. False if that is not possible. Call it before anything opens
/// a file.
bool open_standard_streams();

/// Writes what is left of standard output. False if it, or anything before, could not be written.
bool finish_standard_output();

}  // namespace ocrtune::cli
