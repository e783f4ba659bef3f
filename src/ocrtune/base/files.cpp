#include "ocrtune/base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <fstream>
#include <functional>
#include <optional>
#include <system_error>
#include <utility>

#include "ocrtune/base/address.h"
#include "ocrtune/base/descriptor.h"
#include "ocrtune/base/folder_sync.h"
#include "ocrtune/base/input_folders.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void cannot_write(const fs::path& path, int number) {
  throw Error(Errc::output_unwritable,
              tr("{}: can't be written: {}", shown(path),
                 system_message(std::error_code(number, std::generic_category()))));
}

/// A name in `folder` that is not in use, for a file that `make` makes; false, with errno, if it
/// cannot. It is not the final name with a suffix, which may already have the greatest length.
/// Skips files that a killed process left behind.
bool make_temporary(const fs::path& folder, fs::path& path,
                    const std::function<bool(const char*)>& make) {
  static std::atomic<unsigned> serial{0};
  for (;;) {
    path = folder / fmt::format(".ocrtune.part-{}-{}", ::getpid(), serial++);
    if (make(path.c_str())) return true;
    if (errno != EEXIST) return false;
  }
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// Renames so that it lasts, or removes the temporary file.
void rename_or_remove(const fs::path& temporary, const fs::path& path) {
  if (::rename(temporary.c_str(), path.c_str()) == 0) return sync_folder(folder_of(path));
  const int number = errno;
  ::unlink(temporary.c_str());
  cannot_write(path, number);
}

/// Writes the content of a file to a descriptor; false, with errno, if that is not possible.
using ContentWriter = std::function<bool(int descriptor)>;

/// The permissions of a file that is written.
struct FileMode {
  mode_t made = 0666;          ///< of a new one, less what the user's mask excludes
  std::optional<mode_t> kept;  ///< of the one that it replaces

  /// For a file that is being written: at no time more than in the end.
  [[nodiscard]] mode_t at_first() const { return kept ? S_IRUSR | S_IWUSR : made; }
  [[nodiscard]] bool set(int file) const { return !kept || ::fchmod(file, *kept) == 0; }
};

/// Writes a file that has no name until it is whole, so that nothing is left of it if the process
/// is killed. False if the file system has no such files (NFS) or /proc is missing.
bool write_without_name(const fs::path& path, const FileMode& mode, const ContentWriter& write) {
  const fs::path folder = folder_of(path);
  const Descriptor file(::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode.at_first()));
  if (!file.valid()) return false;
  if (!write(file.get()) || !mode.set(file.get()) || ::fsync(file.get()) != 0)
    cannot_write(path, errno);
  const std::string content = fmt::format("/proc/self/fd/{}", file.get());
  const auto link = [&](const char* name) {
    return ::linkat(AT_FDCWD, content.c_str(), AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
  };
  if (link(path.c_str())) {
    sync_folder(folder);
    return true;
  }
  if (errno != EEXIST) return false;
  // A link replaces no file: it gets a name for the moment of the renaming.
  fs::path temporary;
  if (!make_temporary(folder, temporary, link)) return false;
  rename_or_remove(temporary, path);
  return true;
}

void write_with_name(const fs::path& path, const FileMode& mode, const ContentWriter& write) {
  Descriptor file(-1);
  fs::path temporary;
  const bool made = make_temporary(path.parent_path(), temporary, [&](const char* name) {
    file.reset(::open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode.at_first()));
    return file.valid();
  });
  if (!made) cannot_write(path, errno);
  try {
    if (!write(file.get()) || !mode.set(file.get()) || ::fsync(file.get()) != 0 || !file.close())
      cannot_write(path, errno);
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
  rename_or_remove(temporary, path);
}

/// Of an existing regular file.
std::optional<mode_t> mode_of(const fs::path& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return std::nullopt;
  return about.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
}

void write_with(const fs::path& path, const ContentWriter& write, mode_t made = 0666) {
  struct stat about {};
  if (::stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode)) {
    if (S_ISDIR(about.st_mode)) cannot_write(path, EISDIR);
    Descriptor direct(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!direct.valid() || !write(direct.get())) cannot_write(path, errno);
    return;
  }
  const FileMode mode{.made = made, .kept = mode_of(path)};
  if (!write_without_name(path, mode, write)) write_with_name(path, mode, write);
}

enum class Origin { any, input };

