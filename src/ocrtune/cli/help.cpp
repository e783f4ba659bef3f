#include "ocrtune/cli/help.h"

namespace ocrtune::cli {

std::string value_text(const CLI::Option& option) {
  if (option.get_type_size() == 0) return "";
  // CLI11 appends the validators to the type: "INT:0 to 20".
  const std::string type = option.get_type_name();
  const std::size_t colon = type.find(':');
  std::string text = option.get_positional() ? "" : " " + type.substr(0, colon);
  if (colon != std::string::npos) text += fmt::format(" ({})", type.substr(colon + 1));
  if (!option.get_default_str().empty()) text += fmt::format(" [{}]", option.get_default_str());
  return text;
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  return value_text(*option);
}

}  // namespace ocrtune::cli
