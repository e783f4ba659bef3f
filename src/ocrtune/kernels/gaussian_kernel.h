#pragma once

#include <cstdint>
#include <vector>

namespace ocrtune {

/// The coefficients, in units of 1/256 and with the sum 256, that OpenCV 4.6 blurs 8-bit images
/// with: the Gaussian of `size` taps and sigma 0.15 size + 0.35, rounded with error diffusion from
/// the rim to the center, which takes what is left. None is negative for sizes to 2001.
/// `size` is odd, from 1 to 2001. Pure; thread-safe.
std::vector<int> gaussian_kernel_fixed(int size);

/// How far OpenCV's Gaussian of that deviation goes on 8-bit images, px, or one farther: three
/// deviations, rounded. Pure.
int gaussian_reach(double sigma);

/// A sum of products with a kernel, as few additions: sum over i of kernel[i] * x[i] is the sum of
/// the terms weight * x[offset] in `pixels` and weight * P[offset] in `prefixes`, where P[j] is
/// the sum of x[0] … x[j - 1]. The kernel is taken for a staircase, whose jumps are the prefixes'
/// terms, and what is left of it.
struct WindowSum {
  struct Term {
    int offset;
    int weight;
  };
  std::vector<Term> pixels;
  std::vector<Term> prefixes;
};

/// The terms for a kernel without negative coefficients; the staircase is the one that leaves the
/// fewest. Pure; thread-safe.
WindowSum window_sum(const std::vector<int>& kernel);

}  // namespace ocrtune
