#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/beam_codes.h"
#include "ocrtune/ocr/lstm/beam_heap.h"
#include "ocrtune/ocr/lstm/beam_scores.h"
#include "ocrtune/ocr/lstm/dictionary_walk.h"
#include "ocrtune/ocr/lstm/line_output.h"
#include "ocrtune/ocr/tessdata/unicharset.h"

namespace ocrtune::lstm {

/// One step of a path through a network's output: a class and its interpretation.
struct BeamNode {
  static constexpr int kNoUnichar = -1;

  std::uint64_t history = 0;     ///< a hash of the classes up to here
  float score = 0;               ///< sum of certainties up to here
  float certainty = 0;           ///< of this step
  int previous = -1;             ///< node of the previous step, −1: none
  int anchor = -1;               ///< the last node up to here that began a unichar, −1: none
  int code = -1;                 ///< the class
  int unichar = kNoUnichar;      ///< that the class ends; none: null, or inside a code
  int state = BeamCodes::kRoot;  ///< of the code in progress
  int word = -1;                 ///< state of the walk through the dictionary, −1: outside
  Permuter permuter = Permuter::top_choice;
  bool word_can_begin = false;  ///< the walk is at its start: a word can begin after this
  bool begins_word = false;     ///< the first unichar of a word of the dictionary
  bool ends_word = false;       ///< a word of the dictionary can end here
  bool repeated = false;        ///< the same class as before, counted once
};

/// Tesseract's beam search for the best path through a network's output (its RecodeBeamSearch with
/// lstm_choice_mode 0). A path is a sequence of classes, in the sense of CTC: repetitions of a
/// class count once, null does not count. At the step between two classes, their probabilities are
/// added. Paths inside the dictionary cost less. Not thread-safe; keeps its buffers.
class Beam {
 public:
  /// The language data of the search, all borrowed.
  struct Language {
    const tessdata::Unicharset* unicharset;
    const BeamCodes* codes;
    DictionaryWalk* walk;  ///< null: no dictionary
    int classes;           ///< of a step
    int null_code;
    bool simple_text;  ///< one class per step, no CTC
  };

  explicit Beam(const Language& language);

  /// The nodes of the best path, one per step; valid until the next call. Empty if there is
  /// none.
  std::span<const BeamNode> search(const LineOutput& output);

 private:
  /// What may follow a node.
  enum Following : std::uint8_t {
    anything,     ///< its class stood alone
    only_repeat,  ///< it was added to others, and must stand alone next
    no_repeat     ///< it was added to null after it stood alone: it is finished
  };
  static constexpr int kFollowings = 3;
  static constexpr int kWidest = 16;

  /// The best nodes of a step with the same position in their code, the same `Following`, and
  /// equally inside or outside the dictionary.
  struct Group {
    BeamHeap<kWidest + 1> order;  ///< values: indices into nodes
    std::array<BeamNode, kWidest + 1> nodes;
    int width = 0;
    int spare = 0;  ///< an index that is free when all others are taken

    [[nodiscard]] bool takes(float score) const {
      return order.size() < width || score > order.least().key;
    }
    void add(const BeamNode& node);
  };

  /// The node that is continued, and the group it belongs to.
  struct Context {
    const BeamNode* node;    ///< null at the first step
    int index;               ///< of node, −1: none
    float score;             ///< of node, 0: none
    const BeamNode* anchor;  ///< of node, null: none
    bool in_dictionary;
    Following following;
    int length;  ///< classes of the code so far
    int state;
  };

  /// The new fields of a node that follows another.
  struct Draft {
    int code;
    int unichar;
    float certainty;
    int state = BeamCodes::kRoot;
    int word = -1;
    Permuter permuter = Permuter::top_choice;
    bool begins_word = false;
    bool ends_word = false;
    bool repeated = false;
  };

  [[nodiscard]] int group_index(bool in_dictionary, int following, int length) const {
    return (static_cast<int>(in_dictionary) * kFollowings + following) * lengths_ + length;
  }
  Group& group(bool in_dictionary, Following following, int length) {
    return groups_[static_cast<std::size_t>(group_index(in_dictionary, following, length))];
  }
  [[nodiscard]] bool spaced(int unichar) const {
    return unichar == BeamNode::kNoUnichar || language_.unicharset->space_delimited(unichar);
  }
  [[nodiscard]] const BeamNode* at(int index) const {
    return index < 0 ? nullptr : &nodes_[static_cast<std::size_t>(index)];
  }

  void first_step();
  void next_step();
  void store();
  void go_on(const Context& from, Rank rank);
  void repeat(const Context& from, Rank rank);
  void end_code(const Context& from, Rank rank, const BeamCodes::Way& way);
  void lengthen_code(const Context& from, Rank rank, const BeamCodes::Way& way);
  [[nodiscard]] float certainty_of_change(const Context& from, int code) const;
  void push_part(const Context& from, int length, Following following, const Draft& draft);
  void push_unichar(const Context& from, Following following, const Draft& draft);
  void push_word_part(const Context& from, Following following, Draft draft);
  void push_word_start(const Context& from, Following following, const Draft& draft);
  void push(const Context& from, Group& group, const Draft& draft) const;
  [[nodiscard]] BeamNode make_node(const Context& from, const Draft& draft) const;
  [[nodiscard]] int best_end() const;

  Language language_;
  int lengths_;
  std::vector<Group> groups_;               ///< of the step in progress
  std::vector<std::array<int, 2>> stored_;  ///< of each group, its nodes of the last step in nodes_
  std::array<std::optional<BeamNode>, kFollowings> word_starts_;  ///< the best of the step
  BeamScores scores_;
  BeamWays root_finals_;
  BeamWays root_nexts_;
  std::span<const BeamCodes::Way> best_root_finals_;
  std::span<const BeamCodes::Way> best_root_nexts_;
  std::vector<BeamNode> nodes_;  ///< of all steps
  std::vector<BeamNode> path_;
};

}  // namespace ocrtune::lstm
