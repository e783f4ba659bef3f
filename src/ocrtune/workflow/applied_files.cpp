#include "ocrtune/workflow/applied_files.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "ocrtune/apply/ocr_formats.h"
#include "ocrtune/base/text_bytes.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/documents/joined_hyphens.h"
#include "ocrtune/image/facsimile_file.h"
#include "ocrtune/workflow/document_output.h"
#include "ocrtune/workflow/read.h"

namespace ocrtune::workflow {
namespace fs = std::filesystem;
namespace {

std::optional<OutputFormat> image_format_of(const std::string& name) {
  if (name == "none") return std::nullopt;
  return name == "tiff" ? OutputFormat::tiff : OutputFormat::png;
}

}  // namespace

AppliedFiles::AppliedFiles(const ApplyOptions& options, bool is_document)
    : options_(options), is_document_(is_document), image_format_(image_format_of(options.images)) {
  if (options.workspace) workspace_.emplace(options.output);
  for (const std::string& name : options.formats) {
    if (!(has_documents() && name == kPdfFormat)) page_formats_.push_back(name);
  }
}

bool AppliedFiles::has_documents() const { return joins_pages(options_.formats, options_.split); }

PageOutputs AppliedFiles::of(const Page& page, const PdfOptions& pdfs) const {
  PageOutputs outputs;
  for (const std::string& name : page_formats_) outputs.of_page.push_back(path_of(page, name));
  if (image_format_) outputs.of_page.push_back(image_path(page));
  if (workspace_) {
    for (const std::string& extension : image_file_extensions())
      outputs.of_page.push_back(workspace_->image(page, extension));
  }
  if (has_documents()) outputs.of_file = PdfDocuments::files_for(pdfs, page);
  return outputs;
}

void AppliedFiles::refuse_collisions(const std::vector<Page>& pages) const {
  if (is_document_) return;
  if (workspace_) {
    workspace_->refuse_collisions(pages);
    return;
  }
  for (const std::string& name : page_formats_)
    ocrtune::refuse_collisions(options_.output, pages, ocr_format(name).extension);
  if (image_format_)
    ocrtune::refuse_collisions(options_.output, pages, extension_of(*image_format_));
}

std::optional<int> AppliedFiles::guess(const Page& page, const OcrResult& ocr_result) const {
  const bool is_pdf = std::ranges::find(page_formats_, kPdfFormat) != page_formats_.end();
  return is_pdf && !options_.pages.dpi ? guess_for_page(page, ocr_result) : std::nullopt;
}

bool AppliedFiles::are_there(const Page& page) const {
  if (options_.watch) return true;
  std::error_code ignored;
  const bool texts = std::ranges::all_of(page_formats_, [&](const std::string& name) {
    return fs::exists(path_of(page, name), ignored);
  });
  return texts && (!image_format_ || fs::exists(image_path(page), ignored)) &&
         (!workspace_ || workspace_->image_there(page));
}

std::map<fs::path, std::vector<std::byte>> AppliedFiles::made(const Corpus& corpus,
                                                              std::size_t index,
                                                              const BestResult& best,
                                                              const std::string& engine,
                                                              const PdfDocuments* documents) const {
  const Page& page = corpus.pages()[index];
  PageSource source = source_of(corpus, index, engine);
  state_resolution(source, options_.pages.dpi);
  source.turns = best.turns;
  std::map<fs::path, std::vector<std::byte>> files;
  if (documents != nullptr) {
    files[documents->page_file(index)] =
        bytes_of_text(options_.omit_blank && best.blank
                          ? documents->left_out_bytes(index, best.ocr_result)
                          : documents->page_bytes(index, best.ocr_result, best.turns));
  }
  if (workspace_) {
    ImageFile image =
        image_file_of(corpus.facsimile(index), [&] { return corpus.image(index, true); });
    const fs::path path = workspace_->image(page, image.extension);
    source.name = path.filename().string();
    files[path] = std::move(image.bytes);
  }
  for (const std::string& name : page_formats_) {
    std::string text = ocr_format(name).text(best.ocr_result, source);
    if (options_.join_hyphens && name == kTextFormat) text = with_joined_hyphens(text);
    files[path_of(page, name)] = bytes_of_text(text);
  }
  if (image_format_) files[image_path(page)] = encode(best.image, *image_format_);
  return files;
}

fs::path AppliedFiles::path_of(const Page& page, const std::string& format) const {
  if (workspace_) return workspace_->ocr_result(page, format);
  return is_document_ ? text_file(options_.output, page)
                      : output_path(options_.output, page, ocr_format(format).extension);
}

fs::path AppliedFiles::image_path(const Page& page) const {
  return output_path(options_.output, page, extension_of(*image_format_));
}

}  // namespace ocrtune::workflow
