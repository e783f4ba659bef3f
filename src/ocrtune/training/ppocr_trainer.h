#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/training/model_trainer.h"

namespace ocrtune::training {

/// Trains the last layer of PP-OCRv6's network for lines; the layers below stay as they are, so
/// that what they make of a picture is computed once, here, on up to `workers` threads. Of the
/// classes only those change that the texts have or the network considers in one of the pictures.
/// Its models are written to FOLDER/ppocr/LANG. Characters are added in place of ones that texts in
/// the language do not have, such as Chinese ones in Latin script; in languages without such ones,
/// none are. Nothing if it was stopped. Throws
/// Error(dependency_missing) if PP-OCRv6 is not installed or does not know the language. `pictures`
/// must not change.
std::unique_ptr<ModelTrainer> open_ppocr_trainer(
    const std::string& lang, std::shared_ptr<const std::vector<LinePicture>> pictures, int workers,
    const std::atomic<bool>& stop);

}  // namespace ocrtune::training
