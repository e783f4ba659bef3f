#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/cli/device_arguments.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/options.h"
#include "ocrtune/cli/page_output.h"
#include "ocrtune/evaluator/page_loop.h"
#include "ocrtune/evaluator/page_places.h"
#include "ocrtune/evaluator/stage_run.h"
#include "ocrtune/image/encode.h"

namespace ocrtune::cli {
namespace {

struct Clean {
  CorpusArguments corpus;
  PipelineArguments pipeline;
  WorkArguments work;
  DeviceArguments device;
  std::string output;
  std::string format = "png";
};

ExitStatus clean(Clean& options, Context& context) {
  const Pipeline pipeline = options.pipeline.load("standard").at({});
  const OutputFormat format = options.format == "tiff" ? OutputFormat::tiff : OutputFormat::png;
  const bool in_colour = pipeline.wants_colour();
  const Corpus pages = options.corpus.load(context, options.work.plan(), "", in_colour);
  refuse_collisions(options.output, pages.pages(), extension_of(format));
  std::vector<std::vector<std::byte>> encoded(pages.pages().size());
  const MemoryPlan& plan = options.work.plan();
  PagePlaces places(0, 1, options.device.opened(context, pages, pipeline, plan));
  MemoryGate gate(plan.tasks);
  const auto work = [&](std::size_t i, RecognizerPool&) {
    const MemoryGate::Room room(gate, task_bytes(pages.pages()[i], in_colour));
    const PagePlace place = places.of(i);
    StageRun run(
        pipeline, page_content(pages.pages()[i]), [&] { return pages.image(i, in_colour); },
        place.stages, {}, place.device);
    encoded[i] = encode(run.image(), format);
    return true;
  };
  nlohmann::json json = nlohmann::json::array();
  const auto emit = [&](std::size_t i) {
    const auto path = output_path(options.output, pages.pages()[i], extension_of(format));
    make_folder(path.parent_path());
    write_atomically(path, encoded[i]);
    encoded[i] = {};
    json.push_back({{"page", pages.pages()[i].name}, {"file", path.string()}});
    context.talk.progress(fmt::format("{}/{} pages", json.size(), pages.pages().size()));
  };
  for_each_page(pages.pages().size(), plan.workers, {}, work, emit, context.stop);
  options.device.tell(context);
  if (context.json) context.print(json_text(json));
  context.talk.say(fmt::format("{} pages cleaned into {}", json.size(), shown(options.output)));
  return context.stop ? ExitStatus::interrupted : options.corpus.status();
}

}  // namespace

void add_clean(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "clean", "Write the preprocessed images, gray and lossless, resolution kept",
      "  ocrtune clean scans/ --pipeline best.toml -o cleaned/\n"
      "  ocrtune clean page.png --set denoise_h=12 -o . --format tiff");
  auto options = std::make_shared<Clean>();
  options->corpus.add_to(*command);
  options->pipeline.add_to(*command, "standard", false);
  command->add_option("-o,--output", options->output, "Folder for one image per page")
      ->required()
      ->group("Output");
  command->add_option("--format", options->format, "png or tiff")
      ->capture_default_str()
      ->check(CLI::IsMember({"png", "tiff"}))
      ->group("Output");
  options->work.add_to(*command);
  options->device.add_to(*command, false);
  command->callback([options, &context] {
    context.command = [options, &context] { return clean(*options, context); };
  });
}

}  // namespace ocrtune::cli
