#include "ocrtune/workflow/read.h"

#include "ocrtune/base/files.h"
#include "ocrtune/evaluator/page_places.h"
#include "ocrtune/evaluator/stage_run.h"
#include "ocrtune/ocr/engine_choice.h"
#include "ocrtune/ocr/place_words.h"
#include "ocrtune/workflow/devices_in_use.h"
#include "ocrtune/workflow/engines_in_use.h"
#include "ocrtune/workflow/page_output.h"
#include "ocrtune/workflow/pages_at_work.h"

namespace ocrtune::workflow {
namespace {

void write_files(const ReadOptions& options, const PageRead& read) {
  for (std::size_t i = 0; i < options.formats.size(); ++i) {
    const auto path =
        output_path(options.output, *read.page, ocr_format(options.formats[i]).extension);
    make_folder(path.parent_path());
    write_atomically(path, read.texts[i]);
  }
}

}  // namespace

Option format_option(std::vector<std::string>& formats) {
  std::vector<std::string> known;
  for (const OcrFormat& format : all_ocr_formats()) known.push_back(format.name);
  return {.name = "format",
          .field = &formats,
          .group = "Output",
          .help =
              "Output formats: text, tsv, hocr, alto, page (PAGE XML), pdf (searchable); several "
              "joined by commas",
          .usual = "text",
          .choices = known,
          .joined = true};
}

Options options_of(ReadOptions& options) {
  Options rows = options_of(options.pages);
  append(rows, options_of(options.pipeline, kReadingPipeline, false));
  append(rows, {{.name = "output",
                 .field = &options.output,
                 .group = "Output",
                 .help = "Output folder, one file per page and format",
                 .letter = 'o',
                 .command_only = true},
                format_option(options.formats)});
  append(rows, options_of(options.ocr));
  append(rows, options_of(options.work));
  append(rows, options_of(options.devices));
  return rows;
}

ReadResult read(const ReadOptions& options, const PagesRead& taken, const Events& events) {
  check_fields(options);
  const Pipeline pipeline = stated_pipeline(options.pipeline, kReadingPipeline).at({});
  const bool in_colour = pipeline.wants_colour();
  const MemoryPlan plan = plan_work(options.work, options.ocr);
  const LoadedPages loaded =
      load_pages(options.pages, events, plan, options.ocr.tessdata, in_colour);
  const Corpus& pages = loaded.corpus;
  if (!options.output.empty()) {
    for (const std::string& name : options.formats)
      refuse_collisions(options.output, pages.pages(), ocr_format(name).extension);
  }
  taken.begin(pages.pages().size());
  DevicesInUse devices(options.devices);
  RecognitionOptions reading = resolved(options.ocr, events, languages_of(pages));
  check_engine_options(pipeline, reading.engines);
  reading.device = devices.opened_for_ocr(events, reading);
  PagePlaces places(0, 1, devices.opened(events, pages, pipeline, plan));
  const std::vector<std::size_t> all = all_of(pages);
  ReadResult result{.left_out = loaded.left_out};
  const WorkedPages worked = work_on_pages<PageRead>(
      {.corpus = pages,
       .which = all,
       .plan = plan,
       .reading = reading,
       .in_colour = in_colour,
       .events = events,
       .line = pages_line},
      [&](PageAtWork& at) -> std::optional<PageRead> {
        Image page = pages.image(at.index, in_colour);
        const PagePlace place = places.of(at.index);
        StageRun run(
            pipeline, page_content(at.page), [&] { return page; }, place.stages, {}, place.device);
        const Image& image = run.image();
        at.room.grow_to(reading_bytes(image.gray.size()));
        const OcrSettings& settings = run.ocr_settings();
        auto words = at.recognizers.get(at.page.lang, settings).read(image, settings, *events.stop);
        if (!words) return std::nullopt;
        place_words(*words, image, page.gray.size());
        PageRead read{.page = &at.page,
                      .engine = reading.engines.at(at.page.lang),
                      .reading = *std::move(words),
                      .texts = {}};
        const PageSource source = source_of(pages, at.index, read.engine);
        for (const std::string& name : options.formats)
          read.texts.push_back(ocr_format(name).text(read.reading, source));
        return read;
      },
      [&](std::size_t, const PageRead& read) {
        if (!options.output.empty()) write_files(options, read);
        taken.page(read);
      });
  result.pages = worked.done;
  result.left_out += worked.left_out;
  devices.tell(events);
  return result;
}

}  // namespace ocrtune::workflow
