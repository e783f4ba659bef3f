#include "ocrtune/ocr/layout/outlines.h"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <vector>

#include "ocrtune/image/pix.h"
#include "ocrtune/ocr/layout/prober.h"
#include "ocrtune/ocr/layout/tesseract_symbol.h"
#include "ocrtune/ocr/layout/verified_version.h"
#include "support/sanitized.h"

namespace ocrtune::layout {

// As in outlines.cpp, with Tesseract's names.

struct CrackOfOutline {
  std::int16_t x;
  std::int16_t y;
  std::int8_t stepx;
  std::int8_t stepy;
  std::int8_t stepdir;
  CrackOfOutline* prev;
  CrackOfOutline* next;
};

struct alignas(8) PageBlock {
  std::array<std::byte, 128> bytes;  // of a PDBLK, which has no more than 40
};

void make_block(PageBlock* block, std::int16_t left, std::int16_t bottom, std::int16_t right,
                std::int16_t top) __asm__("_ZN9tesseract5PDBLKC1Essss");
void find_edges(PIX* page, PageBlock* block, void* outlines) __asm__(
    "_ZN9tesseract11block_edgesENS_5ImageEPNS_5PDBLKEPNS_12C_OUTLINE_ITE");
void note_edge(CrackOfOutline* ring, void* outlines)
    OCRTUNE_REPLACES("_ZN9tesseract13complete_edgeEPNS_9CRACKEDGEEPNS_12C_OUTLINE_ITE");
std::int16_t count_line(void* lines, std::int16_t y, std::int16_t* width)
    OCRTUNE_REPLACES("_ZN9tesseract13BLOCK_LINE_IT8get_lineEsRs");

namespace {

/// What it allocates is freed by an inline function of Tesseract, which isn't here.
PageBlock block_of(int left, int bottom, int right, int top) {
  const test::LibraryLeaks leaks;
  const auto coordinate = [](int value) { return static_cast<std::int16_t>(value); };
  PageBlock block{};
  make_block(&block, coordinate(left), coordinate(bottom), coordinate(right), coordinate(top));
  return block;
}

struct Step {
  int x;
  int y;
  int step_x;
  int step_y;
  int direction;
  auto operator<=>(const Step&) const = default;
};

using Outline = std::vector<Step>;

thread_local std::vector<Outline>* noted = nullptr;
thread_local int lines_asked = 0;

}  // namespace

/// Notes what Tesseract or ours sends while it is tested.
void note_edge(CrackOfOutline* ring, void* outlines) {
  if (noted == nullptr) {
    static const auto kOwn = tesseracts_own<void (*)(CrackOfOutline*, void*)>(
        "_ZN9tesseract13complete_edgeEPNS_9CRACKEDGEEPNS_12C_OUTLINE_ITE");
    kOwn(ring, outlines);
    return;
  }
  Outline& outline = noted->emplace_back();
  const CrackOfOutline* edge = ring;
  do {
    EXPECT_EQ(edge->next->prev, edge);
    outline.push_back({edge->x, edge->y, edge->stepx, edge->stepy, edge->stepdir});
    edge = edge->next;
  } while (edge != ring);
}

/// Counts the rows of which Tesseract's own search asks where in the block they are.
std::int16_t count_line(void* lines, std::int16_t y, std::int16_t* width) {
  static const auto kOwn = tesseracts_own<std::int16_t (*)(void*, std::int16_t, std::int16_t*)>(
      "_ZN9tesseract13BLOCK_LINE_IT8get_lineEsRs");
  ++lines_asked;
  return kOwn(lines, y, width);
}

namespace {

PixPtr random_page(int width, int height, int content, std::mt19937& random) {
  PixPtr page(pixCreate(width, height, 1));
  // Beyond the width, a row may have any bits.
  for (int y = 0; y < height; ++y) {
    l_uint32* const row = pixGetData(page.get()) + std::ptrdiff_t{y} * pixGetWpl(page.get());
    for (int i = 0; i < pixGetWpl(page.get()); ++i) {
      const auto any = [&] { return static_cast<l_uint32>(random()); };
      switch (content) {
        case 0:
          row[i] = any();
          break;
        case 1:
          row[i] = any() & any() & any() & any();
          break;
        case 2:
          row[i] = any() | any() | any() | any();
          break;
        default:
          row[i] = random() % 3 == 0 ? any() | any() << 1 : random() % 2 == 0 ? 0 : 0xffffffff;
          break;
      }
    }
  }
  // Shapes that are larger than a word.
  for (int i = 0; content == 3 && i < 6; ++i) {
    const auto at = [&](int most) {
      return static_cast<int>(random() % static_cast<unsigned>(most));
    };
    pixRasterop(page.get(), at(width), at(height), 1 + at(width), 1 + at(height),
                i % 2 == 0 ? PIX_SET : PIX_CLR, nullptr, 0, 0);
  }
  return page;
}

std::vector<Outline> outlines_of(PIX* page, PageBlock& block) {
  std::vector<Outline> found;
  noted = &found;
  find_edges(page, &block, nullptr);
  noted = nullptr;
  return found;
}

std::vector<Outline> quick_outlines_of(PIX* page, PageBlock& block,
                                       bool is_left_to_tesseract = false) {
  const QuickOutlines quick;
  lines_asked = 0;
  std::vector<Outline> found = outlines_of(page, block);
  EXPECT_EQ(lines_asked > 0, is_left_to_tesseract);
  return found;
}

class Outlines : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_verified_version()) GTEST_SKIP() << "another Tesseract: nothing is replaced";
  }
};

