#include "ocrtune/pdf/add_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pdf/builder.h"
#include "ocrtune/pdf/content.h"
#include "ocrtune/pdf/metadata.h"
#include "ocrtune/pdf/qpdf_file.h"

namespace ocrtune {
namespace {

using Object = QpdfFile::Object;

/// Forms in forms are looked at to this depth.
constexpr int kDeepestForm = 4;
constexpr std::size_t kMaxContents = 10'000;

std::optional<PdfBox> box_of(QpdfFile& pdf, Object page, const char* name) {
  const std::vector<double> sides = pdf.numbers(pdf.key(page, name));
  if (sides.size() != 4) return std::nullopt;
  const auto [left, right] = std::minmax(sides[0], sides[2]);
  const auto [bottom, top] = std::minmax(sides[1], sides[3]);
  // Also false for what is no number.
  const bool is_box =
      right - left > 0 && top - bottom > 0 && right - left < 1e6 && top - bottom < 1e6;
  return is_box ? std::optional(PdfBox{left, bottom, right, top}) : std::nullopt;
}

/// The part of the page that viewers show.
PdfBox shown_box(QpdfFile& pdf, Object page) {
  const PdfBox media = box_of(pdf, page, "/MediaBox").value_or(PdfBox{0, 0, 612, 792});
  const std::optional<PdfBox> crop = box_of(pdf, page, "/CropBox");
  if (!crop) return media;
  const PdfBox shown{std::max(media.left, crop->left), std::max(media.bottom, crop->bottom),
                     std::min(media.right, crop->right), std::min(media.top, crop->top)};
  return shown.right > shown.left && shown.top > shown.bottom ? shown : media;
}

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

int quarters_of(long long degrees) { return static_cast<int>((degrees / 90 % 4 + 4) % 4); }

std::size_t visible_bytes(const OcrResult& ocr_result) {
  std::size_t bytes = 0;
  for (const Word& word : ocr_result.words) bytes += word.text.size();
  return bytes;
}

/// A form without its invisible text, not yet in the PDF.
struct StrippedForm {
  Object stream = 0;
  std::string content;
};

/// All content of a page.
struct PageContent {
  std::optional<VisibleContent> own;  // nothing if it cannot be decoded
  std::string invisible;              // that of the page itself
  std::vector<StrippedForm> forms;    // with invisible text
  std::size_t shown = 0;              // bytes of visible strings
};

class PageTexts {
 public:
  explicit PageTexts(QpdfFile& original) : pdf_(original) {}

  PageContent content_of(Object page) {
    PageContent content;
    std::string joined;
    const std::vector<Object> streams = pdf_.items(pdf_.key(page, "/Contents"));
    if (streams.size() > kMaxContents) return content;
    for (const Object stream : streams) {
      if (!pdf_.is_stream(stream)) continue;
      const std::optional<std::string> bytes = pdf_.decoded(stream);
      if (!bytes) return content;
      joined += *bytes + "\n";
    }
    content.own = visible_content(joined);
    content.invisible = invisible_content(joined);
    content.shown = content.own->shown;
    seen_.clear();
    look_at_forms(pdf_.key(page, "/Resources"), content.own->drawn, content, 0);
    return content;
  }

  /// Removes invisible text from a page and its forms.
  void strip(Object page, const PageContent& content) {
    for (const StrippedForm& form : content.forms) pdf_.replace(form.stream, form.content);
    if (content.own && content.own->changed)
      pdf_.set(page, "/Contents", pdf_.stream(content.own->content));
  }

  /// Replaces what a page shows by nothing, but for its invisible text.
  void keep_invisible(Object page, const PageContent& content) {
    pdf_.set(page, "/Contents", pdf_.stream(content.invisible));
    const Object resources = pdf_.dictionary();
    const Object fonts = pdf_.key(pdf_.key(page, "/Resources"), "/Font");
    if (pdf_.is_dictionary(fonts)) pdf_.set(resources, "/Font", fonts);
    pdf_.set(page, "/Resources", resources);
  }

  /// Adds what `layer`, a page of `layers`, shows below everything else.
  void lay_under(Object page, QpdfFile& layers, Object layer, const std::set<std::string>& gone) {
    std::vector<Object> contents{pdf_.copied_from(layers, layers.key(layer, "/Contents"))};
    for (const Object stream : pdf_.items(pdf_.key(page, "/Contents"))) {
      if (pdf_.is_stream(stream)) contents.push_back(stream);
    }
    pdf_.set(page, "/Contents", pdf_.array(contents));
    const Object resources = pdf_.copied(pdf_.key(page, "/Resources"));
    const Object added = layers.key(layer, "/Resources");
    for (const char* kind : {"/Font", "/XObject"}) {
      const Object all = pdf_.copied(pdf_.key(resources, kind));
      if (std::string_view(kind) == "/Font") {
        for (const std::string& font : gone) pdf_.remove(all, "/" + font);
      }
      const Object more = layers.key(added, kind);
      for (const std::string& name : layers.keys(more))
        pdf_.set(all, name, pdf_.copied_from(layers, layers.key(more, name.c_str())));
      if (!pdf_.keys(all).empty()) pdf_.set(resources, kind, all);
    }
    pdf_.set(page, "/Resources", resources);
  }

