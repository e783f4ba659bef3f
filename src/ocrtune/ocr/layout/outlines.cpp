#include "ocrtune/ocr/layout/outlines.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "ocrtune/ocr/layout/tesseract_symbol.h"
#include "ocrtune/ocr/layout/verified_version.h"

// tesseract::block_edges(Image, PDBLK*, C_OUTLINE_IT*)
#define OCRTUNE_BLOCK_EDGES "_ZN9tesseract11block_edgesENS_5ImageEPNS_5PDBLKEPNS_12C_OUTLINE_ITE"
// tesseract::complete_edge(CRACKEDGE*, C_OUTLINE_IT*)
#define OCRTUNE_COMPLETE_EDGE "_ZN9tesseract13complete_edgeEPNS_9CRACKEDGEEPNS_12C_OUTLINE_ITE"
// tesseract::PDBLK::PDBLK(short, short, short, short): coordinates are 32-bit integers otherwise
#define OCRTUNE_BLOCK_OF_SHORTS "_ZN9tesseract5PDBLKC1Essss"

namespace ocrtune::layout {

/// Tesseract's `CRACKEDGE`: a step of one pixel along an outline, in a ring. y is upwards.
struct CrackEdge {
  std::int16_t x;
  std::int16_t y;
  std::int8_t step_x;
  std::int8_t step_y;
  std::int8_t direction;  ///< 0 to 3: left, down, right, up
  CrackEdge* previous;
  CrackEdge* next;
};

/// Tesseract's `ICOORDELT`, a vertex of a block's side.
struct SideVertex {
  SideVertex* next;
  std::int16_t x;
  std::int16_t y;
};

/// Tesseract's `PDBLK`.
struct BlockOnPage {
  void* polygon;
  SideVertex* left;  ///< the last vertex of a ring
  SideVertex* right;
  std::array<std::int16_t, 4> box;  ///< left, bottom, right, top
};

/// Adds an outline to Tesseract's list.
void complete_edge(CrackEdge* ring, void* outlines) OCRTUNE_MAY_CALL(OCRTUNE_COMPLETE_EDGE);
void block_of_shorts() OCRTUNE_MAY_CALL(OCRTUNE_BLOCK_OF_SHORTS);

namespace {

thread_local bool is_quick = false;

/// Edges that are in no outline any more are used again.
class EdgePool {
 public:
  CrackEdge* take() {
    if (free_ != nullptr) return std::exchange(free_, free_->next);
    if (used_ == kChunk) {
      chunks_.push_back(std::make_unique_for_overwrite<CrackEdge[]>(kChunk));
      used_ = 0;
    }
    return &chunks_.back()[used_++];
  }

  /// Takes a whole ring back.
  void give_back(CrackEdge* ring) {
    ring->previous->next = free_;
    free_ = ring;
  }

 private:
  static constexpr std::size_t kChunk = 2048;

  std::vector<std::unique_ptr<CrackEdge[]>> chunks_;
  std::size_t used_ = kChunk;  // of the last chunk
  CrackEdge* free_ = nullptr;
};

/// A pixel among its neighbours. 1 is black.
struct Corner {
  std::int16_t x;
  std::int16_t y;
  int pixel;
  int left;
  int above;
};

/// The outlines of a page in the order in which Tesseract's raster scan closes them.
class OutlineScan {
 public:
  OutlineScan(int width, void* outlines)
      : open_(static_cast<std::size_t>(width) + 1), width_(width), outlines_(outlines) {}

