#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ocrtune/ocr/tessdata/traineddata.h"
#include "support/byte_writer.h"

namespace ocrtune::test {

/// Components of a .traineddata file by their place in its table.
using Components = std::map<tessdata::Component, ModelBytes>;

/// A file of those components: a table of `entries` offsets, then the components in order.
std::vector<std::byte> traineddata_file(const Components& components, std::size_t entries = 24);

/// The unicharset of a language with these characters: space, "Joined", "|Broken|0|1", then they,
/// with ids from 3 on. Letters, digits and punctuation of ASCII are marked as such.
std::string unicharset_text(const std::vector<std::string>& characters);

/// A recoder's bytes: the code of each unichar.
ModelBytes recoder_bytes(const std::vector<std::vector<int>>& codes);

/// A graph of words, each a sequence of unichar ids below `unichars`; no two words alike.
ModelBytes dawg_bytes(std::vector<std::vector<int>> words, int unichars);

/// A network of the shape of the real ones,
/// [1,HEIGHT,0,1 Ct3,3,FEATURES Mp3,3 LfysSTATES LfxSTATES LrxSTATES O1cCLASSES], of random
/// weights.
struct TinyNetwork {
  int height = 12;
  int features = 2;
  int states = 3;
  int classes = 12;
  bool integer = true;
  std::uint64_t seed = 1;
};
ModelBytes network_bytes(const TinyNetwork& network);

/// A model as small as can be. Where codes are empty, space is class 0, the characters are 1, 2, …
/// and the null is the last class; the network gets as many classes as there are.
struct TinyModel {
  std::vector<std::string> characters = {"a", "b", "c", "A", "B", "1", "2", ".", "-", "'"};
  std::vector<std::vector<int>> codes;
  std::vector<std::string> words = {"ab", "abba", "c", "Ab"};
  TinyNetwork network;
  int null_char = -1;   ///< −1: the last class
  int flags = -1;       ///< −1: those of the network's weights, with a recoder
  bool inside = false;  ///< unicharset and recoder within the network's component
  std::string config;
};
Components tiny_components(const TinyModel& model = {});
std::vector<std::byte> tiny_model(const TinyModel& model = {});

}  // namespace ocrtune::test
