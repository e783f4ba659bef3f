#include "ocrtune/ocr/lstm/model_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::lstm {
namespace {

constexpr std::size_t kMaxVariables = 1000;
constexpr std::size_t kMaxLineBytes = 4095;
constexpr std::string_view kBlanks = " \t";

/// Variables that, if set, change the results of the network, its decoder or the acceptance of
/// words.
constexpr std::array<std::string_view, 14> kUnsupported = {
    "invert_threshold",        "lstm_choice_iterations", "lstm_choice_mode",
    "lstm_rating_coefficient", "lstm_use_matrix",        "tessedit_char_unblacklist",
    "tessedit_char_whitelist", "tessedit_do_invert",     "tessedit_load_sublangs",
    "thresholding_method",     "user_patterns_file",     "user_patterns_suffix",
    "user_words_file",         "user_words_suffix"};

std::string_view without_line_end(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

ModelConfig parse_config(tessdata::ByteReader& bytes) {
  ModelConfig config;
  while (bytes.left() > 0) {
    const std::string_view line = without_line_end(bytes.line(kMaxLineBytes));
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t name_end = std::min(line.find_first_of(kBlanks), line.size());
    const std::size_t value = std::min(line.find_first_not_of(kBlanks, name_end), line.size());
    const std::string_view name = line.substr(0, name_end);
    if (value < line.size() && std::ranges::find(kUnsupported, name) != kUnsupported.end()) {
      bytes.fail(
          tr("it sets {} to `{}`, which is not supported", name, quotable(line.substr(value), 60)));
    }
    config.insert_or_assign(std::string(name), std::string(line.substr(value)));
    if (config.size() > kMaxVariables) bytes.fail(tr("too many variables"));
  }
  return config;
}

std::string_view blacklist_of(const ModelConfig& config) {
  const auto found = config.find("tessedit_char_blacklist");
  return found == config.end() ? std::string_view() : found->second;
}

bool is_set(const ModelConfig& config, std::string_view variable) {
  const auto found = config.find(variable);
  return found != config.end() && !found->second.empty() &&
         std::string_view("TtYy1").find(found->second.front()) != std::string_view::npos;
}

}  // namespace ocrtune::lstm
