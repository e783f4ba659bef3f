#include "ocrtune/pdf/program/smaller_images.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ocrtune/pdf/image_coding.h"

namespace ocrtune {
namespace {

/// Objects that are looked at for one answer.
constexpr int kObjectsAtOnce = 2000;
constexpr long long kMostSide = 100'000;
constexpr std::size_t kMostSamples = 400'000'000;
/// With fewer samples there is nothing to win.
constexpr std::size_t kFewestSamples = 256;
/// A dictionary may grow by so much.
constexpr std::size_t kEntries = 64;

/// Codings that bits do not get shorter in.
bool is_bilevel_coding(const std::string& filter) {
  return filter == "/JBIG2Decode" || filter == "/CCITTFaxDecode";
}

}  // namespace

SmallerImages::SmallerImages(std::span<const std::byte> bytes) : pdf_(bytes) {
  last_ = static_cast<int>(std::clamp<long long>(
      pdf_.integer(pdf_.key(pdf_.trailer(), "/Size")) - 1, 0,
      static_cast<long long>(std::min<std::size_t>(bytes.size(), 100'000'000))));
  find_soft_masks();
}

SmallerImages::Object SmallerImages::image(int object) {
  const Object found = pdf_.object(object);
  const bool is_image =
      pdf_.is_stream(found) && pdf_.is_name(pdf_.key(pdf_.entries_of(found), "/Subtype"), "/Image");
  return is_image ? found : 0;
}

/// A soft mask must be gray.
void SmallerImages::find_soft_masks() {
  for (int object = 1; object <= last_; ++object) {
    if (const Object found = image(object); found != 0) {
      if (const int mask = pdf_.id(pdf_.key(pdf_.entries_of(found), "/SMask")); mask != 0)
        soft_masks_.insert(mask);
    }
    if (object % kObjectsAtOnce == 0) pdf_.release();
  }
  pdf_.release();
}

SmallerImages::Candidate SmallerImages::next(int from, int& continues) {
  const int end = from > last_ - kObjectsAtOnce ? last_ + 1 : from + kObjectsAtOnce;
  Candidate found;
  int object = std::max(1, from);
  for (; object < end && found.object == 0; ++object) {
    const Object one = image(object);
    const std::optional<SampleForm> form =
        one == 0 ? std::nullopt : form_of(pdf_.entries_of(one), object);
    if (form) found = {.object = object, .samples = form->bytes()};
  }
  continues = object <= last_ ? object : 0;
  pdf_.release();
  return found;
}

std::size_t SmallerImages::components_of(Object space) {
  const std::vector<Object> parts = pdf_.items(space);
  if (parts.empty()) return 0;
  const std::string kind = pdf_.name(parts.front());
  if (kind == "/ICCBased" && parts.size() == 2 && pdf_.is_stream(parts[1])) {
    const long long count = pdf_.integer(pdf_.key(pdf_.entries_of(parts[1]), "/N"));
    return count == 1 || count == 3 || count == 4 ? static_cast<std::size_t>(count) : 0;
  }
  for (const char* one : {"/DeviceGray", "/CalGray", "/Indexed", "/Separation"})
    if (kind == one) return 1;
  for (const char* three : {"/DeviceRGB", "/CalRGB", "/Lab"})
    if (kind == three) return 3;
  return kind == "/DeviceCMYK" ? 4 : 0;
}

/// Nothing if the image can't be coded anew.
std::optional<SampleForm> SmallerImages::form_of(Object entries, int object) {
  const long long width = pdf_.integer(pdf_.key(entries, "/Width"));
  const long long height = pdf_.integer(pdf_.key(entries, "/Height"));
  const bool is_stencil = pdf_.is_true(pdf_.key(entries, "/ImageMask"));
  const Object space = pdf_.key(entries, "/ColorSpace");
  const std::size_t components = is_stencil ? 1 : components_of(space);
  const long long bits = is_stencil ? 1 : pdf_.integer(pdf_.key(entries, "/BitsPerComponent"));
  const bool is_usual = bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
  if (width < 1 || height < 1 || width > kMostSide || height > kMostSide || components == 0 ||
      !is_usual || pdf_.is_stream(pdf_.key(entries, "/F")))
    return std::nullopt;
  const std::vector<Object> parts = pdf_.items(space);
  const bool is_indexed = !parts.empty() && pdf_.name(parts.front()) == "/Indexed";
  // Values that are named one by one would have to be changed too.
  const bool names_values = pdf_.is_array(pdf_.key(entries, "/Mask"));
  const bool has_decode = pdf_.is_array(pdf_.key(entries, "/Decode"));
  if (names_values && bits == 8) return std::nullopt;
  const SampleForm form{
      .width = static_cast<std::size_t>(width),
      .height = static_cast<std::size_t>(height),
      .components = components,
      .bits = static_cast<std::size_t>(bits),
      .is_indexed = is_indexed,
      .may_be_indexed = !is_indexed && !is_stencil && !has_decode && !soft_masks_.contains(object)};
  if (is_indexed && has_decode && bits == 8) return std::nullopt;
  const bool is_fit = form.bytes() >= kFewestSamples && form.bytes() <= kMostSamples;
  return is_fit ? std::optional(form) : std::nullopt;
}

std::optional<RecodedImage> SmallerImages::recoded(Object image, int object) {
  const Object entries = pdf_.entries_of(image);
  const std::optional<SampleForm> form = form_of(entries, object);
  if (!form) return std::nullopt;
  const std::vector<Object> filters = pdf_.items(pdf_.key(entries, "/Filter"));
  const std::string last = filters.empty() ? "" : pdf_.name(filters.back());
  if (is_bilevel_coding(last) || last == "/JPXDecode") return std::nullopt;
  if (last == "/DCTDecode") {
    const bool has_parameters = pdf_.is_dictionary(pdf_.key(entries, "/DecodeParms"));
    const std::optional<std::string> jpeg =
        filters.size() == 1 && !has_parameters ? pdf_.raw(image) : std::nullopt;
    return jpeg ? recoded_jpeg(*form, *jpeg) : std::nullopt;
  }
  std::optional<std::string> samples = pdf_.samples(image);
  if (!samples || samples->size() < form->bytes()) return std::nullopt;
  samples->resize(form->bytes());
  return recoded_samples(*form, *samples);
}

std::size_t SmallerImages::shorten(int object) {
  const Object found = image(object);
  if (found == 0) return 0;
  const long long before = pdf_.integer(pdf_.key(pdf_.entries_of(found), "/Length"));
  const std::optional<RecodedImage> made = recoded(found, object);
  std::size_t saved = 0;
  if (made) {
    const std::size_t after = made->data.size() + 2 * made->palette.size() + kEntries;
    if (before > 0 && after < static_cast<std::size_t>(before)) {
      saved = static_cast<std::size_t>(before) - after;
      replace(found, *made);
      held_ += made->data.size();
    }
  }
  pdf_.release();
  return saved;
}

void SmallerImages::replace(Object image, const RecodedImage& recoded) {
  const Object entries = pdf_.entries_of(image);
  if (!recoded.palette.empty()) {
    const std::size_t components = components_of(pdf_.key(entries, "/ColorSpace"));
    pdf_.set(entries, "/ColorSpace",
             pdf_.array({pdf_.parsed("/Indexed"), pdf_.key(entries, "/ColorSpace"),
                         pdf_.parsed(std::to_string(recoded.palette.size() / components - 1)),
                         pdf_.parsed(hexadecimal_string(recoded.palette))}));
  }
  if (!pdf_.is_true(pdf_.key(entries, "/ImageMask")))
    pdf_.set(entries, "/BitsPerComponent", pdf_.parsed(std::to_string(recoded.bits)));
  pdf_.replace_coded(image, recoded.data, recoded.filter, recoded.parameters);
}

}  // namespace ocrtune
