#include "ocrtune/storage/sqlite_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "ocrtune/base/address.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/storage/postgresql_place.h"
#include "ocrtune/storage/sqlite_database.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

/// SQLite would read a truncated page at the end of the file as zeros, and return wrong values. A
/// write-ahead log beside the file contains the page.
void refuse_cut_page(const fs::path& file) {
  std::string header(18, '\0');
  std::ifstream in(file, std::ios::binary);
  if (!in.read(header.data(), static_cast<std::streamsize>(header.size()))) return;
  if (!header.starts_with("SQLite format 3")) return;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(header[at]); };
  const unsigned number = byte(16) * 256U + byte(17);
  const std::uintmax_t page_size = number == 1 ? 65536 : number;  // as in SQLite's file format
  std::error_code failure;
  const std::uintmax_t log = fs::file_size(file.string() + "-wal", failure);
  if (!failure && log > 0) return;
  const std::uintmax_t size = fs::file_size(file, failure);
  if (failure || page_size < 512 || size % page_size == 0) return;
  throw Error(Errc::study_error, tr("{}: is damaged: its end is missing; copy it again, or recover "
                                    "what is left with `sqlite3 FILE .recover`",
                                    shown_address(file.native())));
}

}  // namespace

void require_study_file(const fs::path& file) {
  refuse_non_files(file);
  if (sqlite_study_exists(file)) return refuse_cut_page(file);
  throw Error(Errc::study_error,
              tr("{}: no such study; `ocrtune tune` or `ocrtune screen` creates one",
                 shown_address(file.native())));
}

void refuse_non_files(const fs::path& file) {
  if (file.string().find("://") != std::string::npos) {
    throw Error(Errc::invalid_argument, tr("{}: is not a file name; a study is a SQLite file or {}",
                                           shown_address(file.native()), kPostgresqlForm));
  }
  std::error_code ignored;
  const fs::file_status status = fs::status(file, ignored);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    throw Error(Errc::study_error, tr("{}: is not a regular file", shown_address(file.native())));
  }
}

bool is_open_elsewhere(const fs::path& file) {
  // The "dead man switch" of SQLite's os_unix.c: every connection has a shared lock of this byte.
  constexpr off_t kOfEveryConnection = 128;
  const int index = ::open((file.string() + "-shm").c_str(), O_RDONLY | O_CLOEXEC);
  if (index < 0) return false;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = kOfEveryConnection;
  lock.l_len = 1;
  const bool known = ::fcntl(index, F_GETLK, &lock) == 0;
  ::close(index);
  return known && lock.l_type != F_UNLCK;
}

bool may_be_unchanging(const fs::path& file) {
  std::error_code ignored;
  if (fs::exists(file.string() + "-wal", ignored)) return false;
  return ::access(file.parent_path().empty() ? "." : file.parent_path().c_str(), W_OK) != 0;
}

bool sqlite_study_exists(const fs::path& file) {
  std::error_code failure;
  const auto size = fs::file_size(file, failure);
  if (failure || size == 0) return false;
  // If the creation of a study was interrupted, the file may be empty; SQLite may have to write to
  // see that.
  for (const SqliteMode mode : {SqliteMode::read, SqliteMode::write}) {
    try {
      const auto database = open_sqlite(file, mode);
      return database->prepare("SELECT 1 FROM sqlite_master")->next();
    } catch (const Error&) {
      continue;
    }
  }
  return true;
}

}  // namespace ocrtune
