#include "ocrtune/workflow/workspace.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <system_error>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/base/version.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/documents/mets_writer.h"
#include "ocrtune/image/facsimile_file.h"

namespace ocrtune::workflow {
namespace fs = std::filesystem;
namespace {

constexpr const char* kImages = "OCR-D-IMG";

/// One name without folders, which need not be escaped in a METS file.
std::string name_of(const Page& page) {
  std::string name = output_path("", page, "").relative_path().string();
  for (char& byte : name) {
    constexpr std::string_view kEscaped = "/ \"#%<>?[\\]^`{|}";
    if (kEscaped.find(byte) != std::string_view::npos || static_cast<unsigned char>(byte) < 0x20)
      byte = '_';
  }
  return name;
}

std::string group_of(const std::string& format) {
  return format == "page" ? "OCR-D-OCR-PAGE" : "OCR-D-OCR-ALTO";
}

std::string mime_type_of_format(const std::string& format) {
  return format == "page" ? "application/vnd.prima.page+xml" : "application/alto+xml";
}

std::string label_of(const Page& page) {
  const auto label =
      std::ranges::find(page.labels, "label", [](const auto& one) { return one.first; });
  return label == page.labels.end() ? "" : label->second;
}

[[noreturn]] void refuse_beside_workspace(const std::string& option, const std::string& value,
                                          const std::string& why) {
  throw OptionError(Errc::invalid_argument, option, value, why);
}

}  // namespace

const std::vector<std::string>& workspace_formats() {
  static const std::vector<std::string> kFormats{"page", "alto"};
  return kFormats;
}

fs::path Workspace::image(const Page& page, const std::string& extension) const {
  return folder_ / (name_of(page) + extension);
}

std::optional<fs::path> Workspace::image_there(const Page& page) const {
  for (const std::string& extension : image_file_extensions()) {
    std::error_code ignored;
    const fs::path file = image(page, extension);
    if (fs::exists(file, ignored)) return file;
  }
  return std::nullopt;
}

fs::path Workspace::ocr_result(const Page& page, const std::string& format) const {
  return folder_ / format / (name_of(page) + ".xml");
}

void Workspace::refuse_collisions(const std::vector<Page>& pages) const {
  const InputFiles inputs(pages);
  std::map<std::string, const Page*> names;
  for (const Page& page : pages) {
    const auto [known, is_new] = names.emplace(name_of(page), &page);
    if (!is_new)
      throw Error(Errc::invalid_argument,
                  tr("{} and {} have the same name in a workspace, {}; rename one of them",
                     known->second->name, page.name, known->first));
    for (const std::string& extension : image_file_extensions())
      inputs.keep(image(page, extension), page);
  }
}

void Workspace::write_mets(const std::vector<Page>& pages,
                           const std::vector<std::string>& formats) const {
  std::vector<MetsPage> listed;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const std::optional<fs::path> image = image_there(pages[i]);
    if (!image) continue;
    MetsPage page{.number = static_cast<int>(i) + 1, .label = label_of(pages[i]), .files = {}};
    page.files.push_back({.group = kImages,
                          .mime = mime_type_of(image->extension().string()),
                          .place = image->filename().string()});
    for (const std::string& format : formats) {
      std::error_code ignored;
      const fs::path file = ocr_result(pages[i], format);
      if (!fs::exists(file, ignored)) continue;
      page.files.push_back({.group = group_of(format),
                            .mime = mime_type_of_format(format),
                            .place = (fs::path(format) / file.filename()).string()});
    }
    listed.push_back(std::move(page));
  }
  write_atomically(folder_ / "mets.xml",
                   mets_text(listed, fmt::format("ocrtune {}", program_version())));
}

ApplyOptions workspace_options(ApplyOptions options) {
  const ApplyOptions usual;
  if (options.journal) refuse_beside_workspace("journal", "", tr("can't be used with --workspace"));
  if (options.images != usual.images)
    refuse_beside_workspace("images", options.images, tr("can't be used with --workspace"));
  if (options.formats == usual.formats) options.formats = {workspace_formats().front()};
  for (const std::string& format : options.formats) {
    if (std::ranges::find(workspace_formats(), format) == workspace_formats().end())
      refuse_beside_workspace("format", joined(options.formats, ","),
                              tr("a workspace has {}", joined(workspace_formats())));
  }
  return options;
}

}  // namespace ocrtune::workflow
