#include "ocrtune/analysis/truth_doubts.h"

#include <fmt/format.h>

#include <array>
#include <map>

#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

/// With fewer words, a page has too little evidence.
constexpr std::size_t kFewWords = 5;
constexpr std::size_t kFewCharacters = 20;
constexpr double kHardly = 0.1;
constexpr double kFar = 2;
constexpr std::size_t kMaxNamed = 5;

std::string length_doubt(const EditCounts& characters) {
  const std::size_t truth = characters.truth();
  const std::size_t read = characters.read();
  if (std::max(truth, read) < std::min(truth, read) + kFewCharacters) return "";
  const double times =
      static_cast<double>(truth) / static_cast<double>(std::max<std::size_t>(read, 1));
  if (times > kFar) {
    return tr("has {} characters, the OCR result only {}", truth, read);
  }
  if (times < 1 / kFar) return tr("has only {} characters, the OCR result {}", truth, read);
  return "";
}

std::string character_doubt(std::string_view truth) {
  std::map<char32_t, std::size_t> unusual;
  for (const char32_t c : code_points(truth)) {
    const bool space = c == U'\n' || c == U'\r' || c == U'\t' || c == U'\f';
    if (!space && is_unusual(c)) ++unusual[c];
  }
  if (unusual.empty()) return "";
  std::vector<std::string> names;
  for (const auto& [character, count] : unusual) {
    if (names.size() == kMaxNamed) break;
    names.push_back(fmt::format("U+{:04X} ({})", static_cast<std::uint32_t>(character),
                                count == 1 ? tr("once") : tr("{} times", count)));
  }
  const std::size_t more = unusual.size() - names.size();
  return tr("has unusual characters: {}{}", joined(names),
            more > 0 ? tr(" and {} more", more) : "");
}

std::string markup_doubt(std::string_view truth) {
  for (const std::string_view mark :
       std::array<std::string_view, 7>{"&amp;", "&lt;", "&gt;", "&quot;", "&#", "</", "/>"}) {
    if (truth.find(mark) != std::string_view::npos) return tr("has markup: `{}`", mark);
  }
  return "";
}

}  // namespace

bool shares_few_words(const WordBag& bag) {
  return bag.truth >= kFewWords && bag.read >= kFewWords && bag.found() < kHardly;
}

std::vector<std::string> truth_doubts(std::string_view truth, const TextComparison& found) {
  std::vector<std::string> doubts;
  const auto add = [&](std::string doubt) {
    if (!doubt.empty()) doubts.push_back(std::move(doubt));
  };
  if (found.characters.truth() == 0 && found.characters.read() > 0) {
    add(tr("is empty, but the OCR result has {}", counted(found.characters.read(), "character")));
  } else {
    add(length_doubt(found.characters));
  }
  if (shares_few_words(found.bag)) {
    add(tr("shares {} of its {} words with the OCR result", found.bag.truth - found.bag.missing,
           found.bag.truth));
  }
  add(character_doubt(truth));
  add(markup_doubt(truth));
  return doubts;
}

std::size_t likelier_truth(const PreparedText& read, const std::vector<PreparedText>& truths,
                           std::size_t own) {
  constexpr double kHalf = 0.5;
  std::size_t best = own;
  double most = kHalf;
  for (std::size_t i = 0; i < truths.size(); ++i) {
    if (i == own || truths[i].words.size() < kFewWords) continue;
    const double found = compare_bags(views_of(read.words), views_of(truths[i].words)).found();
    if (found <= most) continue;
    most = found;
    best = i;
  }
  return best;
}

}  // namespace ocrtune
