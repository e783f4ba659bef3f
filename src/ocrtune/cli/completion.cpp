#include <fmt/format.h>

#include <map>
#include <set>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
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

/// The allowed values of each option that has a few; CLI11 gives them as "{a,b}".
std::map<std::string, std::set<std::string>> choices(const CLI::App& app) {
  std::map<std::string, std::set<std::string>> found;
  for (const CLI::App* command : commands_of(app)) {
    for (const CLI::Option* option : command->get_options()) {
      const std::string type = option->get_type_name();
      const std::size_t open = type.find('{');
      const std::size_t close = type.find('}', open);
      if (open == std::string::npos || close == std::string::npos) continue;
      const std::vector<std::string> words = split(type.substr(open + 1, close - open - 1), ',');
      for (const std::string& name : option->get_lnames())
        found["--" + name].insert(words.begin(), words.end());
    }
  }
  return found;
}

std::string stage_names() {
  std::vector<std::string> names;
  for (const Stage& stage : all_stages()) names.push_back(stage.name);
  names.emplace_back("ocr");
  return joined(names, " ");
}

std::string bash_script(const CLI::App& app) {
  std::string cases;
  std::string words;
  for (const auto& [option, allowed] : choices(app)) {
    words += fmt::format("    {}) COMPREPLY=($(compgen -W \"{}\" -- \"$current\")); return ;;\n",
                         option, joined({allowed.begin(), allowed.end()}, " "));
  }
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
{choices}    presets) COMPREPLY=($(compgen -W "{presets}" -- "$current")); return ;;
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
                     fmt::arg("stages", stage_names()), fmt::arg("cases", cases),
                     fmt::arg("choices", words));
}

std::string zsh_script(const CLI::App& app) {
  return "#compdef ocrtune\n# zsh completion for ocrtune; made by `ocrtune completion zsh`\n"
         "autoload -U +X bashcompinit && bashcompinit\n" +
         bash_script(app);
}

}  // namespace

void add_completion(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "completion", tr("Print the completion script for a shell"),
                  "  source <(ocrtune completion bash)");
  auto shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, tr("bash or zsh"))
      ->required()
      ->check(CLI::IsMember({"bash", "zsh"}));
  command->callback([shell, &app, &context] {
    context.command = [shell, &app, &context] {
      context.print(*shell == "bash" ? bash_script(app) : zsh_script(app));
      return ExitStatus::success;
    };
  });
}

}  // namespace ocrtune::cli
