#pragma once

#include <opencv2/core.hpp>
#include <string_view>
#include <variant>

#include "ocrtune/base/random.h"

/// Degradations of scans. Each is a struct of named strengths with a function degrade() of its own,
/// which
///   - takes an 8-bit gray page (255 = paper) and returns a new one; the input is unchanged;
///   - returns the same bytes for the same page, strengths and state of `random`;
///   - returns an equal page if every strength is neutral (0 unless stated otherwise);
///   - works on pages from 1x1 pixel on, and throws cv::Exception for any other kind of image.
/// Lengths in pixels (`_px`) are for pages of 150 dpi; apply() scales them. To add one: struct and
/// declaration here, a degrade_*.cpp, an entry in Degradation.
namespace ocrtune::examples {

/// Straight lines across the text, as on ruled paper or by a pen.
struct RuledLines {
  static constexpr std::string_view name = "ruled";
  int rows = 12;            ///< horizontal lines, spread over the page
  int columns = 1;          ///< vertical lines, in the left and right fifth
  double thickness_px = 2;  ///< 0..
  double darkness = 0.7;    ///< 0..1: share of light that a line absorbs
};
cv::Mat degrade(const cv::Mat& gray, Random& random, const RuledLines& strength);

/// Uneven illumination: shares of light lost, 0..1.
struct UnevenLight {
  static constexpr std::string_view name = "light";
  double gradient = 0.4;  ///< at the dark side of the page, in a random direction
  double vignette = 0.2;  ///< in the corners
  double gutter = 0.0;    ///< at the left edge, as in the fold of a book
};
cv::Mat degrade(const cv::Mat& gray, Random& random, const UnevenLight& strength);

/// Rings of cups and damp stains.
struct Stains {
  static constexpr std::string_view name = "stains";
  int rings = 2;
  int blotches = 3;
  double radius = 0.16;   ///< of a ring, as a share of the page's width, 0..1
  double darkness = 0.4;  ///< 0..1: share of light absorbed at the darkest edge
};
cv::Mat degrade(const cv::Mat& gray, Random& random, const Stains& strength);

/// Show-through: the other side of the sheet, mirrored, blurred and faint.
struct ShowThrough {
  static constexpr std::string_view name = "verso";
  double opacity = 0.35;  ///< 0..1: share of the verso's ink that is visible
  double blur_px = 1.5;   ///< standard deviation, 0..
  cv::Mat verso{};        ///< 8-bit gray, any size; empty: the page itself, turned over
};
cv::Mat degrade(const cv::Mat& gray, Random& random, const ShowThrough& strength);

/// The black underside of a scanner's lid, visible beside a small sheet.
struct DarkEdges {
  static constexpr std::string_view name = "edges";
  double width = 0.03;     ///< of the widest strip, as a share of the page's width, 0..0.5
  double darkness = 0.88;  ///< 0..1: share of light that it absorbs
};
cv::Mat degrade(const cv::Mat& gray, Random& random, const DarkEdges& strength);

/// Defocus and motion blur.
struct Blur {
  static constexpr std::string_view name = "blur";
  double sigma_px = 1.2;  ///< standard deviation of the Gaussian, 0..
  double motion_px = 0;   ///< length of a straight movement in a random direction, 0..100
};
cv::Mat degrade(const cv::Mat& gray, Random& random, const Blur& strength);

/// Dust: single dark and light specks.
struct SaltAndPepper {
  static constexpr std::string_view name = "specks";
  double share = 0.02;    ///< of the page's pixels where a speck starts, 0..1
  double pepper = 0.8;    ///< share of dark ones among them, 0..1
  double contrast = 1.0;  ///< 0..1: how far a speck is from the page's gray to black or white
  double size_px = 1;     ///< side of the square speck, 1..
};
cv::Mat degrade(const cv::Mat& gray, Random& random, const SaltAndPepper& strength);

/// Sensor noise.
struct GaussianNoise {
  static constexpr std::string_view name = "noise";
  double deviation = 18;  ///< in gray levels, 0..
};
cv::Mat degrade(const cv::Mat& gray, Random& random, const GaussianNoise& strength);

/// A scan at a low resolution: the page is reduced by averaging areas.
struct LowResolution {
  static constexpr std::string_view name = "lowres";
  double factor = 0.6;  ///< of the page's width and height, above 0 up to 1; 1 is neutral
};
cv::Mat degrade(const cv::Mat& gray, Random& random, const LowResolution& strength);

/// A skewed sheet; white fills the corners.
struct Skew {
  static constexpr std::string_view name = "skew";
  double degrees = 0.8;  ///< largest angle; drawn from 60..100 % of it, in either direction
};
cv::Mat degrade(const cv::Mat& gray, Random& random, const Skew& strength);

/// Paper that is not white, ink that is not black, and the paper's texture.
struct Paper {
  static constexpr std::string_view name = "paper";
  double white = 232;  ///< gray level of the paper, 0..255; 255 is neutral
  double black = 40;   ///< gray level of the ink, 0..255
  double grain = 4;    ///< standard deviation of the texture in gray levels, 0..
};
cv::Mat degrade(const cv::Mat& gray, Random& random, const Paper& strength);

/// Unevenly printed ink: worn type, a dry ribbon, faded thermal paper.
struct Fading {
  static constexpr std::string_view name = "fading";
  double loss = 0.4;     ///< greatest share of ink lost, 0..1
  double patch_px = 40;  ///< size of the patches, 1..
};
cv::Mat degrade(const cv::Mat& gray, Random& random, const Fading& strength);

/// JPEG compression: the page is encoded and decoded once.
struct Jpeg {
  static constexpr std::string_view name = "jpeg";
  int loss = 70;  ///< 100 minus JPEG's quality, 0..100
};
cv::Mat degrade(const cv::Mat& gray, Random& random, const Jpeg& strength);

/// Any of them.
using Degradation =
    std::variant<RuledLines, UnevenLight, Stains, ShowThrough, DarkEdges, Blur, SaltAndPepper,
                 GaussianNoise, LowResolution, Skew, Paper, Fading, Jpeg>;

/// The short name, as in files and the manifest: "ruled", "light" ...
std::string_view name_of(const Degradation& degradation);

/// degrade() of any degradation, with lengths in pixels multiplied by `scale` (above 0).
cv::Mat apply(const Degradation& degradation, const cv::Mat& gray, Random& random,
              double scale = 1.0);

}  // namespace ocrtune::examples