  /// Adds a row at y, from its pixels and those above, a bit for each from the highest on; those
  /// beyond the width are 0.
  void add_row(int y, const std::uint32_t* row, const std::uint32_t* above) {
    std::uint32_t row_before = 0;
    std::uint32_t above_before = 0;
    current_ = nullptr;
    for (int x = 0; x < width_; x += 32, ++row, ++above) {
      const std::uint32_t left = *row >> 1 | row_before << 31;
      const std::uint32_t above_left = *above >> 1 | above_before << 31;
      std::uint32_t changes = (*row ^ left) | (*above ^ above_left) | (*row ^ *above);
      if (width_ - x < 32) changes &= ~(~std::uint32_t{0} >> (width_ - x));
      row_before = *row & 1;
      above_before = *above & 1;
      while (changes != 0) {
        const int bit = std::countl_zero(changes);
        changes ^= std::uint32_t{0x80000000} >> bit;
        const auto at = [bit](std::uint32_t word) {
          return static_cast<int>(word >> (31 - bit) & 1);
        };
        visit({static_cast<std::int16_t>(x + bit), static_cast<std::int16_t>(y), at(*row), at(left),
               at(*above)});
      }
    }
    end_row(y, static_cast<int>(row[-1] >> (31 - (width_ - 1) % 32) & 1));
  }

 private:
  /// Tesseract's cases: white is connected by edges, black by corners too.
  void visit(const Corner& corner) {
    CrackEdge*& open = open_[static_cast<std::size_t>(corner.x)];
    const bool turns = corner.pixel != corner.left;
    const bool differs = corner.pixel != corner.above;
    if (open == nullptr) {
      if (turns) open = current_ = vertical(corner, current_);
      current_ = differs ? horizontal(corner, current_) : nullptr;
    } else if (!turns) {
      if (differs) {
        current_ = horizontal(corner, open);
      } else {
        join(current_, open);
        current_ = nullptr;
      }
      open = nullptr;
    } else if (!differs) {
      open = vertical(corner, open);
    } else if (corner.pixel == 0) {
      join(current_, open);
      current_ = horizontal(corner, nullptr);
      open = vertical(corner, current_);
    } else {
      CrackEdge* const ahead = horizontal(corner, open);
      open = vertical(corner, current_);
      current_ = ahead;
    }
  }

  /// `last`: the row's last pixel. What isn't closed goes on downwards at the edge of the page.
  void end_row(int y, int last) {
    CrackEdge*& open = open_[static_cast<std::size_t>(width_)];
    if (current_ != nullptr && open != nullptr) {
      join(current_, open);
      open = nullptr;
    } else if (CrackEdge* const edge = current_ != nullptr ? current_ : open; edge != nullptr) {
      open = vertical({.x = static_cast<std::int16_t>(width_),
                       .y = static_cast<std::int16_t>(y),
                       .pixel = 1 - last,
                       .left = last,
                       .above = 0},
                      edge);
    }
  }

  CrackEdge* horizontal(const Corner& corner, CrackEdge* with) {
    CrackEdge& edge = *pool_.take();
    const bool leftwards = corner.pixel > corner.above;
    edge.x = static_cast<std::int16_t>(corner.x + (leftwards ? 1 : 0));
    edge.y = static_cast<std::int16_t>(corner.y + 1);
    edge.step_x = leftwards ? -1 : 1;
    edge.step_y = 0;
    edge.direction = leftwards ? 0 : 2;
    return attach(edge, with);
  }

  CrackEdge* vertical(const Corner& corner, CrackEdge* with) {
    CrackEdge& edge = *pool_.take();
    const bool upwards = corner.left > corner.pixel;
    edge.x = corner.x;
    edge.y = static_cast<std::int16_t>(corner.y + (upwards ? 0 : 1));
    edge.step_x = 0;
    edge.step_y = upwards ? 1 : -1;
    edge.direction = upwards ? 3 : 1;
    return attach(edge, with);
  }

  static bool leads_to(const CrackEdge& edge, const CrackEdge& next) {
    return edge.x + edge.step_x == next.x && edge.y + edge.step_y == next.y;
  }

