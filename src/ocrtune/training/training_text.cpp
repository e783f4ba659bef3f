#include "ocrtune/training/training_text.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "ocrtune/base/grapheme_clusters.h"
#include "ocrtune/base/text.h"

namespace ocrtune::training {
namespace {

std::string composed(std::string_view text) { return utf8(normalized_code_points(text)); }

std::string decomposed(const std::string& text) {
  UErrorCode failure = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFDInstance(failure);
  if (U_FAILURE(failure)) return text;
  std::string result;
  form->normalize(icu::UnicodeString::fromUTF8(text), failure).toUTF8String(result);
  return U_FAILURE(failure) ? text : result;
}

/// Adds the classes of a text without spaces; false if it cannot be encoded.
bool add_word(std::string_view word, const TrainableModel& model, std::vector<int>& classes) {
  const std::vector<int> ids = model.characters.encode(word);
  for (const int id : ids) {
    const std::vector<int>& code = model.codes[static_cast<std::size_t>(id)];
    if (code.empty()) return false;
    classes.insert(classes.end(), code.begin(), code.end());
  }
  return !ids.empty();
}

/// Word by word: the unicharset only encodes short texts.
std::optional<std::vector<int>> classes_of(const std::string& text, const TrainableModel& model) {
  std::vector<int> classes;
  const std::vector<int>& space = model.codes[tessdata::kSpaceUnichar];
  for (const std::string& word : split(tessdata::cleaned_up(text), ' ')) {
    if (!classes.empty()) classes.insert(classes.end(), space.begin(), space.end());
    if (!add_word(word, model, classes)) return {};
  }
  return classes;
}

bool can_encode(std::string_view text, const TrainableModel& model) {
  std::vector<int> classes;
  return add_word(text, model, classes);
}

/// Takes the longest beginnings that can be encoded off a word; the clusters between them are
/// missing.
void add_missing(const std::string& word, const TrainableModel& model,
                 std::set<std::string>& missing) {
  const std::u32string points = code_points(word);
  const std::vector<std::u32string_view> clusters = grapheme_clusters(points);
  std::vector<std::string> texts;
  texts.reserve(clusters.size());
  for (const std::u32string_view cluster : clusters) texts.push_back(utf8(cluster));
  for (std::size_t from = 0; from < texts.size();) {
    std::size_t to = from;
    std::string part;
    for (std::size_t end = from; end < texts.size(); ++end) {
      part += texts[end];
      if (can_encode(part, model) || can_encode(decomposed(part), model)) to = end + 1;
    }
    if (to == from) missing.insert(texts[to++]);
    from = to;
  }
}

}  // namespace

std::optional<EncodedText> encoded_text(std::string_view text, const TrainableModel& model) {
  const std::string normal = composed(text);
  if (normal.empty()) return {};
  for (const std::string& form : {normal, decomposed(normal)}) {
    auto classes = classes_of(form, model);
    if (classes) return EncodedText{.text = form, .classes = std::move(*classes)};
  }
  return {};
}

std::set<std::string> missing_characters(std::string_view text, const TrainableModel& model) {
  std::set<std::string> missing;
  if (encoded_text(text, model)) return missing;
  for (const std::string& word : split(tessdata::cleaned_up(composed(text)), ' '))
    add_missing(word, model, missing);
  return missing;
}

std::size_t steps_for(const std::vector<int>& classes) {
  std::size_t steps = classes.size();
  for (std::size_t i = 1; i < classes.size(); ++i) {
    if (classes[i] == classes[i - 1]) ++steps;
  }
  return steps;
}

}  // namespace ocrtune::training
