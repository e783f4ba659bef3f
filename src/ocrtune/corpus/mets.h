#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// A page that a METS file lists.
struct MetsPage {
  std::size_t number = 0;           ///< in the order of pages, from 1
  std::string label;                ///< one line; empty: none
  std::vector<std::string> places;  ///< of its image, as they stand there: paths, URLs; not empty
};

/// The pages of one group of files.
struct MetsPages {
  std::string group;                      ///< its USE
  std::vector<MetsPage> pages;            ///< in the order of the physical structure
  std::vector<std::size_t> without_file;  ///< numbers of pages that have no image in the group
};

/// Reads a METS file. `group` is the USE of the group whose images are taken; empty: OCR-D-IMG,
/// else MAX, ORIGINAL, MASTER, DEFAULT or PRESENTATION, in any case, else the only one that is not
/// of small images. Pages are those of the physical structure in its order, or if there is none,
/// the files of the group. Throws Error(input_unreadable), without the file's name, if the text is
/// no METS, exceeds the limits of XmlTree, has more than kMaxCanvases pages or no image, or if
/// there is no such group or a choice of several. Thread-safe.
MetsPages parse_mets(std::string_view text, const std::string& group);

}  // namespace ocrtune
