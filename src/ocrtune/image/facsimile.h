#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ocrtune/image/page_file.h"

namespace ocrtune {

/// An original page in a form that documents such as PDF can embed: encoded, upright, without
/// transparency.
struct Facsimile {
  /// How the pixels are encoded.
  enum class Coding {
    jpeg,      ///< a JPEG file
    png_rows,  ///< rows with PNG's filters, deflated in zlib's format, as in PNG's IDAT
    group4     ///< CCITT Group 4 (ITU-T T.6), white as 0 bits; 1 bit, gray
  };

  Coding coding = Coding::jpeg;    ///< of `data`
  int width = 0;                   ///< px
  int height = 0;                  ///< px
  int channels = 1;                ///< 1 gray or index into the palette, 3 RGB
  int bits = 8;                    ///< of a sample
  std::vector<std::byte> palette;  ///< RGB after RGB; empty: none
  std::vector<std::byte> data;     ///< the page, in that coding
  Resolution dpi;                  ///< as its file states it
};

/// The facsimile of page `index` of `file`, which was opened from `bytes`. Unless it is edited, a
/// gray or YCbCr JPEG file that needs no rotation is its own facsimile, byte for byte, and so are
/// the pixels of a PNG file without transparency or interlacing. Everything else is decoded and
/// encoded anew without loss: with 1 bit per pixel if there is only black and white, in the shorter
/// of two codings; gray if there are no colours. `page` is what `file` decodes the page to. Throws
/// Error(input_unreadable) without the file's name.
Facsimile facsimile_of(std::span<const std::byte> bytes, PageFile& file, int index,
                       const Image& page);

/// The facsimile of a page in memory, encoded without loss.
Facsimile facsimile_of(const Image& page);

}  // namespace ocrtune
