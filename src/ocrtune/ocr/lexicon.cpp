#include "ocrtune/ocr/lexicon.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <mutex>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/lstm/dawg.h"
#include "ocrtune/ocr/lstm/traineddata.h"
#include "ocrtune/ocr/lstm/unicharset.h"

namespace ocrtune {

/// One language's words.
struct Lexicon::Part {
  lstm::Unicharset letters;
  lstm::Dawg words;

  [[nodiscard]] bool contains(std::string_view word) const {
    const std::vector<int> codes = letters.encode(word);
    int node = lstm::Dawg::kRoot;
    int edge = lstm::Dawg::kNone;
    for (const int code : codes) {
      edge = node == lstm::Dawg::kNone ? lstm::Dawg::kNone : words.find(node, code);
      if (edge == lstm::Dawg::kNone) return false;
      node = words.next(edge);
    }
    return edge != lstm::Dawg::kNone && words.ends_word(edge);
  }
};

Lexicon::Lexicon() = default;
Lexicon::~Lexicon() = default;

std::shared_ptr<const Lexicon> Lexicon::open(const std::string& lang, const std::string& tessdata) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, std::string>, std::shared_ptr<const Lexicon>> known;
  const std::string folder = tessdata_folder(tessdata);
  const std::scoped_lock lock(mutex);
  std::shared_ptr<const Lexicon>& shared = known[{lang, folder}];
  if (shared) return shared;
  const std::shared_ptr<Lexicon> lexicon(new Lexicon());
  for (const std::string& language : split(lang, '+')) {
    try {
      const auto data =
          lstm::TrainedData::open(std::filesystem::path(folder) / (language + ".traineddata"));
      if (!data.has(lstm::Component::word_dawg) || !data.has(lstm::Component::unicharset)) continue;
      auto letters = lstm::Unicharset::parse(data.bytes(lstm::Component::unicharset), data.name());
      lstm::ByteReader bytes = data.reader(lstm::Component::word_dawg, "lstm-word-dawg");
      lexicon->parts_.push_back(
          std::make_unique<const Part>(Part{std::move(letters), lstm::Dawg::parse(bytes)}));
    } catch (const Error&) {
      // Who reads with this data says what is wrong with it.
      continue;
    }
  }
  shared = lexicon;
  return shared;
}

bool Lexicon::contains(std::string_view word) const {
  const std::string lower = lower_case_of(word);
  const std::array<std::string, 3> forms{std::string(word), lower, capitalised(lower)};
  return std::ranges::any_of(parts_, [&](const auto& part) {
    return std::ranges::any_of(forms,
                               [&](const std::string& form) { return part->contains(form); });
  });
}

}  // namespace ocrtune
