#pragma once

#include <gtest/gtest.h>

#include <opencv2/core.hpp>

#include "ocrtune/corpus/open_pages.h"
#include "support/encoded.h"
#include "support/images.h"

namespace ocrtune::test {

/// Page `index` of a file with these bytes.
inline Image decoded(const Bytes& bytes, int index = 0, const DecodeLimits& limits = {}) {
  return open_pages(bytes, limits)->decode(index);
}

/// Opens, counts and decodes every page.
inline void decode_all(const Bytes& bytes, const DecodeLimits& limits = {}) {
  const auto file = open_pages(bytes, limits);
  for (int i = 0; i < file->page_count(); ++i) {
    const Image image = file->decode(i);
    ASSERT_EQ(image.gray.type(), CV_8UC1);
    ASSERT_FALSE(image.gray.empty());
    ASSERT_TRUE(same_pixels(file->decode(i, true).gray, image.gray));
  }
}

}  // namespace ocrtune::test
