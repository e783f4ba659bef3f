#pragma once

#include <span>
#include <string_view>

#include "pages/language.h"

namespace ocrtune::examples {

/// A heading and the paragraphs below it, in UTF-8 NFC. `~` stands for a no-break space.
struct Topic {
  std::string_view heading;
  std::span<const std::string_view> paragraphs;
};

/// The prose for pages, written for this program. Never empty, and no topic is without paragraphs.
std::span<const Topic> topics(Language language);

/// The parts of topics(), one file each.
std::span<const Topic> english_topics();
std::span<const Topic> french_topics();

}  // namespace ocrtune::examples
