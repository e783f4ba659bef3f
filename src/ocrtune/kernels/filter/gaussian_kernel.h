#pragma once

#include <cstdint>
#include <vector>

namespace ocrtune {

/// The coefficients with which OpenCV 4.6 blurs 8-bit images, in units of 1/256 and with the sum
/// 256: the Gaussian of `size` taps and sigma 0.15 size + 0.35, rounded with error diffusion from
/// the rim to the center, which gets the remainder. None is negative for sizes up to 2001. `size`
/// is odd, from 1 to 2001. Pure; thread-safe.
std::vector<int> gaussian_kernel_fixed(int size);

/// Upper bound, at most 1 px too large, of the radius of OpenCV's Gaussian of that deviation on
/// 8-bit images: three deviations, rounded. Pure.
int gaussian_reach(double sigma);

/// A sum of products with a kernel, expressed with few operations: sum over i of kernel[i] * x[i]
/// is the sum of the terms weight * x[offset] in `pixels` and weight * P[offset] in `prefixes`,
/// where P[j] is the sum of x[0] … x[j - 1]. The kernel is the sum of a staircase function, whose
/// steps are the terms of `prefixes`, and a remainder.
struct WindowSum {
  struct Term {
    int offset;
    int weight;
  };
  std::vector<Term> pixels;
  std::vector<Term> prefixes;
};

/// The terms for a kernel without negative coefficients, with the staircase that gives the fewest
/// terms. Pure; thread-safe.
WindowSum window_sum(const std::vector<int>& kernel);

}  // namespace ocrtune
