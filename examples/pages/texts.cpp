#include "pages/texts.h"

namespace ocrtune::examples {

std::span<const Topic> topics(Language language) {
  return language == Language::english ? english_topics() : french_topics();
}

}  // namespace ocrtune::examples
