#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/cli/options.h"
#include "ocrtune/cli/page_output.h"
#include "ocrtune/cli/read_formats.h"
#include "ocrtune/evaluator/page_loop.h"
#include "ocrtune/ocr/place_words.h"
#include "ocrtune/ocr/reader.h"

namespace ocrtune::cli {
namespace {

struct Read {
  CorpusArguments corpus;
  ReadingArguments reading;
  PipelineArguments pipeline;
  WorkArguments work;
  std::string output;
  std::vector<std::string> formats{"text"};
};

nlohmann::json as_json(const Page& page, const Reading& reading, Reader reader) {
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

/// Standard output takes one format, and one page of those that are documents.
void require_room_for(const Read& options, const Context& context, const Corpus& pages) {
  for (const std::string& name : options.formats) {
    const ReadFormat& format = read_format(name);
    if (!options.output.empty()) {
      refuse_collisions(options.output, pages.pages(), format.extension);
    } else if (format.document && pages.pages().size() > 1 && !context.json) {
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
  const ReadingOptions reading_options = options.reading.settled(context, pages);
  std::vector<Reading> readings(pages.pages().size());
  nlohmann::json json = nlohmann::json::array();
  MemoryGate gate(options.work.plan().tasks);
  const auto work = [&](std::size_t i, RecognizerPool& recognizers) {
    const MemoryGate::Room room(gate, task_bytes(pages.pages()[i], in_colour));
    const Image page = pages.image(i, in_colour);
    const Image image = pipeline.run(page);
    auto reading = recognizers.get(pages.pages()[i].lang, image.psm).read(image, context.stop);
    if (!reading) return false;
    place_words(*reading, image.to_page, page.gray.size());
    readings[i] = std::move(*reading);
    return true;
  };
  std::size_t done = 0;
  const auto emit = [&](std::size_t i) {
    const Page& page = pages.pages()[i];
    const Reading reading = std::move(readings[i]);
    const Reader reader = reading_options.readers.at(page.lang);
    const PageSource source = source_of(page, i, reader);
    for (const std::string& name : options.formats) {
      const ReadFormat& format = read_format(name);
      const std::string text = format.text(reading, source);
      if (!options.output.empty()) {
        const auto path = output_path(options.output, page, format.extension);
        make_folder(path.parent_path());
        write_atomically(path, text);
      } else if (!context.json) {
        // Pages are separated by a form feed, as Tesseract does.
        context.print(text + (name == "text" && pages.pages().size() > 1 ? "\f" : ""));
      }
    }
    if (context.json) json.push_back(as_json(page, reading, reader));
    context.talk.progress(fmt::format("{}/{} pages", ++done, pages.pages().size()));
  };
  for_each_page(pages.pages().size(), options.work.plan().workers, reading_options, work, emit,
                context.stop);
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
      "  ocrtune read scans/ --pipeline best.toml -o texts/ --format text,alto\n"
      "  ocrtune read scans/ --lang deu+eng --json > words.json");
  auto options = std::make_shared<Read>();
  options->corpus.add_to(*command);
  options->pipeline.add_to(*command, "raw", false);
  command->add_option("-o,--output", options->output, "Folder for one file per page and format")
      ->group("Output");
  add_format_option(*command, options->formats);
  options->reading.add_to(*command);
  options->work.add_to(*command);
  command->callback([options, &context] {
    context.command = [options, &context] { return read(*options, context); };
  });
}

}  // namespace ocrtune::cli
