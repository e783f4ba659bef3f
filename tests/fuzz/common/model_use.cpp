#include "fuzz/common/model_use.h"

#include <algorithm>
#include <utility>

#include "fuzz/common/mutation.h"
#include "fuzz/common/require.h"
#include "ocrtune/base/error.h"
#include "ocrtune/ocr/lstm/model.h"

namespace ocrtune::fuzz {
namespace {

using lstm::Model;
using tessdata::TrainedData;

void use_recoder(const Model& model) {
  const lstm::Recoder& recoder = model.recoder;
  for (int id = 0; id < recoder.unichars(); ++id) {
    lstm::Code code = recoder.encode(id);
    require(code.length == 0 || recoder.starts(code.at[0]), "a code begins with no beginning");
    for (; code.length > 0; --code.length) {
      const int unichar = recoder.decode(code).value_or(0);
      require(unichar < model.unicharset.size(), "a code is decoded to no character");
      for (const int last : recoder.last(code)) {
        require(recoder.unichar(recoder.child(recoder.find(code), last)) < model.unicharset.size(),
                "a code's end is no character");
      }
    }
  }
}

void use_unicharset(const tessdata::Unicharset& set) {
  const auto known = [&](int id) { return id >= 0 && id < set.size(); };
  for (int id = 0; id < set.size(); ++id) {
    const tessdata::Unichar& unichar = set[id];
    require(known(unichar.other_case) && known(unichar.mirror), "an id is no character's");
    require(std::ranges::all_of(unichar.normed_ids, known), "a normed id is no character's");
    require(static_cast<std::size_t>(unichar.script) < set.scripts().size(), "a script is none");
    require(set.encode(unichar.text).size() <= unichar.text.size(), "a text has too many ids");
  }
}

void use_dictionary(const Model& model, Random& random) {
  std::vector<lstm::Dictionary::Position> from;
  std::vector<lstm::Dictionary::Position> to;
  model.dictionary.start(from);
  for (int letter = 0; letter < 12; ++letter) {
    to.clear();
    const auto size = static_cast<std::size_t>(model.unicharset.size());
    model.dictionary.follow(from, static_cast<int>(below(random, size)), to);
    if (!to.empty()) std::swap(from, to);
  }
}

}  // namespace

std::string use_model(std::vector<std::byte> file, Random& random) {
  try {
    const Model model = lstm::parse_model(TrainedData::parse(std::move(file), "fuzz"), "fuzz");
    use_recoder(model);
    use_unicharset(model.unicharset);
    use_dictionary(model, random);
    return {};
  } catch (const Error& error) {
    std::string message = error.what();
    require(error.code() == Errc::dependency_missing, "an error of another status");
    require(!message.empty() && message.find('\n') == std::string::npos, "an error of odd lines");
    require(message.size() < 500, "a long error");
    return message;
  }
}

}  // namespace ocrtune::fuzz
