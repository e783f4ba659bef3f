#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ocrtune/image/page_file.h"

namespace ocrtune {

/// An original page in a form that documents such as PDF can embed: encoded, without transparency.
struct Facsimile {
  /// How the pixels are encoded.
  enum class Coding {
    jpeg,      ///< a JPEG file
    png_rows,  ///< rows with PNG's filters, deflated in zlib's format, as in PNG's IDAT
    group4,    ///< CCITT Group 4 (ITU-T T.6), white or the palette's second colour as 0 bits; 1 bit
    jpeg2000   ///< a JP2 file
  };

  Coding coding = Coding::jpeg;    ///< of `data`
  int width = 0;                   ///< px, upright
  int height = 0;                  ///< px, upright
  int channels = 1;                ///< 1 gray or index into the palette, 3 RGB
  int bits = 8;                    ///< of a sample
  std::vector<std::byte> palette;  ///< RGB after RGB; empty: none
  std::vector<std::byte> data;     ///< the page, in that coding
  Resolution dpi;                  ///< as its file states it, upright
  /// How `data` has its pixels: 1 upright, else as Exif says; shown with upright().
  int orientation = 1;
};

/// The facsimile of page `index` of `file`, which was opened from `bytes`. Unless it is edited, its
/// coding is that of the file where documents can have it: a gray, YCbCr or RGB JPEG file is its
/// own facsimile, byte for byte, or recoded from the same coefficients; so are the strips of a TIFF
/// file with JPEG compression and a JP2 file of gray or sRGB, and the pixels of a PNG file without
/// transparency or interlacing. Everything else is decoded and encoded anew without loss, and so is
/// a PNG file that is shorter then: two colours by CCITT Group 4 or deflate, up to 256 with a
/// palette; gray if there are no colours. `page` is what `file` decodes the page to. Throws
/// Error(input_unreadable) without the file's name.
Facsimile facsimile_of(std::span<const std::byte> bytes, PageFile& file, int index,
                       const Image& page);

/// The facsimile of a page in memory, encoded without loss.
Facsimile facsimile_of(const Image& page);

}  // namespace ocrtune
