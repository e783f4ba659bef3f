#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/cli/options.h"
#include "ocrtune/cli/page_output.h"
#include "ocrtune/evaluator/page_loop.h"
#include "ocrtune/ocr/reading.h"

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

std::string formatted(const Reading& reading, const std::string& format, int page_number) {
  return format == "tsv" ? tsv_text(reading, page_number) : plain_text(reading);
}

nlohmann::json as_json(const Page& page, const Reading& reading) {
  nlohmann::json words = nlohmann::json::array();
  for (const Word& word : reading.words) {
    words.push_back({{"text", word.text},
                     {"confidence", word.confidence},
                     {"box", {word.left, word.top, word.right, word.bottom}}});
  }
  return {{"page", page.name},
          {"confidence", mean_confidence(reading)},
          {"text", plain_text(reading)},
          {"words", words}};
}

ExitStatus read(Read& options, Context& context) {
  const Pipeline pipeline = options.pipeline.load("raw").at({});
  if (options.output.empty() && options.formats.size() > 1) {
    throw Error(ExitStatus::wrong_use,
                "--format: one format on standard output; give -o DIR for several");
  }
  const Corpus pages = options.corpus.load(context, options.work.plan(), options.reading.tessdata);
  for (const std::string& format : options.formats) {
    if (!options.output.empty())
      refuse_collisions(options.output, pages.pages(), format == "tsv" ? ".tsv" : ".txt");
  }
  std::vector<Reading> readings(pages.pages().size());
  nlohmann::json json = nlohmann::json::array();
  MemoryGate gate(options.work.plan().tasks);
  const auto work = [&](std::size_t i, RecognizerPool& recognizers) {
    const MemoryGate::Room room(gate, task_bytes(pages.pages()[i]));
    auto reading =
        recognizers.get(pages.pages()[i].lang).read(pipeline.run(pages.image(i)), context.stop);
    if (reading) readings[i] = std::move(*reading);
    return reading.has_value();
  };
  std::size_t done = 0;
  const auto emit = [&](std::size_t i) {
    const Page& page = pages.pages()[i];
    const Reading reading = std::move(readings[i]);
    for (const std::string& format : options.formats) {
      const std::string text = formatted(reading, format, static_cast<int>(i) + 1);
      if (!options.output.empty()) {
        const auto path = output_path(options.output, page, format == "tsv" ? ".tsv" : ".txt");
        make_folder(path.parent_path());
        write_atomically(path, text);
      } else if (!context.json) {
        // Pages are separated by a form feed, as Tesseract does.
        context.print(text + (format == "text" && pages.pages().size() > 1 ? "\f" : ""));
      }
    }
    if (context.json) json.push_back(as_json(page, reading));
    context.talk.progress(fmt::format("{}/{} pages", ++done, pages.pages().size()));
  };
  for_each_page(pages.pages().size(), options.work.plan().workers, options.reading.options(), work,
                emit, context.stop);
  if (context.json) context.print(json_text(json));
  if (!options.output.empty())
    context.talk.say(fmt::format("{} pages read into {}", done, shown(options.output)));
  return context.stop ? ExitStatus::interrupted : options.corpus.status();
}

}  // namespace

void add_read(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "read", "Read pages with Tesseract, as they are or through a pipeline",
      "  ocrtune read page.png\n"
      "  ocrtune read scans/ --pipeline best.toml -o texts/ --format text,tsv\n"
      "  ocrtune read scans/ --lang deu+eng --json > words.json");
  auto options = std::make_shared<Read>();
  options->corpus.add_to(*command);
  options->pipeline.add_to(*command, "raw", false);
  command->add_option("-o,--output", options->output, "Folder for one file per page and format")
      ->group("Output");
  command->add_option("--format", options->formats, "text, tsv or both, joined by a comma [text]")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"text", "tsv"}))
      ->group("Output");
  options->reading.add_to(*command);
  options->work.add_to(*command);
  command->callback([options, &context] {
    context.command = [options, &context] { return read(*options, context); };
  });
}

}  // namespace ocrtune::cli
