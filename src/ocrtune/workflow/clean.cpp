#include "ocrtune/workflow/clean.h"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "ocrtune/apply/pdf_documents.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/same_place.h"
#include "ocrtune/base/text_bytes.h"
#include "ocrtune/base/version.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/execution/page_places.h"
#include "ocrtune/execution/pages_at_work.h"
#include "ocrtune/execution/stage_run.h"
#include "ocrtune/image/encode.h"
#include "ocrtune/image/facsimile.h"
#include "ocrtune/image/page_layers.h"
#include "ocrtune/options/devices_in_use.h"
#include "ocrtune/pdf/page.h"
#include "ocrtune/pdf/searchable_pdf.h"
#include "ocrtune/workflow/output_names.h"
#include "ocrtune/workflow/read.h"

namespace ocrtune::workflow {
namespace {

using Bytes = std::vector<std::byte>;

bool makes_documents(const CleanOptions& options) {
  return options.format == kPdfFormat && !options.split;
}

std::string extension_for(const CleanOptions& options) {
  if (options.format == kPdfFormat) return ".pdf";
  return extension_of(options.format == "tiff" ? OutputFormat::tiff : OutputFormat::png);
}

PageOutputs outputs_of(const CleanOptions& options, const Page& page) {
  if (makes_documents(options))
    return {.of_page = {}, .of_file = PdfDocuments::files_for({.folder = options.output}, page)};
  return {.of_page = {output_path(options.output, page, extension_for(options))}, .of_file = {}};
}

bool is_layered(const CleanOptions& options) {
  return options.format == kPdfFormat && options.optimize == kLayeredPages;
}

/// The files of `clean`.
class CleanedFiles {
 public:
  CleanedFiles(const CleanOptions& options, const Corpus& pages, const Events& events)
      : options_(options), pages_(pages), events_(events), output_(options.output) {
    if (!makes_documents(options)) {
      refuse_collisions(options.output, pages.pages(), extension_for(options));
      return;
    }
    documents_.emplace(PdfOptions{.folder = options.output,
                                  .dpi = options.pages.dpi,
                                  .program = [](const Page&) { return program(); },
                                  .smaller_images = options.optimize != kImagesAsTheyAre},
                       pages);
    const std::vector<std::size_t> all = all_of(pages);
    (void)documents_->open_pages(std::vector<bool>(all.size(), false));
    documents_->begin(all);
  }

  /// The page with the resolution of --dpi if it states none. Stages scale it as any other; what
  /// cuts a part off the page doesn't stretch the rest. Thread-safe.
  [[nodiscard]] Image page(std::size_t index, bool in_colour) const {
    Image image = pages_.image(index, in_colour);
    if (options_.pages.dpi && !(image.dpi.x > 0)) {
      const double dpi = *options_.pages.dpi;
      image.dpi = {dpi, dpi};
    }
    return image;
  }

  /// The content of a page's file. `original`: what the image was made from. Thread-safe.
  [[nodiscard]] Bytes made(std::size_t index, const Image& image, const Image& original) const {
    if (options_.format == "png") return encode(image, OutputFormat::png);
    if (options_.format == "tiff") return encode(image, OutputFormat::tiff);
    const PdfPage page = pdf_page(image, original);
    if (documents_) return bytes_of_text(pdf_page_bytes(page));
    std::string text;
    write_searchable_pdf({.title = pages_.pages()[index].name,
                          .program = program(),
                          .count = 1,
                          .page = [&](std::size_t) { return std::optional(page); }},
                         [&](std::string_view piece) { text += piece; });
    return bytes_of_text(text);
  }

  /// Writes a page. Returns why it is left out: no PDF could be written.
  std::string write(std::size_t index, const Bytes& bytes) {
    output_.prepare();
    if (documents_) return documents_->write_page(index, bytes, events_);
    const auto path = file_of(index);
    make_folder(path.parent_path());
    write_atomically(path, bytes);
    return "";
  }

  /// Notes that a page has failed. Returns why it is left out.
  std::string end(std::size_t index, const std::string& failure) {
    return documents_ ? documents_->end(index, failure, events_) : failure;
  }

  [[nodiscard]] std::filesystem::path file_of(std::size_t index) const {
    return documents_
               ? documents_->file_of(index)
               : output_path(options_.output, pages_.pages()[index], extension_for(options_));
  }

  void finish() const {
    output_.require();
    if (!documents_) return;
    documents_->remove_all_pages();
    documents_->tell_guesses(events_);
  }

