#include "ocrtune/server/roots.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLongestFileName = 200;

bool is_below(const fs::path& path, const fs::path& folder) {
  return std::mismatch(path.begin(), path.end(), folder.begin(), folder.end()).second ==
         folder.end();
}

bool below_one(const fs::path& path, const std::vector<fs::path>& folders) {
  return std::ranges::any_of(folders,
                             [&](const fs::path& folder) { return is_below(path, folder); });
}

}  // namespace

Roots::Roots(const std::vector<fs::path>& folders) {
  for (const fs::path& folder : folders) {
    std::error_code failure;
    const fs::path whole = fs::canonical(folder, failure);
    if (failure || !fs::is_directory(whole, failure)) {
      throw Error(Errc::invalid_argument, tr("{}: is not a folder", shown(folder)));
    }
    if (std::ranges::find(folders_, whole) == folders_.end()) folders_.push_back(whole);
  }
}

fs::path Roots::inside(const std::string& text) const {
  const HttpError outside(403, tr("the path is outside the folders of this server"));
  const fs::path path(text);
  if (!path.is_absolute()) throw outside;
  std::error_code failure;
  fs::path whole = fs::canonical(path, failure);
  if (!failure) {
    if (!below_one(whole, folders_)) throw outside;
    return whole;
  }
  // The existing part of the path must be inside before anything is revealed.
  const fs::path part = fs::weakly_canonical(path, failure);
  if (failure || !below_one(part, folders_)) throw outside;
  throw HttpError(404, tr("{}: isn't there", shown(path)));
}

bool Roots::contains(const fs::path& path) const {
  std::error_code failure;
  const fs::path whole = fs::canonical(path, failure);
  return !failure && below_one(whole, folders_);
}

void check_file_name(const std::string& name) {
  const bool odd = std::ranges::any_of(name, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f || c == '/' || c == '\\';
  });
  if (name.empty() || name.front() == '.' || name.size() > kLongestFileName || odd ||
      !is_utf8(name)) {
    throw HttpError(400, tr("`{}`: is not a valid file name here: one path component, at most {} "
                            "bytes, no dot at the beginning",
                            quotable(name, 60), kLongestFileName));
  }
}

}  // namespace ocrtune::server