  /// Puts an edge at that end of a chain to which it leads, or which leads to it. The ends of a
  /// chain are neighbours, as if it were closed.
  static CrackEdge* attach(CrackEdge& edge, CrackEdge* with) {
    if (with == nullptr) {
      edge.previous = edge.next = &edge;
    } else if (leads_to(edge, *with)) {
      edge.previous = with->previous;
      edge.next = with;
    } else {
      edge.previous = with;
      edge.next = with->next;
    }
    edge.previous->next = &edge;
    edge.next->previous = &edge;
    return &edge;
  }

  /// Joins two chains, or closes one.
  void join(CrackEdge* first, CrackEdge* second) {
    if (!leads_to(*first, *second)) std::swap(first, second);
    if (first->next == second) {
      complete_edge(first, outlines_);
      pool_.give_back(first);
      return;
    }
    second->previous->next = first->next;
    first->next->previous = second->previous;
    first->next = second;
    second->previous = first;
  }

  EdgePool pool_;
  std::vector<CrackEdge*> open_;  // the vertical edge at each column of the row above, if any
  int width_;
  void* outlines_;
  CrackEdge* current_ = nullptr;  // the horizontal edge that ends where the scan is
};

/// Whether a side of a block runs from the bottom of the page to its top at x. Tesseract adds the
/// vertices of some blocks twice.
bool is_side(const SideVertex* last, int x, int height) {
  constexpr int kMax = 4;
  if (last == nullptr || last->y != height) return false;
  const SideVertex* vertex = last;
  for (int i = 0; i < kMax; ++i) {
    vertex = vertex->next;
    if (vertex == nullptr || vertex->x != x || vertex->y != (i % 2 == 0 ? 0 : height)) return false;
    if (vertex == last) return true;
  }
  return false;
}

bool is_whole_page(const BlockOnPage& block, int width, int height) {
  constexpr int kMax = 32'766;  // px; the right and upper neighbours of edges have coordinates too
  return width <= kMax && height <= kMax && block.polygon == nullptr && block.box[0] == 0 &&
         block.box[1] == 0 && block.box[2] == width && block.box[3] == height &&
         is_side(block.left, 0, height) && is_side(block.right, width, height);
}

/// What `block_edges` does for a whole page.
void scan_page(PIX* page, void* outlines) {
  const int width = pixGetWidth(page);
  const int height = pixGetHeight(page);
  const auto words = static_cast<std::size_t>(width + 31) / 32;
  std::vector<std::uint32_t> row(words);
  std::vector<std::uint32_t> above(words);
  OutlineScan scan(width, outlines);
  for (int y = height - 1; y >= -1; --y) {
    if (y >= 0) {
      const l_uint32* const from =
          pixGetData(page) + std::ptrdiff_t{pixGetWpl(page)} * (height - 1 - y);
      std::copy(from, from + words, row.begin());
      if (width % 32 != 0) row.back() &= ~(~std::uint32_t{0} >> (width % 32));
    } else {
      std::ranges::fill(row, 0);
    }
    scan.add_row(y, row.data(), above.data());
    row.swap(above);
  }
}

using BlockEdges = void (*)(PIX*, const BlockOnPage*, void*);

}  // namespace

/// An Image of Tesseract is passed as the pointer that it consists of.
void block_edges(PIX* page, const BlockOnPage* block, void* outlines)
    OCRTUNE_REPLACES(OCRTUNE_BLOCK_EDGES);

void block_edges(PIX* page, const BlockOnPage* block, void* outlines) {
  if (is_quick && complete_edge != nullptr && block_of_shorts != nullptr &&
      is_whole_page(*block, pixGetWidth(page), pixGetHeight(page))) {
    scan_page(page, outlines);
    return;
  }
  static const auto kOwn = tesseracts_own<BlockEdges>(OCRTUNE_BLOCK_EDGES);
  kOwn(page, block, outlines);
}

QuickOutlines::QuickOutlines() : RaisedFlag(is_quick, is_verified_version()) {}

}  // namespace ocrtune::layout
