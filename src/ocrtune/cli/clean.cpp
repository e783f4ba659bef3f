#include "ocrtune/workflow/clean.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"

namespace ocrtune::cli {
namespace {

ExitStatus clean(const workflow::CleanOptions& options, Context& context) {
  const workflow::Cleaned cleaned = workflow::clean(options, events_of(context));
  if (context.json) {
    nlohmann::json json = nlohmann::json::array();
    for (const auto& [page, file] : cleaned.pages)
      json.push_back({{"page", page}, {"file", file.string()}});
    context.print(json_text(json));
  }
  context.talk.say(tr("{} pages written to {}", cleaned.pages.size(), shown(options.output)));
  return context.stop ? ExitStatus::interrupted : status_of(cleaned.left_out);
}

}  // namespace

void add_clean(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "clean",
      tr("Write the preprocessed images, gray and lossless, at the resolution of the original"),
      "  ocrtune clean scans/ --pipeline best.toml -o cleaned/\n"
      "  ocrtune clean page.png --set denoise_h=12 -o . --format tiff");
  add_workflow<workflow::CleanOptions>(*command, context, clean);
}

}  // namespace ocrtune::cli
