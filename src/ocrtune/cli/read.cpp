#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/cli/device_arguments.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/options.h"
#include "ocrtune/cli/page_output.h"
#include "ocrtune/cli/read_formats.h"
#include "ocrtune/evaluator/page_loop.h"
#include "ocrtune/evaluator/page_places.h"
#include "ocrtune/evaluator/stage_run.h"
#include "ocrtune/ocr/place_words.h"
#include "ocrtune/ocr/reader.h"

namespace ocrtune::cli {
namespace {

struct Read {
  CorpusArguments corpus;
  ReadingArguments reading;
  PipelineArguments pipeline;
  WorkArguments work;
  DeviceArguments device;
  std::string output;
  std::vector<std::string> formats{"text"};
};

nlohmann::json page_json(const Page& page, const Reading& reading, Reader reader) {
  nlohmann::json words = nlohmann::json::array();
  for (const Word& word : reading.words) {
    words.push_back({{"text", word.text},
                     {"confidence", word.confidence},
                     {"box", {word.left, word.top, word.right, word.bottom}}});
  }
  return {{"page", page.name},
          {"reader", reader_name(reader)},
          {"confidence", mean_confidence(reading)},
          {"text", plain_text(reading)},
          {"words", words}};
}

/// A page that was read, and what is to be written of it.
struct Finished {
  Reading reading;
  std::vector<std::string> files;  ///< one for each format
};

/// Standard output takes one format, one page of those that are documents, and, where people read
/// it, text.
void require_room_for(const Read& options, const Context& context, const Corpus& pages) {
  for (const std::string& name : options.formats) {
    const ReadFormat& format = read_format(name);
    if (!options.output.empty()) {
      refuse_collisions(options.output, pages.pages(), format.extension);
      continue;
    }
    if (context.json) continue;
    if (format.binary && ::isatty(STDOUT_FILENO) == 1) {
      throw Error(ExitStatus::wrong_use,
                  fmt::format("--format {}: not for a terminal; give -o DIR, or > PAGE{}",
                              format.name, format.extension));
    }
    if (format.document && pages.pages().size() > 1) {
      throw Error(ExitStatus::wrong_use,
                  fmt::format("--format {}: one page on standard output; give -o DIR for several",
                              format.name));
    }
  }
}

ExitStatus read(Read& options, Context& context) {
  const Pipeline pipeline = options.pipeline.load("raw").at({});
  if (options.output.empty() && options.formats.size() > 1) {
    throw Error(ExitStatus::wrong_use,
                "--format: one format on standard output; give -o DIR for several");
  }
  const bool in_colour = pipeline.wants_colour();
  const Corpus pages =
      options.corpus.load(context, options.work.plan(), options.reading.tessdata, in_colour);
  require_room_for(options, context, pages);
  ReadingOptions reading_options = options.reading.settled(context, pages);
  reading_options.device = options.device.opened_for_reading(context, reading_options);
  const MemoryPlan& plan = options.work.plan();
  PagePlaces places(0, 1, options.device.opened(context, pages, pipeline, plan));
  std::vector<Finished> results(pages.pages().size());
  nlohmann::json json = nlohmann::json::array();
  MemoryGate gate(plan.tasks);
  const auto work = [&](std::size_t i, RecognizerPool& recognizers) {
    MemoryGate::Room room(gate, task_bytes(pages.pages()[i], in_colour));
    Image page = pages.image(i, in_colour);
    const PagePlace place = places.of(i);
    StageRun run(
        pipeline, page_content(pages.pages()[i]), [&] { return page; }, place.stages, {},
        place.device);
    const Image& image = run.image();
    room.grow_to(reading_bytes(image.gray.size()));
    auto reading = recognizers.get(pages.pages()[i].lang, image.told).read(image, context.stop);
    if (!reading) return false;
    place_words(*reading, image, page.gray.size());
    if (!context.json || !options.output.empty()) {
      const Reader reader = reading_options.readers.at(pages.pages()[i].lang);
      const PageSource source = source_of(pages, i, reader);
      for (const std::string& name : options.formats)
        results[i].files.push_back(read_format(name).text(*reading, source));
    }
    results[i].reading = std::move(*reading);
    return true;
  };
  std::size_t done = 0;
  const auto emit = [&](std::size_t i) {
    const Page& page = pages.pages()[i];
    const Finished finished = std::move(results[i]);
    for (std::size_t f = 0; f < finished.files.size(); ++f) {
      const ReadFormat& format = read_format(options.formats[f]);
      if (!options.output.empty()) {
        const auto path = output_path(options.output, page, format.extension);
        make_folder(path.parent_path());
        write_atomically(path, finished.files[f]);
      } else {
        // Pages are separated by a form feed, as Tesseract does.
        context.print(finished.files[f] +
                      (format.name == "text" && pages.pages().size() > 1 ? "\f" : ""));
      }
    }
    if (context.json)
      json.push_back(page_json(page, finished.reading, reading_options.readers.at(page.lang)));
    context.talk.progress(fmt::format("{}/{} pages", ++done, pages.pages().size()));
  };
  for_each_page(pages.pages().size(), plan.workers, reading_options, work, emit, context.stop);
  options.device.tell(context);
  if (context.json) context.print(json_text(json));
  if (!options.output.empty())
    context.talk.say(fmt::format("{} pages read into {}", done, shown(options.output)));
  return context.stop ? ExitStatus::interrupted : options.corpus.status();
}

}  // namespace

void add_read(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "read", "Read pages with Tesseract's models, as they are or through a pipeline",
      "  ocrtune read page.png\n"
      "  ocrtune read scans/ --pipeline best.toml -o texts/ --format text,alto,pdf\n"
      "  ocrtune read scans/ --lang deu+eng --json > words.json");
  auto options = std::make_shared<Read>();
  options->corpus.add_to(*command);
  options->pipeline.add_to(*command, "raw", false);
  command->add_option("-o,--output", options->output, "Folder for one file per page and format")
      ->group("Output");
  add_format_option(*command, options->formats);
  options->reading.add_to(*command);
  options->work.add_to(*command);
  options->device.add_to(*command);
  command->callback([options, &context] {
    context.command = [options, &context] { return read(*options, context); };
  });
}

}  // namespace ocrtune::cli
