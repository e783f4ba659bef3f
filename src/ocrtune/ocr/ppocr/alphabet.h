#pragma once

#include <set>
#include <string>
#include <vector>

namespace ocrtune::ppocr {

/// The classes of a recognition network that stand for characters of a language, in the order of
/// the network's numbers. The first is CTC's blank, the last the space.
struct Alphabet {
  std::vector<int> classes;        ///< their numbers in the network
  std::vector<std::string> texts;  ///< what they stand for; of the blank empty
};

/// Whether characters of a model suffice for a language ("eng", "eng+fra"): they include the
/// letters that Unicode's CLDR lists for it, of languages with more than 200 of them 98 %. Never
/// for one that is written from right to left.
bool knows_language(const std::vector<std::string>& characters, const std::string& lang);

/// The classes for a language. In Latin script, Chinese characters, full-width forms and
/// pictographs are left out unless they are `added` ones. `characters` are the model's, in the
/// order of its classes from 1 on.
Alphabet alphabet_of(const std::vector<std::string>& characters, const std::string& lang,
                     const std::set<std::string>& added = {});

}  // namespace ocrtune::ppocr