TEST_F(Outlines, AreTesseracts) {
  std::mt19937 random(1);
  const auto size = [&] { return 1 + static_cast<int>(random() % (random() % 4 == 0 ? 200 : 40)); };
  for (int round = 0; round < 400; ++round) {
    const int width = round % 8 == 0 ? 32 * (1 + round / 8 % 4) : size();
    const int height = size();
    const PixPtr page = random_page(width, height, round % 4, random);
    PageBlock block = block_of(0, 0, width, height);
    const std::vector<Outline> wanted = outlines_of(page.get(), block);
    ASSERT_EQ(quick_outlines_of(page.get(), block), wanted) << width << " x " << height;
    ASSERT_TRUE(!wanted.empty() || width * height < 2000);
  }
}

/// As layout analysis searches, the page is whole.
TEST_F(Outlines, OfAPageThatIsAnalysed) {
  std::mt19937 random(3);
  const PixPtr page = random_page(300, 200, 1, random);
  const auto prober = open_prober({}, kCoarseSight);
  prober->api.SetImage(page.get());
  const QuickOutlines quick;
  lines_asked = 0;
  std::vector<Outline> found;
  noted = &found;
  const std::unique_ptr<tesseract::PageIterator> none(prober->api.AnalyseLayout(false));
  noted = nullptr;
  EXPECT_EQ(lines_asked, 0);
  EXPECT_GT(found.size(), 100U);
}

/// A block that isn't the whole page is left to Tesseract.
TEST_F(Outlines, OfAPartOfAPage) {
  std::mt19937 random(2);
  const PixPtr page = random_page(70, 50, 1, random);
  PageBlock whole = block_of(0, 0, 70, 50);
  PageBlock part = block_of(3, 5, 64, 40);
  const std::vector<Outline> wanted = outlines_of(page.get(), part);
  EXPECT_EQ(quick_outlines_of(page.get(), part, true), wanted);
  EXPECT_NE(wanted, outlines_of(page.get(), whole));
}

TEST_F(Outlines, OfPagesOfOneColour) {
  for (const bool black : {false, true}) {
    PixPtr page(pixCreate(65, 9, 1));
    if (black) pixSetAll(page.get());
    PageBlock block = block_of(0, 0, 65, 9);
    const std::vector<Outline> wanted = outlines_of(page.get(), block);
    EXPECT_EQ(wanted.size(), black ? 1U : 0U);
    EXPECT_EQ(quick_outlines_of(page.get(), block), wanted);
  }
}

}  // namespace
}  // namespace ocrtune::layout
