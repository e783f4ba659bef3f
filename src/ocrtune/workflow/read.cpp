#include "ocrtune/workflow/read.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "ocrtune/apply/pdf_documents.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/same_place.h"
#include "ocrtune/base/temporary_folder.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/documents/place_words.h"
#include "ocrtune/execution/page_places.h"
#include "ocrtune/execution/pages_at_work.h"
#include "ocrtune/execution/stage_run.h"
#include "ocrtune/language/text_language.h"
#include "ocrtune/metrics/coverage.h"
#include "ocrtune/ocr/columns/vertical_text.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/options/devices_in_use.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/workflow/output_names.h"

namespace ocrtune::workflow {
namespace {

/// A page that is recognized, and what is written of it.
struct RecognizedPage {
  PageRead read;
  std::string document_page;  ///< for the PDF of its file
};

/// The memory of a result, about.
std::uint64_t bytes_of(const RecognizedPage& page) {
  std::uint64_t bytes = kUsualResultBytes + page.document_page.size();
  for (const std::string& text : page.read.texts) bytes += text.size();
  return bytes;
}

bool is_joined(const ReadOptions& options, const std::string& format) {
  return format == kPdfFormat && !options.split;
}

PageOutputs outputs_of(const ReadOptions& options, const Page& page) {
  PageOutputs outputs;
  for (const std::string& name : options.formats) {
    if (is_joined(options, name))
      outputs.of_file = PdfDocuments::files_for({.folder = options.output}, page);
    else
      outputs.of_page.push_back(output_path(options.output, page, ocr_format(name).extension));
  }
  return outputs;
}

/// Without those whose outputs cannot have their names.
LoadedPages pages_to_read(const ReadOptions& options, const Events& events, const MemoryPlan& plan,
                          bool in_colour) {
  std::optional<OutputNames> names;
  if (!options.output.empty())
    names.emplace(options.output, [&](const Page& page) { return outputs_of(options, page); });
  LoadedPages loaded = load_pages(outside_of(options.output, options.pages), events, plan,
                                  options.ocr.tessdata, in_colour);
  if (names) names->leave_out(loaded, events);
  return loaded;
}

/// The files of `read`.
class ReadFiles {
 public:
  ReadFiles(const ReadOptions& options, const Corpus& pages, const Events& events,
            const std::map<std::string, std::string>& engines)
      : options_(options), pages_(pages), events_(events), output_(options.output) {
    const bool prints = options.output.empty();
    if (!prints) {
      for (const std::string& name : options.formats) {
        if (!is_joined(options, name))
          refuse_collisions(options.output, pages.pages(), ocr_format(name).extension);
      }
    }
    if (!joins_pages(options.formats, options.split)) return;
    if (prints) folder_.emplace();
    documents_.emplace(
        PdfOptions{.folder = prints ? folder_->path() : std::filesystem::path(options.output),
                   .dpi = options.pages.dpi,
                   .program =
                       [&engines](const Page& page) {
                         return source_of(page.name, 1, engines.at(page.lang)).program;
                       },
                   .existing_text = existing_text_named(options.existing_text),
                   .smaller_images = options.optimize != kImagesAsTheyAre},
        pages);
    const std::vector<std::size_t> all = all_of(pages);
    (void)documents_->open_pages(std::vector<bool>(all.size(), false));
    documents_->begin(all);
  }

  [[nodiscard]] std::size_t documents() const { return documents_ ? documents_->size() : 0; }

  /// Thread-safe.
  [[nodiscard]] std::string document_page(std::size_t index, const OcrResult& ocr_result) const {
    return documents_ ? documents_->page_bytes(index, ocr_result) : "";
  }

  /// Thread-safe.
  [[nodiscard]] std::vector<std::string> texts(std::size_t index, const PageRead& read) const {
    PageSource source = source_of(pages_, index, read.engine);
    state_resolution(source, options_.pages.dpi);
    std::vector<std::string> all;
    for (const std::string& name : options_.formats)
      all.push_back(is_joined(options_, name) ? ""
                                              : ocr_format(name).text(read.ocr_result, source));
    return all;
  }

