#include "ocrtune/corpus/page_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/input_folders.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/canvas_names.h"
#include "ocrtune/corpus/download.h"
#include "ocrtune/corpus/iiif_manifest.h"
#include "ocrtune/corpus/image_service.h"
#include "ocrtune/corpus/mets.h"
#include "ocrtune/corpus/mets_places.h"
#include "ocrtune/corpus/remote_list.h"
#include "ocrtune/corpus/url.h"
#include "ocrtune/image/format.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

void remark(const std::string& list, const std::string& line, std::vector<Problem>& problems) {
  problems.push_back({.where = list, .what = line, .is_remark = true});
}

void remark_on(const IiifManifest& manifest, const std::string& list,
               std::vector<Problem>& problems) {
  if (const auto& none = manifest.without_image; !none.empty())
    remark(list,
           tr("canvases without an image, which are no pages: {}; the first is canvas {}",
              none.size(), none.front()),
           problems);
  if (const auto& more = manifest.with_more_images; !more.empty())
    remark(list,
           tr("canvases of several images, of which the first is used: {}; the first is canvas {}",
              more.size(), more.front()),
           problems);
}

/// `list` is the name of the manifest in messages.
std::vector<InputFile> iiif_files(std::string_view text, const fs::path& input,
                                  const std::string& list, std::vector<Problem>& problems) {
  const IiifManifest manifest = parse_iiif_manifest(text);
  remark_on(manifest, list, problems);
  const std::string folder = list_name(input);
  std::vector<InputFile> files;
  files.reserve(manifest.images.size());
  for (const CanvasImage& image : manifest.images) {
    files.push_back({.path = image.url,
                     .name = folder + "/" + canvas_name(image.number, image.label),
                     .lang = {},
                     .truth = std::nullopt,
                     .labels = {{"label", image.label}}});
  }
  return files;
}

std::vector<InputFile> mets_files(std::string_view text, const fs::path& input,
                                  const std::string& group, const std::string& list,
                                  std::vector<Problem>& problems) {
  const MetsPages mets = parse_mets(text, group);
  if (const auto& none = mets.without_file; !none.empty())
    problems.push_back(
        {.where = list,
         .what = tr("pages without an image in the group {}: {}; the first is page {}",
                    quotable(mets.group, 60), none.size(), none.front())});
  std::vector<InputFile> files;
  files.reserve(mets.pages.size());
  for (const MetsPage& page : mets.pages) {
    try {
      MetsPlace place = place_of_page(page, input);
      files.push_back({.path = std::move(place.path),
                       .name = std::move(place.name),
                       .lang = {},
                       .truth = std::nullopt,
                       .labels = {{"label", page.label}}});
    } catch (const Error& error) {
      throw Error(error.code(), tr("page {}: {}", page.number, error.what()));
    }
  }
  return files;
}

bool is_behind_url(const InputFile& file) { return is_url(file.path.native()); }

std::vector<InputFile> files_of(std::string_view text, const fs::path& input,
                                const std::string& group, std::vector<Problem>& problems) {
  const std::string list = is_url(input.native()) ? quotable(input.native(), 300) : shown(input);
  try {
    const bool is_mets = page_list_of(text.substr(0, kBeginning)) == PageList::mets;
    if (!is_mets && !group.empty())
      throw Error(Errc::input_unreadable, tr("has no groups of files, as METS has them"));
    std::vector<InputFile> files = is_mets ? mets_files(text, input, group, list, problems)
                                           : iiif_files(text, input, list, problems);
    if (are_inputs_confined() && std::ranges::any_of(files, is_behind_url))
      throw Error(Errc::input_unreadable,
                  tr("its pages are behind URLs: only files in some folders may be read ({})",
                     kInputFoldersVariable));
    return files;
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("{}: {}", list, error.what()));
  }
}

/// Whether a file ends as a list does and, if others do too, begins as one.
bool is_list_file(const fs::path& file) {
  const std::string extension = lower_case(file.extension().string());
  return extension == ".json" || (extension == ".xml" && is_allowed_input(file) &&
                                  page_list_of(read_part(file, 0, kBeginning)) == PageList::mets);
}

/// Whether a URL may be that of a list: what ends as a page file does is not asked for.
bool may_be_list(const std::string& url) {
  return !is_image_info(url) && !is_page_extension(url_cache_name(url).extension().string());
}

}  // namespace

PageList page_list_of(std::string_view beginning) {
  if (beginning.starts_with("\xEF\xBB\xBF")) beginning.remove_prefix(3);
  beginning = trimmed(beginning);
  if (beginning.starts_with('{')) return PageList::iiif;
  return beginning.starts_with('<') && beginning.find("loc.gov/METS") != std::string_view::npos
             ? PageList::mets
             : PageList::none;
}

std::optional<std::vector<InputFile>> read_page_list(const fs::path& input,
                                                     const std::string& group,
                                                     std::vector<Problem>& problems) {
  std::optional<std::vector<InputFile>> files;
  const auto use = [&](std::string_view text) { files = files_of(text, input, group, problems); };
  if (is_url(input.native())) {
    if (may_be_list(input.native())) read_remote_list(input.native(), use);
  } else if (is_list_file(input)) {
    use(read_input_text(input, kMaxListBytes));
  }
  return files;
}

}  // namespace ocrtune
