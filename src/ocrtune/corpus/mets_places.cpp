#include "ocrtune/corpus/mets_places.h"

#include <optional>
#include <string_view>
#include <system_error>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/image_service.h"
#include "ocrtune/corpus/redirect.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kFileScheme = "file://";

/// Nothing for a path that leads out of the folder, or another scheme than file:.
std::optional<MetsPlace> file_below(const fs::path& folder, std::string_view place) {
  if (place.starts_with(kFileScheme))
    place.remove_prefix(kFileScheme.size());
  else if (place.find("://") != std::string_view::npos)
    return std::nullopt;
  const fs::path path = (folder / place).lexically_normal();
  std::error_code failure;
  const fs::path below = fs::absolute(path, failure)
                             .lexically_normal()
                             .lexically_relative(fs::absolute(folder, failure).lexically_normal());
  if (failure || below.empty() || below == "." || *below.begin() == "..") return std::nullopt;
  return MetsPlace{.path = path, .name = below.string()};
}

std::optional<MetsPlace> page_behind(const std::string& url) {
  check_url(url);
  return MetsPlace{.path = url, .name = page_url_name(url)};
}

std::optional<MetsPlace> local_place(const MetsPage& page, const fs::path& folder) {
  std::optional<MetsPlace> missing;
  std::optional<MetsPlace> remote;
  for (const std::string& place : page.places) {
    if (is_url(place)) {
      if (!remote) remote = page_behind(place);
      continue;
    }
    std::error_code ignored;
    auto file = file_below(folder, place);
    if (file && fs::exists(file->path, ignored)) return file;
    if (file && !missing) missing = std::move(file);
  }
  return remote ? remote : missing;
}

std::optional<MetsPlace> remote_place(const MetsPage& page, const std::string& mets) {
  for (const std::string& place : page.places) {
    if (is_url(place)) return page_behind(place);
    const Redirect relative = redirect(mets, place);
    if (relative.refusal.empty()) return page_behind(relative.url);
  }
  return std::nullopt;
}

}  // namespace

MetsPlace place_of_page(const MetsPage& page, const fs::path& mets) {
  const auto place = is_url(mets.native()) ? remote_place(page, mets.native())
                                           : local_place(page, mets.parent_path());
  if (place) return *place;
  throw Error(Errc::input_unreadable,
              tr("`{}` is neither a file in its folder nor an http or https URL",
                 quotable(page.places.front(), 200)));
}

}  // namespace ocrtune