  /// Writes the files of a page. Returns why it is left out: no PDF could be written.
  std::string write(std::size_t index, const RecognizedPage& page) {
    if (!options_.output.empty()) output_.prepare();
    for (std::size_t i = 0; i < options_.formats.size(); ++i) {
      const std::string& name = options_.formats[i];
      if (name == kPdfFormat && !documents_ && !options_.pages.dpi) {
        if (const auto guess = guess_for_page(*page.read.page, page.read.ocr_result))
          ++guesses_[*guess];
      }
      if (options_.output.empty() || is_joined(options_, name)) continue;
      const auto path = output_path(options_.output, *page.read.page, ocr_format(name).extension);
      make_folder(path.parent_path());
      write_atomically(path, page.read.texts[i]);
    }
    if (!documents_) return "";
    return documents_->write_page(index, std::as_bytes(std::span(page.document_page)), events_);
  }

  /// Notes that a page has failed. Returns why it is left out.
  std::string end(std::size_t index, const std::string& failure) {
    return documents_ ? documents_->end(index, failure, events_) : failure;
  }

  /// Passes PDFs on if there is no output folder, removes the files of pages.
  void finish(const PagesRead& taken) {
    output_.require();
    if (documents_) {
      std::error_code ignored;
      for (const std::filesystem::path& file : documents_->files()) {
        if (options_.output.empty() && std::filesystem::exists(file, ignored)) taken.document(file);
      }
      documents_->remove_all_pages();
      documents_->tell_guesses(events_);
    }
    tell_guessed_resolutions(guesses_, events_);
  }

