#include <fmt/format.h>

#include "ocrtune/base/text.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune::cli {
namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  std::vector<const CLI::App*> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!command->get_group().empty()) commands.push_back(command);
  }
  return commands;
}

std::string long_options(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return joined(names, " ");
}

std::string command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : commands_of(app)) names.push_back(command->get_name());
  return joined(names, " ");
}

std::string preset_names() {
  std::vector<std::string> names;
  for (const Preset& preset : all_presets()) names.emplace_back(preset.name);
  return joined(names, " ");
}

std::string stage_names() {
  std::vector<std::string> names;
  for (const Stage& stage : all_stages()) names.push_back(stage.name);
  return joined(names, " ");
}

std::string bash_script(const CLI::App& app) {
  std::string cases;
  for (const CLI::App* command : commands_of(app)) {
    cases += fmt::format("    {}) words=\"{}\" ;;\n", command->get_name(), long_options(*command));
  }
  return fmt::format(R"(# bash completion for ocrtune; made by `ocrtune completion bash`
_ocrtune() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{commands} --help --version" -- "$current"))
    return
  fi
  case $previous in
    --pipeline) COMPREPLY=($(compgen -W "{presets}" -- "$current") $(compgen -f -- "$current")); return ;;
    --objective) COMPREPLY=($(compgen -W "confidence cer wer" -- "$current")); return ;;
    --reader) COMPREPLY=($(compgen -W "auto lstm tesseract" -- "$current")); return ;;
    --by) COMPREPLY=($(compgen -W "confidence cer wer bow" -- "$current")); return ;;
    --ignore) COMPREPLY=($(compgen -W "case space punctuation" -- "$current")); return ;;
    --unicode) COMPREPLY=($(compgen -W "nfc nfkc" -- "$current")); return ;;
    presets) COMPREPLY=($(compgen -W "{presets}" -- "$current")); return ;;
    stages) COMPREPLY=($(compgen -W "{stages}" -- "$current")); return ;;
    completion) COMPREPLY=($(compgen -W "bash zsh" -- "$current")); return ;;
  esac
  case ${{COMP_WORDS[1]}} in
{cases}  esac
  case $current in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}}
complete -o filenames -F _ocrtune ocrtune
)",
                     fmt::arg("commands", command_names(app)), fmt::arg("presets", preset_names()),
                     fmt::arg("stages", stage_names()), fmt::arg("cases", cases));
}

std::string zsh_script(const CLI::App& app) {
  return "#compdef ocrtune\n# zsh completion for ocrtune; made by `ocrtune completion zsh`\n"
         "autoload -U +X bashcompinit && bashcompinit\n" +
         bash_script(app);
}

}  // namespace

void add_completion(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "completion", "Print the completion script for a shell",
                  "  source <(ocrtune completion bash)");
  auto shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, "bash or zsh")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh"}));
  command->callback([shell, &app, &context] {
    context.command = [shell, &app, &context] {
      context.print(*shell == "bash" ? bash_script(app) : zsh_script(app));
      return ExitStatus::done;
    };
  });
}

}  // namespace ocrtune::cli
