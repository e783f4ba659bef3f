#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "ocrtune/base/spawn.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/base/version.h"
#include "ocrtune/base/without_sigpipe.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"

namespace ocrtune::cli {
namespace {

/// Text for troff: escapes backslashes, and dots and quotes at the beginning of lines.
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

/// The footer of --help: paragraphs; indented lines are unchanged.
std::string footer_text(const std::string& footer) {
  std::string text;
  for (const std::string& line : split(footer, '\n')) {
    if (line == tr("Examples:")) {
      text += fmt::format(".PP\n{}\n", line);
    } else if (line.starts_with("  ")) {
      text += fmt::format(".PP\n.nf\n{}\n.fi\n", escaped(line));
    } else if (!line.empty()) {
      text += fmt::format(".PP\n{}\n", escaped(line));
    }
  }
  return text;
}

std::string exit_status_section() {
  std::string text = ".SH EXIT STATUS\n";
  for (const auto& [status, meaning] : all_exit_statuses())
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", static_cast<int>(status),
                        escaped(translated(meaning)));
  return text;
}

/// The footer without its last paragraph, the exit statuses, which have a section of their own.
std::string examples_of(const CLI::App& app) {
  const std::string footer = app.get_footer();
  return footer.substr(0, footer.rfind(exit_status_text()));
}

std::string man_page(const CLI::App& app) {
  std::string text = fmt::format(
      ".TH OCRTUNE 1 \"\" \"ocrtune {}\" \"User Commands\"\n.SH NAME\nocrtune \\- {}\n.SH "
      "SYNOPSIS\n"
      "\\fBocrtune\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n.SH DESCRIPTION\n{}\n{}",
      program_version(), escaped(app.get_description()), escaped(app.get_description()),
      footer_text(examples_of(app)));
  text += ".SH COMMANDS\n";
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_group().empty()) continue;
    text += fmt::format(".SS \"ocrtune {}\"\n{}\n", command->get_name(),
                        escaped(command->get_description()));
    for (const CLI::Option* option : command->get_options()) text += option_text(*option);
    text += footer_text(command->get_footer());
  }
  return text + exit_status_section();
}

/// Lets man(1) format a page and show it with the user's pager. False if it is not installed.
bool show_by_man(const std::string& page) {
  if (find_program("man", ".").empty()) return false;
  std::FILE* man = ::popen("man -l -", "w");
  if (man == nullptr) return false;
  // Who leaves the pager early does not read all of it.
  const WithoutSigpipe guard;
  std::fputs(page.c_str(), man);
  return ::pclose(man) == 0;
}

}  // namespace

void add_man(CLI::App& app, Context& context) {
  // Hidden: where a package is installed, users have `man ocrtune`.
  CLI::App* command =
      app.add_subcommand("man", tr("Show the manual page; in troff if it is not for a terminal"))
          ->group("");
  command->callback([&app, &context] {
    context.command = [&app, &context] {
      const std::string page = man_page(app);
      if (::isatty(STDOUT_FILENO) == 0 || !show_by_man(page)) context.print(page);
      return ExitStatus::success;
    };
  });
}

}  // namespace ocrtune::cli
