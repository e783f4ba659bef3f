#include "fuzz/coverage/seeds.h"

#include <fmt/format.h>

#include <cctype>
#include <fstream>
#include <set>

#include "ocrtune/base/text.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune::fuzz {
namespace {

constexpr std::size_t kShortest = 2;
constexpr std::size_t kLongest = 40;

bool is_of_word(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 ||
         std::string_view("_-:.").find(letter) != std::string_view::npos;
}

void add_words(std::string_view text, std::set<std::string>& words) {
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && is_of_word(text[end])) ++end;
    if (end - begin >= kShortest && end - begin <= kLongest)
      words.emplace(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

std::string dictionary_of(const Target& target) {
  std::set<std::string> words;
  bool of_text = true;
  for (const std::string& seed : target.seeds()) {
    add_words(seed, words);
    of_text &= is_utf8(seed);
  }
  if (of_text) {
    for (const Stage& stage : all_stages()) {
      words.emplace(stage.name);
      for (const Parameter& parameter : stage.parameters) {
        words.emplace(parameter.name);
        words.insert(parameter.choices.begin(), parameter.choices.end());
      }
    }
  }
  std::string lines;
  for (const std::string& word : words) lines += fmt::format("\"{}\"\n", word);
  return lines;
}

void write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace

void write_seeds(const Target& target, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder / "seeds");
  std::size_t number = 0;
  for (const std::string& seed : target.seeds())
    write(folder / "seeds" / std::to_string(number++), seed);
  write(folder / "words", dictionary_of(target));
}

}  // namespace ocrtune::fuzz
