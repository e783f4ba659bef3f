#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/training/model_trainer.h"

namespace ocrtune::training {

/// Trains Tesseract's LSTM model of a language with its program `lstmtraining`, from integer and
/// float models alike, with characters that it doesn't have (trainable_model()). Models are written
/// as LANG.traineddata, with integer weights. Pictures that cannot be trained with are left out of
/// slices: those whose text has missing characters, and those that are too narrow for their text
/// or too wide. `tessdata`: the folder of the base; empty: Tesseract's own. `scratch`: an existing
/// folder in which each model has one of its own until it is destroyed; it has to outlive them, as
/// models may outlive the trainer. Throws Error(invalid_argument) if `lang` is malformed,
/// Error(dependency_missing) if `lstmtraining` or the model is missing, or if the model cannot be
/// trained, and Error(output_unwritable) if the folder cannot be written to.
std::unique_ptr<ModelTrainer> open_lstm_trainer(
    const std::string& lang, const std::string& tessdata,
    std::shared_ptr<const std::vector<LinePicture>> pictures, const std::filesystem::path& scratch);

}  // namespace ocrtune::training
