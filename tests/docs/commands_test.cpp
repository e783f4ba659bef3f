// Commands in the pages against the command line.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <set>
#include <sstream>
#include <utility>

#include "documents.h"
#include "ocrtune/base/text.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"

namespace ocrtune::docs_test {
namespace {

/// One use of the command: the words after its name.
struct Use {
  std::string where;
  std::vector<std::string> words;
};

bool ends_command(const std::string& word) {
  return word.starts_with('#') || word.starts_with('>') || word.starts_with('<') || word == "|" ||
         word == "||" || word == "&&" || word == ";" || word == "}" || word == "&";
}

/// The uses in one line of a shell or in one piece of inline code.
void collect(const std::string& where, const std::string& line, std::vector<Use>& uses) {
  std::istringstream stream(line);
  bool inside = false;
  for (std::string word; stream >> word;) {
    if (word == "ocrtune" || word.ends_with("/ocrtune")) {
      uses.push_back({where, {}});
      inside = true;
    } else if (ends_command(word)) {
      inside = false;
    } else if (inside) {
      uses.back().words.push_back(word);
    }
  }
}

std::vector<Use> all_uses() {
  std::vector<Use> uses;
  for (const Document& document : all_documents()) {
    for (const CodeBlock& block : code_blocks(document.text)) {
      if (block.language != "sh") continue;
      std::string text = block.text;
      for (std::size_t at = text.find("\\\n"); at != std::string::npos; at = text.find("\\\n"))
        text[at] = text[at + 1] = ' ';
      for (const std::string& line : split(text, '\n')) collect(document.name, line, uses);
    }
    for (const std::string& code : inline_code(document.text)) {
      if (code.starts_with("ocrtune ")) collect(document.name, code, uses);
    }
  }
  return uses;
}

std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

/// Words in capitals stand for something: "ocrtune COMMAND --help".
bool is_placeholder(const std::string& word) {
  return std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
}

class DocsCommands : public testing::Test {
 protected:
  const CLI::App* command_of(const Use& use) {
    if (use.words.empty() || use.words.front().starts_with('-')) return app_.get();
    try {
      return app_->get_subcommand(use.words.front());
    } catch (const CLI::OptionNotFound&) {
      return nullptr;
    }
  }

  void check(const Use& use) {
    if (!use.words.empty() && is_placeholder(use.words.front())) return;
    const CLI::App* command = command_of(use);
    ASSERT_NE(command, nullptr) << use.where << ": no command is called " << use.words.front();
    const std::vector<std::string> known = options_of(*command);
    for (const std::string& word : use.words) {
      if (word == "--") break;
      if (word == "-" || !word.starts_with('-')) continue;
      const std::string option = word.substr(0, word.find('='));
      EXPECT_NE(std::ranges::find(known, option), known.end())
          << use.where << ": ocrtune " << use.words.front() << " has no " << option;
    }
  }

  /// Whether completion knows what the option's value is.
  bool is_completed(const CLI::Option& option) const {
    const auto found = context_.completers.find(&option);
    return found != context_.completers.end() &&
           (found->second.kind != workflow::Completion::choices || !found->second.choices.empty());
  }

  [[nodiscard]] std::vector<const CLI::App*> commands() const {
    return std::as_const(*app_).get_subcommands(
        [](const CLI::App* command) { return !command->get_group().empty(); });
  }

 private:
  std::atomic<bool> stop_{false};
  cli::Context context_{.talk = {}, .stop = stop_, .command = {}};
  std::unique_ptr<CLI::App> app_ = cli::make_app(context_);
};

TEST_F(DocsCommands, CommandsAndOptionsInPagesExist) {
  const std::vector<Use> uses = all_uses();
  EXPECT_GT(uses.size(), 30U);
  for (const Use& use : uses) check(use);
}

TEST_F(DocsCommands, CodeBlocksSayTheirLanguage) {
  for (const Document& document : all_documents()) {
    for (const CodeBlock& block : code_blocks(document.text)) {
      const bool unmarked = block.language.empty() && block.text.starts_with("ocrtune ");
      EXPECT_FALSE(unmarked) << document.name << ":\n" << block.text;
    }
  }
}

// Values that are neither files nor in a table.
TEST_F(DocsCommands, CompletionKnowsEveryTextButThese) {
  const std::set<std::string> free{"account", "budget", "partition", "qos", "time", "wait"};
  for (const CLI::App* command : commands()) {
    for (const CLI::Option* option : command->get_options()) {
      if (!cli::value_text(*option).starts_with(" TEXT") && !option->get_positional()) continue;
      const std::string name =
          option->get_positional() ? option->get_name() : option->get_lnames().front();
      EXPECT_NE(is_completed(*option), free.contains(name)) << command->get_name() << " " << name;
    }
  }
}

}  // namespace
}  // namespace ocrtune::docs_test
