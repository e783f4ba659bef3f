#pragma once

#include <string>
#include <vector>

#include "ocrtune/ocr/tessdata/traineddata.h"
#include "ocrtune/ocr/tessdata/traineddata_bytes.h"
#include "ocrtune/ocr/tessdata/unicharset.h"
#include "ocrtune/training/model_trainer.h"

namespace ocrtune::training {

/// A model as Tesseract's lstmtraining goes on with it.
struct TrainableModel {
  tessdata::Components components;      ///< those of its file, with a network of floats
  tessdata::Unicharset characters;      ///< with the added ones
  std::vector<std::vector<int>> codes;  ///< the classes of each character
  int height = 0;                       ///< px of lines that the network gets
  int x_scale = 1;                      ///< px of width for a time step
};

/// Makes a model trainable whose network has integer or float weights: it recognizes what it did.
/// All layers get `learning_rate`, and the training begins at its first iteration. Characters to
/// add are skipped if the model has them, or if Tesseract never trains with them (ligatures ﬁ and
/// ﬂ); the weights of a new one are those of the one it looks like, somewhat less likely, or else
/// the mean of all. Throws
/// Error(dependency_missing) if the model is malformed or of a kind that is not supported, or if a
/// character cannot be added. Thread-safe.
TrainableModel trainable_model(const tessdata::TrainedData& base,
                               const std::vector<AddedCharacter>& added, float learning_rate);

}  // namespace ocrtune::training
