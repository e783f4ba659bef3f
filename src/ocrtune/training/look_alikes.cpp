#include "ocrtune/training/look_alikes.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <vector>

#include "ocrtune/base/edit_alignment.h"
#include "ocrtune/base/text.h"

namespace ocrtune::training {
namespace {

std::vector<std::uint32_t> numbers_of(const std::u32string& text) {
  return {text.begin(), text.end()};
}

}  // namespace

std::map<std::string, std::string> look_alikes(const TrainingSet& set, ModelInTraining& model,
                                               const std::set<std::string>& missing) {
  std::map<std::string, std::string> alike;
  std::map<char32_t, std::map<char32_t, std::size_t>> partners;
  for (const std::string& character : missing) {
    alike[character] = "";
    const std::u32string code = code_points(character);
    if (code.size() == 1) partners[code.front()];
  }
  std::vector<std::size_t> pictures;
  for (std::size_t line = 0; line < set.lines(); ++line) {
    const std::u32string text = code_points(set.text(line));
    if (std::ranges::any_of(text, [&](char32_t c) { return partners.contains(c); }))
      pictures.push_back(set.picture(line, 0));
  }
  const std::atomic<bool> goes_on{false};
  const std::vector<std::string> texts = model.recognize(pictures, goes_on);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::u32string read = code_points(texts[i]);
    const std::u32string truth = code_points((*set.pictures)[pictures[i]].text);
    std::size_t at_read = 0;
    std::size_t at_truth = 0;
    for (const Edit edit : edit_alignment(numbers_of(read), numbers_of(truth))) {
      if (edit == Edit::substituted) {
        const auto found = partners.find(truth[at_truth]);
        if (found != partners.end()) ++found->second[read[at_read]];
      }
      at_read += edit != Edit::missing ? 1 : 0;
      at_truth += edit != Edit::added ? 1 : 0;
    }
  }
  for (const auto& [character, counts] : partners) {
    const auto most =
        std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; });
    if (most != counts.end() && most->first != U' ')
      alike[utf8({&character, 1})] = utf8({&most->first, 1});
  }
  return alike;
}

}  // namespace ocrtune::training
