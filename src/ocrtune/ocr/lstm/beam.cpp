#include "ocrtune/ocr/lstm/beam.h"

#include <algorithm>

namespace ocrtune::lstm {
namespace {

/// Certainties outside the dictionary are multiplied by this.
constexpr float kOutsideFactor = 2.25F;
/// Words of the dictionary have to be more certain than this at every step.
constexpr float kMinInDictionary = -25.0F / 7.0F;
/// Number of nodes kept of each kind, by the number of classes of the code so far.
constexpr std::array kWidths = {5, 10, 16};

}  // namespace

Beam::Beam(const Language& language)
    : language_(language),
      lengths_(language.codes->longest()),
      groups_(static_cast<std::size_t>(2 * kFollowings * lengths_)),
      stored_(groups_.size()),
      scores_(language.classes, language.null_code),
      root_finals_(language.codes->finals(BeamCodes::kRoot), language.classes),
      root_nexts_(language.codes->nexts(BeamCodes::kRoot), language.classes) {
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    const std::size_t length = i % static_cast<std::size_t>(lengths_);
    groups_[i].width = kWidths[std::min(length, kWidths.size() - 1)];
  }
}

std::span<const BeamNode> Beam::search(const LineOutput& output) {
  nodes_.clear();
  path_.clear();
  if (language_.walk != nullptr) language_.walk->trim();
  for (int step = 0; step < output.steps; ++step) {
    scores_.take(output.at(step));
    best_root_finals_ = root_finals_.select(scores_.best());
    best_root_nexts_ = root_nexts_.select(scores_.best());
    for (Group& group : groups_) group.order.clear();
    word_starts_.fill(std::nullopt);
    if (step == 0) {
      first_step();
    } else {
      next_step();
    }
    store();
  }
  if (output.steps <= 0) return {};
  for (const BeamNode* node = at(best_end()); node != nullptr; node = at(node->previous)) {
    path_.push_back(*node);
  }
  std::reverse(path_.begin(), path_.end());
  return path_;
}

void Beam::first_step() {
  for (const bool in_dictionary : {false, true}) {
    if (in_dictionary && language_.walk == nullptr) continue;
    go_on({.node = nullptr,
           .index = -1,
           .score = 0,
           .anchor = nullptr,
           .in_dictionary = in_dictionary,
           .following = anything,
           .length = 0,
           .state = BeamCodes::kRoot},
          Rank::best);
  }
}

/// Classes of a lower rank are only tried if the better ones lead to no node.
void Beam::next_step() {
  bool found = false;
  for (const Rank rank : {Rank::best, Rank::good, Rank::other}) {
    if (found) break;
    if (rank != Rank::best) scores_.rank_all();
    int index = 0;
    for (const bool in_dictionary : {false, true}) {
      for (const Following following : {anything, only_repeat, no_repeat}) {
        for (int length = 0; length < lengths_; ++length, ++index) {
          const auto [begin, end] = stored_[static_cast<std::size_t>(index)];
          for (int i = end - 1; i >= begin; --i) {
            const BeamNode* node = at(i);
            go_on({node, i, node->score, at(node->anchor), in_dictionary, following, length,
                   node->state},
                  rank);
          }
        }
      }
    }
    for (const bool in_dictionary : {false, true}) {
      for (int length = 0; length < lengths_; ++length) {
        found = found || group(in_dictionary, anything, length).order.size() > 0;
      }
    }
  }
  for (const Following following : {anything, only_repeat, no_repeat}) {
    const std::optional<BeamNode>& start = word_starts_[following];
    Group& target = group(true, following, 0);
    if (start && target.takes(start->score)) target.add(*start);
  }
}

/// Appends the nodes of the step to those of earlier steps.
void Beam::store() {
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    const Group& group = groups_[i];
    stored_[i][0] = static_cast<int>(nodes_.size());
    for (int place = 0; place < group.order.size(); ++place) {
      BeamNode& node =
          nodes_.emplace_back(group.nodes[static_cast<std::size_t>(group.order[place].value)]);
      if (node.unichar != BeamNode::kNoUnichar && !node.repeated) {
        node.anchor = static_cast<int>(nodes_.size()) - 1;
      }
    }
    stored_[i][1] = static_cast<int>(nodes_.size());
  }
}

