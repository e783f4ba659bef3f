#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "ocrtune/ocr/lstm/line_input.h"
#include "ocrtune/ocr/lstm/network.h"

namespace ocrtune::lstm::networks {

/// The LSTM component of an installed language's model.
std::vector<std::uint8_t> lstm_component(const std::string& language);

Network installed_network(const std::string& language);

using Random = std::mt19937;

/// Of a model, on which the noise at lines' borders hangs.
inline constexpr std::int64_t kSampleIteration = 6'352'704;

/// A matrix of random weights, of about the size that trained ones have.
WeightMatrix random_weights(int outputs, int inputs, Random& random);
/// A network of the kind installed ones are of, small and of odd sizes.
Network random_line_network(Random& random);
/// A network with every kind of layer.
Network random_mixed_network(Random& random);
/// A network that begins as installed ones do, with every other kind of layer behind, turned all
/// ways.
Network random_turning_network(Random& random);
/// The network with its weights as floats.
Network as_floats(Network network);

/// A line of dark strokes and noise that fits the network.
LineInput random_line(const Network& network, int width, Random& random);

}  // namespace ocrtune::lstm::networks
