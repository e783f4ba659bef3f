#include <fmt/format.h>

#include "ocrtune/base/text.h"
#include "ocrtune/base/version.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"

namespace ocrtune::cli {
namespace {

/// Text for troff: backslashes and leading dots and quotes are no requests.
std::string escaped(const std::string& text) {
  std::string result;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) result += "\\&";
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else {
      result += c;
    }
    line_start = c == '\n';
  }
  return result;
}

std::string option_text(const CLI::Option& option) {
  std::string names = option.get_name(option.get_positional(), true);
  for (std::size_t at = names.find(','); at != std::string::npos; at = names.find(',', at + 2))
    names.replace(at, 1, ", ");
  return fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", escaped(names), escaped(value_text(option)),
                     escaped(option.get_description()));
}

/// The footer of --help: paragraphs; lines that are indented stay as they are.
std::string footer_text(const std::string& footer) {
  std::string text;
  for (const std::string& line : split(footer, '\n')) {
    if (line == "Examples:") {
      text += ".PP\nExamples:\n";
    } else if (line.starts_with("  ")) {
      text += fmt::format(".PP\n.nf\n{}\n.fi\n", escaped(line));
    } else if (!line.empty()) {
      text += fmt::format(".PP\n{}\n", escaped(line));
    }
  }
  return text;
}

std::string man_page(const CLI::App& app) {
  std::string text = fmt::format(
      ".TH OCRTUNE 1 \"\" \"ocrtune {}\" \"User Commands\"\n.SH NAME\nocrtune \\- {}\n.SH "
      "SYNOPSIS\n"
      "\\fBocrtune\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n.SH DESCRIPTION\n{}\n{}",
      program_version(), escaped(app.get_description()), escaped(app.get_description()),
      footer_text(app.get_footer()));
  text += ".SH COMMANDS\n";
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_group().empty()) continue;
    text += fmt::format(".SS \"ocrtune {}\"\n{}\n", command->get_name(),
                        escaped(command->get_description()));
    for (const CLI::Option* option : command->get_options()) text += option_text(*option);
    text += footer_text(command->get_footer());
  }
  return text;
}

}  // namespace

void add_man(CLI::App& app, Context& context) {
  // The build writes the page with it; people have `man ocrtune`.
  CLI::App* command = app.add_subcommand("man", "Print the man page (troff)")->group("");
  command->callback([&app, &context] {
    context.command = [&app, &context] {
      context.print(man_page(app));
      return ExitStatus::done;
    };
  });
}

}  // namespace ocrtune::cli
