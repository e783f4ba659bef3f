#include "ocrtune/workflow/clean.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/workflow/result_json.h"

namespace ocrtune::cli {
namespace {

ExitStatus clean(const workflow::CleanOptions& options, Context& context) {
  const workflow::Cleaned cleaned = workflow::clean(options, events_of(context));
  if (context.json) context.print(json_text(workflow::result_json(cleaned)));
  context.talk.say(tr("{} pages written to {}", cleaned.pages.size(), shown(options.output)));
  return context.stop ? ExitStatus::interrupted : status_of(context, cleaned.left_out);
}

}  // namespace

void add_clean(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "clean",
      tr("Write the preprocessed images, gray and lossless, at the resolution of the original"),
      "  ocrtune clean scans/ --pipeline pipeline.toml -o cleaned/\n"
      "  ocrtune clean page.png --pipeline standard --set denoise_h=12 -o . --format tiff");
  add_workflow<workflow::CleanOptions>(*command, context, clean);
}

}  // namespace ocrtune::cli
