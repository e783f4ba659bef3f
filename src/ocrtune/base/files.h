#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/base/error.h"

namespace ocrtune {

/// The whole content of a regular file of at most `limit` bytes. Throws Error(status) with one line
/// (path, reason) if it is missing, not a regular file, not permitted or longer. Thread-safe.
std::vector<std::byte> read_bytes(const std::filesystem::path& path, std::uint64_t limit,
                                  Errc status = Errc::input_unreadable);
/// As read_bytes. Thread-safe.
std::string read_text(const std::filesystem::path& path, std::uint64_t limit,
                      Errc status = Errc::input_unreadable);

/// As read_bytes, for files that inputs name or that stand beside them: also throws
/// for a file outside of the folders that inputs are confined to (input_folders.h). Thread-safe.
std::vector<std::byte> read_input_bytes(const std::filesystem::path& path, std::uint64_t limit);
/// As read_input_bytes. Thread-safe.
std::string read_input_text(const std::filesystem::path& path, std::uint64_t limit);

/// At most `most` bytes of a file from byte `from` on; empty if it cannot be read or has no more.
/// Thread-safe.
std::string read_part(const std::filesystem::path& path, std::uint64_t from, std::uint64_t most);

/// Writes a file so that its final name only ever shows the whole content: a temporary file in the
/// same folder, flushed to disk, then linked or renamed. An existing file that is not a regular one
/// (/dev/stdout, a pipe) is written directly. Throws Error(output_unwritable) with one line and
/// leaves no temporary file behind. A process that is killed leaves none either if the file system
/// has files without a name (O_TMPFILE), but for the moment in which an existing file is replaced.
/// The permissions of an existing file are kept. Thread-safe for different paths.
void write_atomically(const std::filesystem::path& path, std::span<const std::byte> bytes);
/// As above, for a text.
void write_atomically(const std::filesystem::path& path, std::string_view text);

/// As write_atomically, but a new file is for this user only.
void write_private(const std::filesystem::path& path, std::span<const std::byte> bytes);

/// Gets a text piece by piece.
using TextSink = std::function<void(std::string_view)>;

/// The same for a text that is never in memory as a whole: `make` passes its pieces to the sink. If
/// the file system refuses to link, it is called a second time.
void write_atomically(const std::filesystem::path& path,
                      const std::function<void(const TextSink&)>& make);

/// Gives a whole file its final name in the same file system, once it is on the disk; an existing
/// file is replaced, and its permissions are kept. Throws Error(output_unwritable) and removes the
/// file.
void move_into_place(const std::filesystem::path& from, const std::filesystem::path& path);

/// Throws Error(output_unwritable) if write_atomically could not write to `path`; for a check
/// before long work.
void require_writable_place(const std::filesystem::path& path);

/// Makes a folder and its parents. Throws Error(output_unwritable) if that fails.
void make_folder(const std::filesystem::path& folder);

/// The file or folder name as UTF-8 for messages, control characters replaced. Of an address of a
/// database that was given instead, no password is shown.
std::string shown(const std::filesystem::path& path);

/// "1.5 MB".
std::string human_size(std::uint64_t bytes);

}  // namespace ocrtune
