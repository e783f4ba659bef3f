#pragma once

#include <optional>
#include <span>
#include <vector>

namespace ocrtune::training {

/// The loss of connectionist temporal classification (Graves, Fernández, Gomez, Schmidhuber 2006,
/// sections 4.1 and 4.2), with buffers that it keeps. Not thread-safe.
class CtcLoss {
 public:
  /// The negative logarithm of the probability of `labels`, and in `gradient` its derivative by the
  /// inputs of the softmax. `probabilities`: rows × classes, row by row, each row from a softmax;
  /// `gradient` has the same size. Class 0 is the blank; labels are other classes, at least one.
  /// Nothing if the rows are too few for the labels; `gradient` is undefined then.
  std::optional<double> operator()(std::span<const float> probabilities, int classes,
                                   std::span<const int> labels, std::span<float> gradient);

 private:
  void forward();
  void backward();

  /// Logarithms of the probability of a row for a state: blanks and labels in turn.
  [[nodiscard]] double& at(std::vector<double>& table, std::size_t row, std::size_t state) const {
    return table[row * states_.size() + state];
  }

  std::size_t rows_ = 0;
  std::vector<int> states_;      ///< their classes
  std::vector<char> skips_;      ///< whether a state may follow the one two before it
  std::vector<double> emitted_;  ///< logarithms of the probabilities of states' classes
  std::vector<double> alpha_;
  std::vector<double> beta_;
};

}  // namespace ocrtune::training