template <typename Buffer>
Buffer read_whole(const fs::path& path, std::uint64_t limit, Errc status,
                  Origin origin = Origin::any) {
  const auto fail = [&](const std::string& why) -> void {
    throw Error(status, fmt::format("{}: {}", shown(path), why));
  };
  // Non-blocking, so that a named pipe without a writer is refused instead of waited for.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  const int number = errno;
  // Before anything else is said: nobody learns which files there are elsewhere.
  if (origin == Origin::input &&
      !(file.valid() ? is_allowed_input(file.get()) : is_allowed_input(path)))
    fail(tr("is outside the folders that may be read ({})", kInputFoldersVariable));
  errno = number;
  struct stat about {};
  if (!file.valid() || ::fstat(file.get(), &about) != 0)
    fail(tr("can't be read: ") + system_message(std::error_code(errno, std::generic_category())));
  if (S_ISDIR(about.st_mode)) fail(tr("is a folder, not a file"));
  if (!S_ISREG(about.st_mode)) fail(tr("is not a regular file"));
  const auto size = static_cast<std::uint64_t>(about.st_size);
  if (size > limit) {
    fail(tr("is too large: {}, the limit is {}", human_size(size), human_size(limit)));
  }
  Buffer content(size, {});
  std::size_t filled = 0;
  while (filled < content.size()) {
    const ssize_t got = ::read(file.get(), content.data() + filled, content.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      fail(tr("can't be read: ") + system_message(std::error_code(errno, std::generic_category())));
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  content.resize(filled);
  return content;
}

}  // namespace

std::vector<std::byte> read_bytes(const fs::path& path, std::uint64_t limit, Errc status) {
  return read_whole<std::vector<std::byte>>(path, limit, status);
}

std::string read_text(const fs::path& path, std::uint64_t limit, Errc status) {
  return read_whole<std::string>(path, limit, status);
}

std::vector<std::byte> read_input_bytes(const fs::path& path, std::uint64_t limit) {
  return read_whole<std::vector<std::byte>>(path, limit, Errc::input_unreadable, Origin::input);
}

std::string read_input_text(const fs::path& path, std::uint64_t limit) {
  return read_whole<std::string>(path, limit, Errc::input_unreadable, Origin::input);
}

std::string read_part(const fs::path& path, std::uint64_t from, std::uint64_t most) {
  std::ifstream in(path, std::ios::binary);
  if (!in.seekg(static_cast<std::streamoff>(from))) return "";
  std::string text(most, '\0');
  in.read(text.data(), static_cast<std::streamsize>(most));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return text;
}

void write_atomically(const fs::path& path, std::span<const std::byte> bytes) {
  write_with(path, [&](int descriptor) { return write_all(descriptor, bytes); });
}

void write_private(const fs::path& path, std::span<const std::byte> bytes) {
  write_with(
      path, [&](int descriptor) { return write_all(descriptor, bytes); }, S_IRUSR | S_IWUSR);
}

void write_atomically(const fs::path& path, const std::function<void(const TextSink&)>& make) {
  write_with(path, [&](int descriptor) {
    constexpr std::size_t kPiece = 1 << 20;
    std::string piece;
    const auto flush = [&] {
      if (!write_all(descriptor, std::as_bytes(std::span(piece.data(), piece.size()))))
        cannot_write(path, errno);
      piece.clear();
    };
    make([&](std::string_view text) {
      piece += text;
      if (piece.size() >= kPiece) flush();
    });
    flush();
    return true;
  });
}

void write_atomically(const fs::path& path, std::string_view text) {
  write_atomically(path, std::as_bytes(std::span(text.data(), text.size())));
}

void move_into_place(const fs::path& from, const fs::path& path) {
  Descriptor file(::open(from.c_str(), O_RDWR | O_CLOEXEC));
  const FileMode mode{.kept = mode_of(path)};
  if (!file.valid() || !mode.set(file.get()) || ::fsync(file.get()) != 0 || !file.close())
    cannot_write(path, errno);
  rename_or_remove(from, path);
}

void require_writable_place(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) cannot_write(path, EISDIR);
  // A device or pipe is written directly; its folder need not be writable.
  if (fs::is_other(path, ignored)) return;
  const fs::path folder = folder_of(path);
  if (!fs::is_directory(folder, ignored)) {
    throw Error(Errc::output_unwritable,
                tr("{}: can't be written: the folder is missing", shown(path)));
  }
  if (::access(folder.c_str(), W_OK) != 0) cannot_write(path, errno);
}

void make_folder(const fs::path& folder) {
  std::error_code failure;
  std::vector<fs::path> missing;
  for (fs::path path = folder; !path.empty() && !fs::exists(path, failure) && !failure;
       path = path.parent_path())
    missing.push_back(path);
  // Another process may remove a parent, empty still, between the two. One that does nothing else
  // lets an attempt of 20 pass.
  constexpr int kAttempts = 1000;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    fs::create_directories(folder, failure);
    if (failure != std::errc::no_such_file_or_directory) break;
  }
  if (failure || !fs::is_directory(folder, failure)) {
    throw Error(Errc::output_unwritable,
                tr("{}: the folder cannot be created: {}", shown(folder),
                   failure ? system_message(failure) : tr("a file with this name exists already")));
  }
  for (const fs::path& made : missing) sync_folder(folder_of(made));
}

std::string shown(const fs::path& path) {
  const std::string& name = path.native();
  const bool is_page = name.starts_with("http://") || name.starts_with("https://");
  if (!is_page && name.find("://") != std::string::npos) return shown_address(name);
  return quotable(name, 300);
}

std::string human_size(std::uint64_t bytes) {
  static constexpr std::array kUnits{tr_noop("bytes"), tr_noop("kB"), tr_noop("MB"), tr_noop("GB"),
                                     tr_noop("TB")};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  // A value that would be rounded to 1000 gets the next unit.
  for (; value >= 999.5 && unit + 1 < kUnits.size(); ++unit) value /= 1000;
  return fmt::format("{:.{}f} {}", value, unit == 0 || value >= 99.95 ? 0 : 1,
                     translated(kUnits.at(unit)));
}

}  // namespace ocrtune