 private:
  /// A page without words.
  [[nodiscard]] PdfPage pdf_page(Image image, const Image& original) const {
    PdfPage page;
    std::optional<PageLayers> layers;
    if (is_layered(options_)) layers = layers_of(image, original);
    if (layers) {
      page.image = std::move(layers->mask);
      page.background = std::move(layers->background);
    } else {
      // Without the colours of the page, which stages do not change.
      image.colour.release();
      page.image = facsimile_of(image);
    }
    page.ocr_result.width = page.image->width;
    page.ocr_result.height = page.image->height;
    return page;
  }

  static std::string program() { return fmt::format("ocrtune {}", program_version()); }

  const CleanOptions& options_;
  const Corpus& pages_;
  const Events& events_;
  OutputFolder output_;
  std::optional<PdfDocuments> documents_;
};

}  // namespace

Options options_of(CleanOptions& options) {
  Options rows = options_of(options.pages);
  Options pipeline = options_of(options.pipeline, "", false);
  // No preset improves every collection.
  pipeline.front().required = true;
  append(rows, std::move(pipeline));
  append(rows,
         {{.name = "output",
           .field = &options.output,
           .group = "Output",
           .help = "Output folder, one image per page; one PDF per file",
           .letter = 'o',
           .required = true,
           .completion = Completion::folder,
           .command_only = true},
          {.name = "format",
           .field = &options.format,
           .group = "Output",
           .help = "Image format: png or tiff; or pdf",
           .choices = {"png", "tiff", "pdf"}},
          split_option(options.split),
          {.name = "optimize",
           .field = &options.optimize,
           .group = "Output",
           .help = "PDFs: 0 leaves images of a kept PDF as they are, 1 codes them anew, without "
                   "loss, where that makes them smaller, 2 also lays pages that are black and "
                   "white over a background of low resolution, with loss",
           .label = "Make PDFs smaller",
           .choices = {kImagesAsTheyAre, kSmallerImages, kLayeredPages}},
          dpi_option(options.pages),
          split_double_pages_option(options.pages)});
  append(rows, options_of(options.work));
  append(rows, options_of(options.devices, false));
  return rows;
}

Cleaned clean(const CleanOptions& options, const Events& events) {
  check_fields(options);
  const Pipeline pipeline = stated_pipeline(options.pipeline, "").at({});
  const bool in_colour = pipeline.wants_colour() || is_layered(options);
  const MemoryPlan plan = plan_work(options.work);
  const OutputNames names(options.output,
                          [&](const Page& page) { return outputs_of(options, page); });
  LoadedPages loaded =
      load_pages(outside_of(options.output, options.pages), events, plan, "", in_colour);
  names.leave_out(loaded, events);
  const Corpus& pages = loaded.corpus;
  CleanedFiles files(options, pages, events);
  DevicesInUse devices(options.devices);
  PagePlaces places(0, 1, devices.opened(events, pages, pipeline, plan));
  Cleaned result{.pages = {}, .left_out = loaded.left_out};
  const std::vector<std::size_t> all = all_of(pages);
  const RecognitionOptions not_read;
  const auto leave_out = [&](std::size_t index, const std::string& reason) {
    warn_of_failure(events, pages.pages()[index], reason);
    ++result.left_out;
  };
  work_on_pages<Bytes>(
      {.corpus = pages,
       .which = all,
       .plan = plan,
       .recognition = not_read,
       .in_colour = in_colour,
       .events = events,
       .line = PagesProgress(),
       .leave_out = [&](std::size_t index,
                        const std::string& reason) { leave_out(index, files.end(index, reason)); }},
      [&](PageAtWork& at) -> std::optional<Bytes> {
        const PagePlace place = places.of(at.index);
        std::optional<Image> original;
        const auto load = [&] {
          original = files.page(at.index, in_colour);
          Image input = *original;
          if (!pipeline.wants_colour()) input.colour.release();
          if (!is_layered(options)) original = Image();
          return input;
        };
        StageRun run(pipeline, page_content(at.page), load, place.stages, {}, place.device);
        const Image& image = run.image();
        // Where stages were not run because their output was known.
        if (!original) (void)load();
        return files.made(at.index, image, *original);
      },
      [&](std::size_t index, const Bytes& bytes) {
        // A page that ends its file's PDF fails with it.
        if (const std::string reason = files.write(index, bytes); !reason.empty())
          leave_out(index, reason);
        else
          result.pages.push_back({pages.pages()[index].name, files.file_of(index)});
      },
      [](const Bytes& bytes) { return bytes.size(); });
  files.finish();
  devices.tell(events);
  return result;
}

}  // namespace ocrtune::workflow