 private:
  const ReadOptions& options_;
  const Corpus& pages_;
  const Events& events_;
  OutputFolder output_;
  std::optional<TemporaryFolder> folder_;  // where PDFs are made that are printed
  std::optional<PdfDocuments> documents_;
  std::map<int, std::size_t> guesses_;
};

}  // namespace

bool joins_pages(const std::vector<std::string>& formats, bool split) {
  return !split && std::ranges::find(formats, kPdfFormat) != formats.end();
}

Option split_option(bool& split) {
  return {.name = "split",
          .field = &split,
          .group = "Output",
          .help = "Write a PDF for each page instead of one for each file",
          .label = "One PDF per page"};
}

Option existing_text_option(std::string& name) {
  return {.name = "existing-text",
          .field = &name,
          .group = "Output",
          .help =
              "Text that pages of a PDF show: keep leaves these pages without words, add gives "
              "them the words that lie beside it, replace makes pictures of them, with all "
              "words",
          .label = "Text that pages of PDFs show",
          .choices = existing_text_names()};
}

Option optimize_option(std::string& level) {
  return {.name = "optimize",
          .field = &level,
          .group = "Output",
          .help =
              "Images of PDFs that are kept: 0 leaves them as they are, 1 codes them anew, "
              "without loss, where that makes them smaller",
          .label = "Make images of PDFs smaller",
          .choices = {kImagesAsTheyAre, kSmallerImages}};
}

Option format_option(std::vector<std::string>& formats) {
  std::vector<std::string> known;
  for (const OcrFormat& format : all_ocr_formats()) known.push_back(format.name);
  return {.name = "format",
          .field = &formats,
          .group = "Output",
          .help = "Output formats (page is PAGE XML, pdf is searchable); several joined by commas",
          .label = "Output formats",
          .usual = "text",
          .choices = known,
          .joined = true};
}

Options options_of(ReadOptions& options) {
  Options rows = options_of(options.pages);
  append(rows, options_of(options.pipeline, kReadPipeline, false));
  append(rows, {{.name = "output",
                 .field = &options.output,
                 .group = "Output",
                 .help = "Output folder, one file per page and format; one PDF per file",
                 .letter = 'o',
                 .completion = Completion::folder,
                 .command_only = true},
                format_option(options.formats),
                split_option(options.split),
                existing_text_option(options.existing_text),
                optimize_option(options.optimize),
                dpi_option(options.pages),
                split_double_pages_option(options.pages)});
  append(rows, options_of(options.ocr));
  append(rows, options_of(options.work));
  append(rows, options_of(options.devices));
  return rows;
}

namespace {

/// Whether images are pages, for Tesseract, and not single lines, words or characters.
bool are_pages(int psm) {
  constexpr std::array kParts{7, 8, 9, 10, 13};
  return std::ranges::find(kParts, psm) == kParts.end();
}

/// Placed on the page; of a blank page none. Nothing if the work was stopped.
std::optional<OcrResult> recognized_words(const Image& page, const Pipeline& pipeline,
                                          const PagePlace& place, PageAtWork& at, bool reads_pages,
                                          const std::atomic<bool>& stop) {
  if (reads_pages && is_blank(page.gray, page.colour))
    return OcrResult{.words = {}, .width = page.gray.cols, .height = page.gray.rows};
  StageRun run(
      pipeline, page_content(at.page), [&] { return page; }, place.stages, {}, place.device);
  const Image& image = run.image();
  at.reservation.grow_to(ocr_bytes(image.gray.size()));
  const OcrSettings& settings = run.ocr_settings();
  auto words = at.recognizers.get(at.page.lang, settings).read(image, settings, stop);
  if (words) place_words(*words, image, page.gray.size());
  return words;
}

}  // namespace

ReadResult read(const ReadOptions& options, const PagesRead& taken, const Events& events) {
  check_fields(options);
  const Pipeline pipeline = stated_pipeline(options.pipeline, kReadPipeline).at({});
  const bool in_colour = pipeline.wants_colour();
  const MemoryPlan plan = plan_work(options.work, options.ocr);
  const LoadedPages loaded = pages_to_read(options, events, plan, in_colour);
  const Corpus& pages = loaded.corpus;
  std::map<std::string, std::string> engines;
  ReadFiles files(options, pages, events, engines);
  taken.begin(pages.pages().size(), files.documents());
  DevicesInUse devices(options.devices);
  RecognitionOptions recognition = resolved(options.ocr, events, languages_of(pages));
  engines = recognition.engines;
  check_engine_options(pipeline, recognition.engines);
  recognition.device = devices.opened_for_ocr(events, recognition);
  PagePlaces places(0, 1, devices.opened(events, pages, pipeline, plan));
  const std::vector<std::size_t> all = all_of(pages);
  ReadResult result{.left_out = loaded.left_out};
  std::map<std::string, std::size_t> other_languages;
  const auto leave_out = [&](std::size_t index, const std::string& reason) {
    warn_of_failure(events, pages.pages()[index], reason);
    ++result.left_out;
  };
  work_on_pages<RecognizedPage>(
      {.corpus = pages,
       .which = all,
       .plan = plan,
       .recognition = recognition,
       .in_colour = in_colour,
       .events = events,
       .line = PagesProgress(),
       .leave_out = [&](std::size_t index,
                        const std::string& reason) { leave_out(index, files.end(index, reason)); }},
      [&](PageAtWork& at) -> std::optional<RecognizedPage> {
        Image page = pages.image(at.index, in_colour);
        const PagePlace place = places.of(at.index);
        auto words =
            recognized_words(page, pipeline, place, at, are_pages(recognition.psm), *events.stop);
        if (!words) return std::nullopt;
        RecognizedPage recognized{.read = {.page = &at.page,
                                           .engine = recognition.engines.at(at.page.lang),
                                           .ocr_result = *std::move(words),
                                           .other_lang = {},
                                           .texts = {}},
                                  .document_page = {}};
        const OcrResult& found = recognized.read.ocr_result;
        recognized.read.other_lang = goes_across_vertical_lines(found)
                                         ? vertical_model(at.page.lang)
                                         : unexpected_language(plain_text(found), at.page.lang);
        recognized.read.texts = files.texts(at.index, recognized.read);
        recognized.document_page = files.document_page(at.index, recognized.read.ocr_result);
        return recognized;
      },
      [&](std::size_t index, const RecognizedPage& recognized) {
        // A page that ends its file's PDF fails with it.
        if (const std::string reason = files.write(index, recognized); !reason.empty()) {
          leave_out(index, reason);
          return;
        }
        const std::string& other = recognized.read.other_lang;
        if (!other.empty()) ++other_languages[other];
        taken.page(recognized.read);
        ++result.pages;
      },
      bytes_of);
  files.finish(taken);
  for (const auto& [model, count] : other_languages) events.say(other_language_line(model, count));
  devices.tell(events);
  return result;
}

}  // namespace ocrtune::workflow
