#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "ocrtune/base/embedded_file.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"

namespace ocrtune {

/// The scripts of cli/scripts, completion.SHELL.
const std::vector<EmbeddedFile>& completion_scripts();

}  // namespace ocrtune

namespace ocrtune::cli {
namespace {

std::string shell_of(const EmbeddedFile& script) {
  return std::string(script.path.substr(script.path.rfind('.') + 1));
}

std::vector<std::string> shells() {
  std::vector<std::string> names;
  std::ranges::transform(completion_scripts(), std::back_inserter(names), shell_of);
  return names;
}

}  // namespace

void add_completion(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "completion", tr("Print the completion script for a shell"),
                  "  source <(ocrtune completion bash)\n  ocrtune completion zsh > _ocrtune\n"
                  "  ocrtune completion fish > ocrtune.fish");
  auto shell = std::make_shared<std::string>();
  with_choices(context, command->add_option("SHELL", *shell, tr("bash, fish or zsh")), shells())
      ->required();
  command->callback([shell, &context] {
    context.command = [shell, &context] {
      const auto script = std::ranges::find(completion_scripts(), *shell, shell_of);
      if (context.json) {
        context.print(json_text({{"shell", *shell}, {"script", script->bytes}}));
      } else {
        context.print(script->bytes);
      }
      return ExitStatus::success;
    };
  });
}

}  // namespace ocrtune::cli
