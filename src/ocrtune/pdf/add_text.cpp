#include "ocrtune/pdf/add_text.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "ocrtune/base/descriptor.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pdf/builder.h"
#include "ocrtune/pdf/pdf_edit.h"
#include "ocrtune/pdf/words_on_text.h"

namespace ocrtune {
namespace {

/// From px of the page as it is shown to its own coordinates. `quarters`: clockwise rotations with
/// which it is shown.
PdfMatrix matrix_of(const PdfBox& box, int quarters, double width, double height) {
  const double across = box.right - box.left;
  const double up = box.top - box.bottom;
  switch (quarters) {
    case 1:
      return {0, up / width, -across / height, 0, box.right, box.bottom};
    case 2:
      return {-across / width, 0, 0, -up / height, box.right, box.top};
    case 3:
      return {0, -up / width, across / height, 0, box.left, box.top};
    default:
      return {across / width, 0, 0, up / height, box.left, box.bottom};
  }
}

/// The largest part of the page, in its middle, that an image fills without being stretched. The
/// whole page if they differ by no more than rounding.
PdfBox box_of_image(const PdfBox& page, int quarters, const Facsimile& image) {
  constexpr double kRounded = 0.01;
  constexpr double kRoundedPx = 2;
  const bool states_resolution = image.dpi.x > 0 && image.dpi.y > 0;
  const double pixel = states_resolution ? image.dpi.y / image.dpi.x : 1;
  double shape = pixel * image.width / image.height;
  if (quarters % 2 == 1) shape = 1 / shape;
  const double across = page.right - page.left;
  const double up = page.top - page.bottom;
  const double wider = shape * up / across;
  if (std::abs(std::log(wider)) < kRounded + kRoundedPx / std::min(image.width, image.height))
    return page;
  const double width = wider < 1 ? across * wider : across;
  const double height = wider > 1 ? up / wider : up;
  const double left = page.left + (across - width) / 2;
  const double bottom = page.bottom + (up - height) / 2;
  return {left, bottom, left + width, bottom + height};
}

/// A file beside another one that is removed in the end.
class LayersFile {
 public:
  explicit LayersFile(std::filesystem::path beside) : path_(std::move(beside)) {
    path_ += ".layers";
  }
  ~LayersFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  LayersFile(const LayersFile&) = delete;
  LayersFile& operator=(const LayersFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A new file that is written piece by piece, in place of one of this name; removed unless it is
/// closed.
class OutputFile {
 public:
  explicit OutputFile(const std::filesystem::path& path) : path_(path) {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
    constexpr int kNew = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    file_.reset(::open(path_.c_str(), kNew, 0666));
    if (!file_.valid()) fail();
  }
  ~OutputFile() {
    std::error_code ignored;
    if (file_.valid()) std::filesystem::remove(path_, ignored);
  }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Throws Error(output_unwritable).
  void write(std::string_view piece) {
    if (!write_all(file_.get(), std::as_bytes(std::span(piece)))) fail();
  }

  /// Throws Error(output_unwritable).
  void close() {
    if (!file_.close()) fail();
  }

 private:
  [[noreturn]] void fail() {
    throw Error(Errc::output_unwritable,
                tr("{}: can't be written: {}", shown(path_),
                   system_message(std::error_code(errno, std::generic_category()))));
  }

  std::filesystem::path path_;
  Descriptor file_{-1};
};

/// Puts what is added to pages together, and notes what is done with them.
class Layers {
 public:
  Layers(PdfEdit& edit, const PdfTextOptions& options, PdfBuilder& builder, PdfWithText& result)
      : edit_(edit), options_(options), builder_(builder), result_(result) {}

  void add(int index, PdfPage page) {
    if (page.image) {
      put(page, edit_.prepare(index, PdfPageChange::keep_invisible, page.turns));
      return;
    }
    const PdfPageLook look = edit_.look(index);
    const bool shows_text = !look.shown.empty();
    if (shows_text && options_.existing == ExistingText::replace) {
      page.image = options_.picture(static_cast<std::size_t>(index));
      put(page, edit_.prepare(index, PdfPageChange::remove_all, page.turns));
      ++result_.pictures;
      return;
    }
    if (shows_text) remove_words_on_text(page.ocr_result, matrix(page, look.place), look.shown);
    if (shows_text && (options_.existing == ExistingText::keep || page.ocr_result.words.empty())) {
      ++result_.kept;
      return;
    }
    put(page, edit_.prepare(index, PdfPageChange::strip, page.turns));
    result_.added += shows_text ? 1 : 0;
    result_.replaced += look.has_hidden ? 1 : 0;
  }

  [[nodiscard]] bool has_pages() const { return has_pages_; }

 private:
  static PdfMatrix matrix(const PdfPage& page, const PdfPagePlace& place) {
    const auto& [box, quarters] = place;
    const PdfBox filled = page.image ? box_of_image(box, quarters, *page.image) : box;
    return matrix_of(filled, quarters, page.ocr_result.width, page.ocr_result.height);
  }

  void put(const PdfPage& page, const PdfPagePlace& place) {
    builder_.add(page, matrix(page, place), place.box);
    has_pages_ = true;
  }

  PdfEdit& edit_;
  const PdfTextOptions& options_;
  PdfBuilder& builder_;
  PdfWithText& result_;
  bool has_pages_ = false;
};

/// Writes a PDF of what is added to pages. True if it has pages.
bool write_layers(PdfEdit& edit, const PdfPages& pages, const std::filesystem::path& path,
                  const PdfTextOptions& options, PdfWithText& result) {
  OutputFile file(path);
  const TextSink sink = [&](std::string_view piece) { file.write(piece); };
  PdfWriter writer(sink);
  PdfBuilder builder(writer, edit.unused_names());
  Layers layers(edit, options, builder, result);
  for (int i = 0; i < edit.page_count(); ++i) {
    std::optional<PdfPage> added = pages.page(static_cast<std::size_t>(i));
    if (!added || added->ocr_result.width < 1 || added->ocr_result.height < 1) continue;
    layers.add(i, std::move(*added));
  }
  builder.finish("", 0);
  file.close();
  return layers.has_pages();
}

}  // namespace

const std::vector<std::string>& existing_text_names() {
  static const std::vector<std::string> kNames{"keep", "add", "replace"};
  return kNames;
}

ExistingText existing_text_named(const std::string& name) {
  const auto found = std::ranges::find(existing_text_names(), name);
  if (found == existing_text_names().end()) throw Error(Errc::invalid_argument, name);
  return static_cast<ExistingText>(found - existing_text_names().begin());
}

std::string why_pages_cannot_be_kept(std::span<const std::byte> pdf) {
  try {
    return PdfEdit(pdf).is_encrypted() ? tr("it is encrypted") : "";
  } catch (const Error& error) {
    if (error.code() != Errc::input_unreadable) throw;
    return tr("it is damaged");
  }
}

PdfWithText write_pdf_with_text(std::span<const std::byte> original, const PdfPages& pages,
                                const std::filesystem::path& path, const PdfTextOptions& options) {
  PdfEdit edit(original);
  PdfWithText result{.was_signed = edit.is_signed()};
  const LayersFile layers(path);
  const bool has_layers = write_layers(edit, pages, layers.path(), options, result);
  OutputFile file(path);
  edit.write(has_layers ? layers.path() : std::filesystem::path(),
             [&](std::span<const std::byte> piece) {
               file.write({reinterpret_cast<const char*>(piece.data()), piece.size()});
             });
  file.close();
  return result;
}

}  // namespace ocrtune
