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
#include "ocrtune/ocr/tessdata/dawg.h"
#include "ocrtune/ocr/tessdata/traineddata.h"
#include "ocrtune/ocr/tessdata/unicharset.h"

namespace ocrtune {

/// The dictionary of one language.
struct Lexicon::Part {
  tessdata::Unicharset letters;
  tessdata::Dawg words;

  [[nodiscard]] bool contains(std::string_view word) const {
    const std::vector<int> codes = letters.encode(word);
    int node = tessdata::Dawg::kRoot;
    int edge = tessdata::Dawg::kNone;
    for (const int code : codes) {
      edge = node == tessdata::Dawg::kNone ? tessdata::Dawg::kNone : words.find(node, code);
      if (edge == tessdata::Dawg::kNone) return false;
      node = words.next(edge);
    }
    return edge != tessdata::Dawg::kNone && words.ends_word(edge);
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
          tessdata::TrainedData::open(std::filesystem::path(folder) / (language + ".traineddata"));
      if (!data.has(tessdata::Component::word_dawg) || !data.has(tessdata::Component::unicharset))
        continue;
      auto letters =
          tessdata::Unicharset::parse(data.bytes(tessdata::Component::unicharset), data.name());
      tessdata::ByteReader bytes = data.reader(tessdata::Component::word_dawg, "lstm-word-dawg");
      lexicon->parts_.push_back(
          std::make_unique<const Part>(Part{std::move(letters), tessdata::Dawg::parse(bytes)}));
    } catch (const Error&) {
      // Errors of the model are reported when it is opened for OCR.
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
