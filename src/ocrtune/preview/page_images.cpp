#include "ocrtune/preview/page_images.h"

#include <optional>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/picture.h"

namespace ocrtune {
namespace {

constexpr std::uint64_t kPageBytes = 256U << 20U;
constexpr std::uint64_t kThumbnailBytes = 32U << 20U;

}  // namespace

const Page& page_of(const Corpus& corpus, std::size_t index) {
  if (index < corpus.pages().size()) return corpus.pages()[index];
  throw Error(Errc::not_found, tr("no such page"));
}

PageImages::PageImages() : pages_(kPageBytes), thumbnails_(kThumbnailBytes) {}

Image PageImages::page(const Corpus& corpus, std::size_t index) {
  const ContentHash& key = page_of(corpus, index).identity();
  const auto kept = [&]() -> std::optional<Image> {
    const std::scoped_lock lock(mutex_);
    const Image* found = pages_.find(key);
    return found == nullptr ? std::nullopt : std::optional(*found);
  };
  if (auto found = kept()) return *std::move(found);
  const KeyedMutex::Lock turn(keyed_mutex_, key);
  if (auto found = kept()) return *std::move(found);
  Image image = corpus.image(index, true);
  const std::scoped_lock lock(mutex_);
  pages_.insert(key, image, pixel_bytes(image));
  return image;
}

std::string PageImages::thumbnail(const Corpus& corpus, std::size_t index) {
  const ContentHash& key = page_of(corpus, index).identity();
  {
    const std::scoped_lock lock(mutex_);
    if (const std::string* found = thumbnails_.find(key)) return *found;
  }
  std::string bytes =
      encode_picture(page(corpus, index), std::nullopt, kThumbnailWidth, PictureKind::jpeg).bytes;
  const std::scoped_lock lock(mutex_);
  thumbnails_.insert(key, bytes, bytes.size());
  return bytes;
}

}  // namespace ocrtune
