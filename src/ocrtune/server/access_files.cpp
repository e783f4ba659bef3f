#include "ocrtune/server/access_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>

#include "ocrtune/base/descriptor.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/random_digits.h"
#include "ocrtune/base/state_folder.h"

namespace ocrtune::server {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kTokenDigits = 32;

/// Where the files of the servers of this user are, which is made if it is missing; empty if there
/// is no such folder, or others may write to it.
fs::path own_folder() {
  const fs::path state = state_folder();
  if (state.empty()) return {};
  fs::path folder = state / "serve";
  std::error_code ignored;
  fs::create_directories(state, ignored);
  (void)::mkdir(folder.c_str(), 0700);
  struct stat about {};
  const bool is_own = ::lstat(folder.c_str(), &about) == 0 && S_ISDIR(about.st_mode) &&
                      about.st_uid == ::geteuid() && (about.st_mode & 0022U) == 0;
  return is_own ? folder : fs::path();
}

/// The file of the server of `folder`; empty if there is no place for it.
fs::path own_file(const fs::path& folder, std::string_view extension) {
  fs::path own = own_folder();
  return own.empty() ? own
                     : own / fmt::format("{}.{}", content_hash(folder.native()).text(), extension);
}

/// Writes a file that only this user can read, in place of one that is there.
bool write_private(const fs::path& file, std::string_view text) {
  if (file.empty()) return false;
  ::unlink(file.c_str());
  Descriptor made(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!made.valid()) return false;
  if (write_all(made.get(), std::as_bytes(std::span(text))) && made.close()) return true;
  ::unlink(file.c_str());
  return false;
}

std::optional<std::string> token_in(const fs::path& file) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat about {};
  if (!opened.valid() || ::fstat(opened.get(), &about) != 0 || !S_ISREG(about.st_mode) ||
      about.st_uid != ::geteuid() || (about.st_mode & 0077U) != 0)
    return std::nullopt;
  std::string token(kTokenDigits + 1, '\0');
  if (::read(opened.get(), token.data(), token.size()) != static_cast<ssize_t>(token.size()) ||
      token.back() != '\n')
    return std::nullopt;
  token.pop_back();
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return std::ranges::all_of(token, is_digit) ? std::optional(token) : std::nullopt;
}

}  // namespace

std::string kept_token(const fs::path& folder, bool renew) {
  const fs::path file = own_file(folder, "token");
  if (!renew && !file.empty()) {
    if (std::optional<std::string> kept = token_in(file)) return *std::move(kept);
  }
  std::string token = random_digits();
  (void)write_private(file, token + "\n");
  return token;
}

OpeningPage::OpeningPage(const fs::path& folder, const std::string& address)
    : file_(own_file(folder, "html")) {
  const std::string page = fmt::format(
      "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>ocrtune</title>\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta http-equiv=\"refresh\" content=\"0; url={0}\"></head>\n"
      "<body><p><a href=\"{0}\">ocrtune</a></p></body></html>\n",
      address);
  if (!write_private(file_, page)) file_.clear();
}

OpeningPage::~OpeningPage() {
  if (!file_.empty()) ::unlink(file_.c_str());
}

}  // namespace ocrtune::server