void Beam::go_on(const Context& from, Rank rank) {
  if (from.node != nullptr && !language_.simple_text) {
    repeat(from, rank);
    if (from.following == only_repeat) return;
    if (from.node->code != language_.null_code && from.length > 0 &&
        scores_.rank(language_.null_code) == rank) {
      // Between the classes of a code there can be null.
      push_part(from, from.length, anything,
                {.code = language_.null_code,
                 .unichar = BeamNode::kNoUnichar,
                 .certainty = scores_.alone(language_.null_code),
                 .state = from.state});
    }
  }
  const bool quick = rank == Rank::best && from.state == BeamCodes::kRoot;
  for (const auto& way : quick ? best_root_finals_ : language_.codes->finals(from.state)) {
    if (quick || scores_.rank(way.code) == rank) end_code(from, rank, way);
  }
  for (const auto& way : quick ? best_root_nexts_ : language_.codes->nexts(from.state)) {
    if (quick || scores_.rank(way.code) == rank) lengthen_code(from, rank, way);
  }
}

void Beam::repeat(const Context& from, Rank rank) {
  const int code = from.node->code;
  if (scores_.rank(code) != rank) return;
  Draft draft{.code = code,
              .unichar = from.node->unichar,
              .certainty = 0,
              .state = from.state,
              .repeated = true};
  if (from.following != no_repeat) {
    draft.certainty = scores_.alone(code);
    push_part(from, from.length, anything, draft);
  }
  if (from.following == anything && rank == Rank::best && code != language_.null_code) {
    draft.certainty = scores_.with_null(code);
    push_part(from, from.length, no_repeat, draft);
  }
}

/// A class that ends a unichar.
void Beam::end_code(const Context& from, Rank rank, const BeamCodes::Way& way) {
  const bool is_null = way.code == language_.null_code;
  if (from.node != nullptr && from.node->code == way.code && !language_.simple_text) return;
  Draft draft{.code = way.code,
              .unichar = is_null && from.length == 0 ? BeamNode::kNoUnichar : way.target,
              .certainty = scores_.alone(way.code)};
  if (draft.certainty < BeamScores::kMinCertainty && !is_null) return;
  push_unichar(from, anything, draft);
  if (rank != Rank::best || is_null) return;
  draft.certainty = certainty_of_change(from, way.code);
  push_unichar(from, only_repeat, draft);
}

/// A class inside the code of a unichar.
void Beam::lengthen_code(const Context& from, Rank rank, const BeamCodes::Way& way) {
  if (from.node != nullptr && from.node->code == way.code && !language_.simple_text) return;
  Draft draft{.code = way.code,
              .unichar = BeamNode::kNoUnichar,
              .certainty = scores_.alone(way.code),
              .state = way.target};
  push_part(from, from.length + 1, anything, draft);
  if (rank != Rank::best || way.code == language_.null_code) return;
  draft.certainty = certainty_of_change(from, way.code);
  push_part(from, from.length + 1, only_repeat, draft);
}

/// Certainty of the change from one class to another within one step.
float Beam::certainty_of_change(const Context& from, int code) const {
  const bool stood_alone =
      from.node != nullptr && from.following == anything && from.node->code != language_.null_code;
  return stood_alone ? scores_.with_null_after(code, from.node->code) : scores_.with_null(code);
}

/// Adds a repeated class, or one inside a code, which continues the previous node.
void Beam::push_part(const Context& from, int length, Following following, const Draft& draft) {
  float certainty = draft.certainty;
  if (from.in_dictionary) {
    if (!(certainty > kMinInDictionary)) return;
  } else {
    certainty *= kOutsideFactor;
    if (certainty < BeamScores::kMinCertainty && draft.code != language_.null_code) return;
  }
  Group& target = group(from.in_dictionary, following, length);
  if (!target.takes(certainty + from.score)) return;
  Draft part = draft;
  part.certainty = certainty;
  if (from.node != nullptr) {
    part.permuter = from.node->permuter;
  } else if (from.in_dictionary) {
    part.permuter = Permuter::none;
  }
  target.add(make_node(from, part));
}

void Beam::push_unichar(const Context& from, Following following, const Draft& draft) {
  if (from.in_dictionary) {
    if (draft.certainty > kMinInDictionary) push_word_part(from, following, draft);
    return;
  }
  const float certainty = draft.certainty * kOutsideFactor;
  Group& target = group(false, following, 0);
  const bool taken = target.takes(certainty + from.score);
  // A word of the dictionary can begin after a space, and anywhere if words need no space. The
  // space's certainty counts for the following word, so it is not multiplied.
  const bool space = draft.unichar == tessdata::kSpaceUnichar;
  const bool starts = language_.walk != nullptr &&
                      ((space && draft.certainty > kMinInDictionary) || !spaced(draft.unichar));
  if (!taken && !starts) return;
  Draft outside = draft;
  outside.certainty = certainty;
  if (taken) target.add(make_node(from, outside));
  if (!starts) return;
  Draft start = space ? draft : outside;
  start.permuter = space ? Permuter::none : Permuter::top_choice;
  push_word_start(from, following, start);
}

