#include "ocrtune/corpus/page_list.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/input_folders.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/canvas_names.h"
#include "ocrtune/corpus/iiif_manifest.h"
#include "ocrtune/corpus/image_service.h"
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

std::vector<InputFile> files_of(std::string_view text, const fs::path& input,
                                std::vector<Problem>& problems) {
  const std::string list = is_url(input.native()) ? quotable(input.native(), 300) : shown(input);
  try {
    return iiif_files(text, input, list, problems);
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("{}: {}", list, error.what()));
  }
}

/// Whether a URL may be that of a list: what ends as a page file does is not asked for.
bool may_be_list(const std::string& url) {
  return !is_image_info(url) && !is_page_extension(url_cache_name(url).extension().string());
}

}  // namespace

PageList page_list_of(std::string_view beginning) {
  if (beginning.starts_with("\xEF\xBB\xBF")) beginning.remove_prefix(3);
  beginning = trimmed(beginning);
  return beginning.starts_with('{') ? PageList::iiif : PageList::none;
}

std::optional<std::vector<InputFile>> read_page_list(const fs::path& input,
                                                     std::vector<Problem>& problems) {
  std::optional<std::vector<InputFile>> files;
  if (is_url(input.native())) {
    if (may_be_list(input.native()))
      read_remote_list(input.native(),
                       [&](std::string_view text) { files = files_of(text, input, problems); });
    return files;
  }
  if (lower_case(input.extension().string()) != ".json") return files;
  const std::string text = read_input_text(input, kMaxListBytes);
  files = files_of(text, input, problems);
  if (are_inputs_confined())
    throw Error(Errc::input_unreadable,
                tr("{}: its pages are behind URLs: only files in some folders may be read ({})",
                   shown(input), kInputFoldersVariable));
  return files;
}

}  // namespace ocrtune
