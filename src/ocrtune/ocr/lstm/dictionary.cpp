#include "ocrtune/ocr/lstm/dictionary.h"

#include <algorithm>
#include <utility>

namespace ocrtune::lstm {
namespace {

std::optional<tessdata::Dawg> parse_graph(std::span<const std::uint8_t> file,
                                          const std::string& name) {
  if (file.empty()) return std::nullopt;
  tessdata::ByteReader bytes(file, name);
  return tessdata::Dawg::parse(bytes);
}

/// The node after an edge; the root if there is no edge.
int node_after(const tessdata::Dawg& dawg, int edge) {
  return edge == tessdata::Dawg::kNone ? tessdata::Dawg::kRoot : dawg.next(edge);
}

}  // namespace

/// The state of looking up one letter.
struct Dictionary::Follow {
  /// Malicious graphs could have any number of positions; real ones have a few at once.
  static constexpr std::size_t kMaxPositions = 256;

  int unichar;
  std::vector<Position>& to;
  bool last = false;  ///< only edges at which a word ends
  std::size_t first = to.size();
  Outcome outcome{};

  void add(const Position& position, Permuter permuter, bool ends_word) {
    outcome.permuter = std::max(outcome.permuter, permuter);
    outcome.ends_word = outcome.ends_word || ends_word;
    const auto begin = to.begin() + static_cast<std::ptrdiff_t>(first);
    if (std::find(begin, to.end(), position) == to.end() && to.size() < first + kMaxPositions) {
      to.push_back(position);
    }
  }
};

Dictionary Dictionary::parse(const DictionaryFiles& files, const tessdata::Unicharset& unicharset,
                             const std::string& name) {
  Dictionary dictionary;
  dictionary.words_ = parse_graph(files.words, name + ", lstm-word-dawg");
  dictionary.punctuation_ = parse_graph(files.punctuation, name + ", lstm-punc-dawg");
  dictionary.numbers_ = parse_graph(files.numbers, name + ", lstm-number-dawg");
  for (int id = 0; id < unicharset.size(); ++id) dictionary.digits_.push_back(unicharset[id].digit);
  for (const std::string& script : unicharset.scripts()) {
    if (script == "Han" || script == "Katakana" || script == "Thai") {
      dictionary.space_delimited_ = false;
    }
  }
  return dictionary;
}

void Dictionary::start(std::vector<Position>& positions) const {
  if (punctuation_) positions.push_back({.punctuated = true});
  // If a punctuation graph allows a word alone, it leads to all words.
  if (punctuation_ && punctuation_->is_word(tessdata::Dawg::kPattern)) return;
  if (words_) positions.push_back({.core = Position::Core::word});
  if (numbers_) positions.push_back({.core = Position::Core::number});
}

Dictionary::Outcome Dictionary::follow(std::span<const Position> from, int unichar,
                                       std::vector<Position>& to) const {
  if (unichar <= tessdata::Dawg::kPattern) return {};
  Follow follow{.unichar = unichar, .to = to};
  follow_all(from, follow);
  return follow.outcome;
}

void Dictionary::follow_all(std::span<const Position> from, Follow& follow) const {
  for (const Position& position : from) {
    if (position.core == Position::Core::none) {
      from_punctuation(position, follow);
    } else {
      from_core(position, follow);
    }
  }
}

bool Dictionary::is_word(std::span<const int> unichars) const {
  std::vector<Position> from;
  std::vector<Position> to;
  start(from);
  Permuter source = Permuter::none;
  for (std::size_t i = 0; i < unichars.size(); ++i) {
    if (unichars[i] <= tessdata::Dawg::kPattern) return false;
    to.clear();
    Follow follow{.unichar = unichars[i], .to = to, .last = i + 1 == unichars.size()};
    follow_all(from, follow);
    const Permuter here = follow.outcome.permuter;
    if (here == Permuter::none) return false;
    // Punctuation after a word leaves it a word.
    if (source == Permuter::none || here != Permuter::punctuation) source = here;
    std::swap(from, to);
  }
  return source == Permuter::word;
}

int Dictionary::letter(Position::Core which, int unichar) const {
  const bool digit = static_cast<std::size_t>(unichar) < digits_.size() &&
                     digits_[static_cast<std::size_t>(unichar)];
  return which == Position::Core::number && digit ? tessdata::Dawg::kPattern : unichar;
}

/// Before the core: it can begin here, or its punctuation continues.
void Dictionary::from_punctuation(const Position& position, Follow& follow) const {
  const int node = node_after(*punctuation_, position.punctuation);
  const int core_edge = punctuation_->find(node, tessdata::Dawg::kPattern, follow.last);
  for (const auto which : {Position::Core::word, Position::Core::number}) {
    const bool there = which == Position::Core::word ? words_.has_value() : numbers_.has_value();
    if (core_edge == tessdata::Dawg::kNone || !there) continue;
    const int edge =
        core(which).find(tessdata::Dawg::kRoot, letter(which, follow.unichar), follow.last);
    if (edge == tessdata::Dawg::kNone) continue;
    follow.add({.edge = edge, .punctuation = core_edge, .core = which, .punctuated = true},
               which == Position::Core::word ? Permuter::word : Permuter::number,
               core(which).ends_word(edge) && punctuation_->ends_word(core_edge));
  }
  const int edge = punctuation_->find(node, follow.unichar, follow.last);
  if (edge == tessdata::Dawg::kNone) return;
  follow.add({.punctuation = edge, .punctuated = true}, Permuter::punctuation,
             punctuation_->ends_word(edge));
}

/// In the core or after it: punctuation can follow where the core can end, or the core continues.
void Dictionary::from_core(const Position& position, Follow& follow) const {
  const tessdata::Dawg& dawg = core(position.core);
  const Permuter permuter =
      position.core == Position::Core::word ? Permuter::word : Permuter::number;
  if (position.punctuated && dawg.ends_word(position.edge)) {
    const int edge = punctuation_->find(node_after(*punctuation_, position.punctuation),
                                        follow.unichar, follow.last);
    if (edge != tessdata::Dawg::kNone) {
      Position after = position;
      after.punctuation = edge;
      after.after_core = true;
      follow.add(after, permuter, punctuation_->ends_word(edge));
    }
  }
  if (position.after_core) return;
  const int edge = dawg.find(node_after(dawg, position.edge), letter(position.core, follow.unichar),
                             follow.last);
  if (edge == tessdata::Dawg::kNone) return;
  if (follow.last && position.punctuated && !punctuation_->ends_word(position.punctuation)) return;
  Position further = position;
  further.edge = edge;
  follow.add(further, permuter,
             dawg.ends_word(edge) &&
                 (!position.punctuated || punctuation_->ends_word(position.punctuation)));
}

}  // namespace ocrtune::lstm