/// A unichar in the dictionary: it continues the word, or a space ends it.
void Beam::push_word_part(const Context& from, Following following, Draft draft) {
  Group& inside = group(true, following, 0);
  Group& outside = group(false, following, 0);
  if (draft.unichar == BeamNode::kNoUnichar) {
    draft.permuter = Permuter::none;
    push(from, inside, draft);
    return;
  }
  const float score = draft.certainty + from.score;
  if (!inside.takes(score) && !outside.takes(score)) return;
  const BeamNode* anchor = from.anchor;
  if (draft.unichar == tessdata::kSpaceUnichar) {
    if (anchor == nullptr || !anchor->ends_word) return;
    draft.permuter = anchor->permuter;
    push_word_start(from, following, draft);
    push(from, outside, draft);
    return;
  }
  if (anchor != nullptr && anchor->word_can_begin && anchor->unichar != tessdata::kSpaceUnichar &&
      spaced(anchor->unichar) && spaced(draft.unichar)) {
    return;
  }
  if (anchor != nullptr && anchor->word < 0) return;
  draft.begins_word = anchor == nullptr || anchor->word_can_begin;
  const DictionaryWalk::Step step = language_.walk->follow(
      anchor == nullptr ? DictionaryWalk::kStart : anchor->word, draft.unichar);
  if (step.permuter == Permuter::none) return;
  draft.permuter = step.permuter;
  draft.ends_word = step.ends_word;
  draft.word = step.state;
  push(from, inside, draft);
  if (!step.ends_word || language_.walk->dictionary().space_delimited()) return;
  draft.word = -1;
  push_word_start(from, following, draft);
  push(from, outside, draft);
}

/// A word of the dictionary may begin after several paths; only the best of the step is kept.
void Beam::push_word_start(const Context& from, Following following, const Draft& draft) {
  std::optional<BeamNode>& best = word_starts_[following];
  if (best && !(draft.certainty + from.score > best->score)) return;
  best = make_node(from, draft);
  best->word = DictionaryWalk::kStart;
  best->word_can_begin = true;
}

void Beam::push(const Context& from, Group& group, const Draft& draft) const {
  if (group.takes(draft.certainty + from.score)) group.add(make_node(from, draft));
}

BeamNode Beam::make_node(const Context& from, const Draft& draft) const {
  std::uint64_t history = from.node == nullptr ? 0 : from.node->history;
  if (!draft.repeated && draft.code != language_.null_code) {
    const auto classes = static_cast<std::uint64_t>(language_.classes);
    const std::uint64_t carry = ((history >> 32) * classes) >> 32;
    history = history * classes + carry + static_cast<std::uint64_t>(draft.code);
  }
  return {.history = history,
          .score = draft.certainty + from.score,
          .certainty = draft.certainty,
          .previous = from.index,
          .anchor = from.node == nullptr ? -1 : from.node->anchor,
          .code = draft.code,
          .unichar = draft.unichar,
          .state = draft.state,
          .word = draft.word,
          .permuter = draft.permuter,
          .word_can_begin = false,
          .begins_word = draft.begins_word,
          .ends_word = draft.ends_word,
          .repeated = draft.repeated};
}

/// Adds a node, or replaces an equivalent one. There must be room, or a worse node that is dropped.
void Beam::Group::add(const BeamNode& node) {
  for (int i = 0; i < order.size(); ++i) {
    BeamNode& other = nodes[static_cast<std::size_t>(order[i].value)];
    if (other.history != node.history || other.code != node.code ||
        other.permuter != node.permuter || other.word_can_begin != node.word_can_begin) {
      continue;
    }
    if (node.score > other.score) {
      other = node;
      order.change(i, node.score);
    }
    return;
  }
  const int place = order.size() < width ? order.size() : spare;
  nodes[static_cast<std::size_t>(place)] = node;
  order.push({node.score, place});
  if (order.size() > width) {
    spare = order.pop().value;
  } else {
    spare = width;
  }
}

/// The best node of the last step that can be an end: outside the dictionary, or after a word or a
/// space in it.
int Beam::best_end() const {
  int best = -1;
  for (const Following following : {anything, no_repeat}) {
    for (const bool in_dictionary : {false, true}) {
      const auto [begin, end] =
          stored_[static_cast<std::size_t>(group_index(in_dictionary, following, 0))];
      for (int i = begin; i < end; ++i) {
        const BeamNode* anchor = at(at(i)->anchor);
        if (in_dictionary && (anchor == nullptr ||
                              (!anchor->ends_word && anchor->unichar != tessdata::kSpaceUnichar))) {
          continue;
        }
        if (best < 0 || at(i)->score > at(best)->score) best = i;
      }
    }
  }
  return best;
}

}  // namespace ocrtune::lstm
