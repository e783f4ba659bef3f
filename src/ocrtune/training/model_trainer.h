#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <opencv2/core/mat.hpp>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace ocrtune::training {

/// A picture of a text line, and its text.
struct LinePicture {
  cv::Mat gray;      ///< 8 bit, dark on bright
  std::string text;  ///< UTF-8, without white space at its ends; not empty
};

/// A model while it is trained. One thread at a time may use it; several of them train at once in
/// different threads.
class ModelInTraining {
 public:
  virtual ~ModelInTraining() = default;

  /// Trains with pictures of the trainer, by their indices, each once and in this order. False if
  /// it was stopped; what it has learned is undefined then. The same calls in the same order give
  /// the same model. Throws Error(dependency_missing) if what trains cannot be run.
  virtual bool train(std::span<const std::size_t> pictures, const std::atomic<bool>& stop) = 0;

  /// The texts that the model, as it is now, recognizes in pictures of the trainer; if it was
  /// stopped, those of the first ones. Throws as train().
  virtual std::vector<std::string> recognize(std::span<const std::size_t> pictures,
                                             const std::atomic<bool>& stop) = 0;

  /// Writes the model, as it is now, into a folder of models, whole or not at all. `made_of`: one
  /// line that says what it was trained with, kept in the model's file. Throws
  /// Error(output_unwritable), and as train().
  virtual void write(const std::filesystem::path& folder, const std::string& made_of) = 0;
};

/// A character that a model gets.
struct AddedCharacter {
  std::string text;  ///< UTF-8 without white space, of at most 24 bytes
  std::string like;  ///< the character of the model that it looks like; may be empty
};

/// Trains models of one engine from the same base with the same pictures. Thread-safe.
class ModelTrainer {
 public:
  virtual ~ModelTrainer() = default;

  /// The characters (UTF-8) of the pictures' texts that neither the base has nor were added.
  [[nodiscard]] virtual std::set<std::string> missing_characters() const = 0;

  /// The same trainer with these characters added, as far as its engine can. This one and its
  /// models must not be used afterwards. Throws as what opened it.
  [[nodiscard]] virtual std::unique_ptr<ModelTrainer> with_characters(
      const std::vector<AddedCharacter>& added) const = 0;

  /// A model that is the base, with the characters added.
  [[nodiscard]] virtual std::unique_ptr<ModelInTraining> start() const = 0;
};

}  // namespace ocrtune::training