 private:
  void look_at_forms(Object resources, const std::set<std::string>& drawn, PageContent& content,
                     int depth) {
    if (depth == kDeepestForm) return;
    const Object objects = pdf_.key(resources, "/XObject");
    for (const std::string& name : drawn) {
      const Object form = pdf_.key(objects, ("/" + name).c_str());
      if (!pdf_.is_stream(form) || !seen_.insert(pdf_.id(form)).second) continue;
      const Object entries = pdf_.entries_of(form);
      if (!pdf_.is_name(pdf_.key(entries, "/Subtype"), "/Form")) continue;
      const std::optional<std::string> bytes = pdf_.decoded(form);
      if (!bytes) continue;
      VisibleContent visible = visible_content(*bytes);
      content.shown += visible.shown;
      look_at_forms(pdf_.key(entries, "/Resources"), visible.drawn, content, depth + 1);
      if (visible.changed) content.forms.push_back({form, std::move(visible.content)});
    }
  }

  QpdfFile& pdf_;
  std::set<int> seen_;
};

/// The beginning of names that no font of the pages has.
std::string unused_names(QpdfFile& pdf) {
  std::set<std::string> taken;
  for (int i = 0; i < pdf.page_count(); ++i) {
    const Object fonts = pdf.key(pdf.key(pdf.page(i), "/Resources"), "/Font");
    for (const std::string& name : pdf.keys(fonts)) {
      const std::size_t end = name.find('F');
      if (name.starts_with("/Ocr") && end != std::string::npos) taken.insert(name.substr(1, end));
    }
    pdf.release();
  }
  for (int i = 0;; ++i) {
    std::string names = fmt::format("Ocr{}F", i);
    if (!taken.contains(names)) return names;
  }
}

void remove_claims(QpdfFile& pdf) {
  const Object metadata = pdf.key(pdf.root(), "/Metadata");
  const std::optional<std::string> xmp = pdf.decoded(metadata);
  if (!xmp) return;
  const std::string rest = xmp_without_claims(*xmp);
  if (rest != *xmp) pdf.replace(metadata, rest, false);
}

bool is_signed(QpdfFile& pdf) {
  return (pdf.integer(pdf.key(pdf.key(pdf.root(), "/AcroForm"), "/SigFlags")) & 1) != 0;
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

/// Writes a PDF of what is added to pages, and removes what this replaces. Returns by index the
/// pages that it is for, in order, each with the fonts that it no longer needs.
std::map<int, std::set<std::string>> write_layers(QpdfFile& pdf, const PdfPages& pages,
                                                  const std::filesystem::path& path,
                                                  std::vector<std::size_t>& own_text) {
  std::ofstream file(path, std::ios::binary);
  const TextSink sink = [&](std::string_view piece) {
    file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
  };
  PdfWriter writer(sink);
  PdfBuilder builder(writer, unused_names(pdf));
  PageTexts texts(pdf);
  std::map<int, std::set<std::string>> changed;
  for (int i = 0; i < pdf.page_count(); ++i) {
    const std::optional<PdfPage> added = pages.page(static_cast<std::size_t>(i));
    if (!added || added->ocr_result.width < 1 || added->ocr_result.height < 1) continue;
    const Object page = pdf.page(i);
    const PageContent content = texts.content_of(page);
    std::set<std::string> gone;
    if (added->image) {
      texts.keep_invisible(page, content);
    } else if (content.shown > 0 && 2 * content.shown >= visible_bytes(added->ocr_result)) {
      own_text.push_back(static_cast<std::size_t>(i));
      continue;
    } else {
      texts.strip(page, content);
      if (content.own) gone = content.own->gone;
    }
    const PdfBox box = shown_box(pdf, page);
    const int quarters = quarters_of(pdf.integer(pdf.key(page, "/Rotate")));
    const PdfBox filled = added->image ? box_of_image(box, quarters, *added->image) : box;
    builder.add(*added,
                matrix_of(filled, quarters, added->ocr_result.width, added->ocr_result.height),
                box);
    changed.emplace(i, std::move(gone));
    pdf.release();
  }
  builder.finish("", 0);
  file.close();
  if (!file) {
    throw Error(Errc::output_unwritable,
                tr("{}: can't be written: {}", shown(path),
                   system_message(std::error_code(errno, std::generic_category()))));
  }
  return changed;
}

template <typename Pdf>
std::string why_not_kept(const Pdf& pdf) {
  try {
    return QpdfFile(pdf).is_encrypted() ? tr("it is encrypted") : "";
  } catch (const Error&) {
    return tr("it is damaged");
  }
}

}  // namespace

std::string why_pages_cannot_be_kept(const std::filesystem::path& file) {
  return why_not_kept(file);
}

std::string why_pages_cannot_be_kept(std::span<const std::byte> pdf) { return why_not_kept(pdf); }

PdfWithText write_pdf_with_text(std::span<const std::byte> original, const PdfPages& pages,
                                const std::filesystem::path& path) {
  QpdfFile pdf(original);
  pdf.push_inherited_attributes();
  PdfWithText result{.own_text = {}, .was_signed = is_signed(pdf)};
  const LayersFile layers(path);
  const std::map<int, std::set<std::string>> changed =
      write_layers(pdf, pages, layers.path(), result.own_text);
  {
    std::optional<QpdfFile> added;
    if (!changed.empty()) added.emplace(layers.path());
    PageTexts texts(pdf);
    int layer = 0;
    for (const auto& [index, gone] : changed) {
      texts.lay_under(pdf.page(index), *added, added->page(layer++), gone);
      pdf.release();
      added->release();
    }
    remove_claims(pdf);
    pdf.write(path);
  }
  return result;
}

}  // namespace ocrtune
