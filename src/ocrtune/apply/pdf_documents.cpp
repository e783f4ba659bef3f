#include "ocrtune/apply/pdf_documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <set>
#include <span>
#include <utility>

#include "ocrtune/apply/ocr_formats.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/open_page_file.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/corpus/remote_files.h"
#include "ocrtune/documents/page_resolution.h"
#include "ocrtune/execution/pages_at_work.h"
#include "ocrtune/image/format.h"
#include "ocrtune/pdf/searchable_pdf.h"
#include "ocrtune/pdf/shrink_images.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr const char* kPagesFolder = ".ocrtune-pages";
constexpr const char* kUnfinished = "unfinished.pdf";
constexpr std::uint64_t kMaxPageBytes = 4'000'000'000;
/// The content of the file of a page that is left out.
constexpr std::string_view kLeftOut = "left_out";

bool is_stated(const Resolution& dpi) { return dpi.x > 0 && dpi.y > 0; }

std::string name_of_file(const Page& page) {
  return page.name.substr(0, page.name.size() - page_mark(page).size());
}

Page first_page_of(const Page& page) {
  Page first = page;
  first.name = name_of_file(page);
  first.index = 0;
  return first;
}

/// The PDF with a page.
fs::path document_path(const PdfOptions& options, const Page& page) {
  return options.document.empty() ? output_path(options.folder, first_page_of(page), ".pdf")
                                  : options.document;
}

/// Where the pages of a PDF are kept until it is whole.
fs::path pages_folder(const PdfOptions& options, const fs::path& document) {
  return options.folder / kPagesFolder /
         (options.document.empty() ? document.lexically_relative(options.folder)
                                   : document.filename());
}

fs::path file_in(const fs::path& pages_folder, const PdfOptions& options, const Page& page) {
  const std::string name =
      options.document.empty() ? fmt::format("{}", page.index + 1) : content_hash(page.name).text();
  return pages_folder / (name + ".page");
}

bool is_pdf(const fs::path& file) {
  const std::optional<fs::path> here = local_file(file);
  if (!here) return format_of(read_page_file(file, {})) == Format::pdf;
  constexpr std::uint64_t kHead = 4096;
  const std::string head = read_part(*here, 0, kHead);
  // Says why it cannot be read.
  if (head.empty()) return format_of(read_page_file(file, {})) == Format::pdf;
  return format_of(std::as_bytes(std::span(head.data(), head.size()))) == Format::pdf;
}

/// Of pages with text; empty if there are none.
std::string what_was_done(const PdfWithText& written) {
  std::vector<std::string> parts;
  if (written.kept > 0)
    parts.push_back(tr("pages with text of their own keep it and get no other: {}", written.kept));
  if (written.added > 0) {
    parts.push_back(
        tr("pages with text of their own keep it and get words beside it: {}", written.added));
  }
  if (written.pictures > 0) {
    parts.push_back(
        tr("pages with text of their own are pictures now, with all words: {}", written.pictures));
  }
  if (written.replaced > 0) {
    parts.push_back(
        tr("pages whose text could not be seen have the words instead: {}", written.replaced));
  }
  return joined(parts, "; ");
}

}  // namespace

struct PdfDocuments::Document {
  fs::path path;
  bool of_several = false;         // of several files
  fs::path folder;                 // of its pages
  std::vector<std::size_t> pages;  // in the corpus
  std::size_t open = 0;
  bool failed = false;

  /// Whether the file is a PDF whose pages are kept. Thread-safe.
  bool is_kept(const Corpus& corpus) {
    std::call_once(looked, [&] {
      const fs::path& file = corpus.pages()[pages.front()].file;
      if (of_several || !is_pdf(file)) return;
      const auto is_right_part = [&](std::size_t page) {
        return corpus.pages()[page].origin.part > 0;
      };
      if (is_edited(file))
        why_not_kept = tr("its pages are edited by hand");
      else if (std::ranges::any_of(pages, is_right_part))
        why_not_kept = tr("its double pages are divided");
      else
        why_not_kept = why_pages_cannot_be_kept(read_page_file(file, {}));
      kept = why_not_kept.empty();
    });
    return kept;
  }

  std::once_flag looked;
  bool kept = false;
  std::string why_not_kept;  // of a PDF
};

PdfDocuments::PdfDocuments(PdfOptions options, const Corpus& corpus)
    : options_(std::move(options)), corpus_(corpus) {
  const InputFiles inputs(corpus.pages());
  std::map<fs::path, std::size_t> by_path;
  const bool is_of_all = !options_.document.empty();
  for (std::size_t i = 0; i < corpus.pages().size(); ++i) {
    const Page& page = corpus.pages()[i];
    const fs::path path = document_path(options_, page);
    const auto [found, added] = by_path.emplace(path, documents_.size());
    if (added) {
      documents_.push_back(std::make_unique<Document>());
      Document& document = *documents_.back();
      document.path = path;
      document.folder = pages_folder(options_, path);
      inputs.keep(path, page);
    }
    Document& document = *documents_[found->second];
    if (!added) {
      const Page& other = corpus.pages()[document.pages.back()];
      if (other.file != page.file) document.of_several = true;
      if (!is_of_all && (other.file != page.file || other.index >= page.index))
        refuse_one_output(other.name, page.name, path);
    }
    document.pages.push_back(i);
    document_of_.push_back(found->second);
  }
}

PdfDocuments::~PdfDocuments() = default;

std::size_t PdfDocuments::size() const { return documents_.size(); }

std::vector<fs::path> PdfDocuments::files() const {
  std::vector<fs::path> all;
  for (const auto& document : documents_) all.push_back(document->path);
  return all;
}

fs::path PdfDocuments::page_file(std::size_t page) const {
  return file_in(of(page).folder, options_, corpus_.pages()[page]);
}

std::vector<fs::path> PdfDocuments::files_for(const PdfOptions& options, const Page& page) {
  const fs::path document = document_path(options, page);
  const fs::path folder = pages_folder(options, document);
  return {document, folder / kUnfinished, file_in(folder, options, page)};
}

bool PdfDocuments::has_page_file(std::size_t page) const {
  const fs::path file = page_file(page);
  std::error_code failure;
  const fs::file_status status = fs::status(file, failure);
  // Its text would be left out.
  if (!fs::status_known(status))
    throw Error(Errc::output_unwritable, fmt::format("{}: {}{}", shown(file), tr("can't be read: "),
                                                     system_message(failure)));
  return fs::is_regular_file(status);
}

bool PdfDocuments::has_whole_page_file(std::size_t page) const {
  if (!has_page_file(page)) return false;
  try {
    const std::string bytes = read_text(page_file(page), kMaxPageBytes);
    if (bytes != kLeftOut) (void)pdf_page_of(bytes);
    return true;
  } catch (const Error&) {
    return false;
  }
}

std::vector<std::size_t> PdfDocuments::open_pages(const std::vector<bool>& may_be_done) {
  std::vector<std::size_t> open;
  for (const auto& document : documents_) {
    std::error_code ignored;
    const bool is_there = options_.may_be_moved || fs::exists(document->path, ignored);
    std::vector<bool> done;
    bool all = true;
    for (const std::size_t page : document->pages) {
      const bool has_file = may_be_done[page] && has_whole_page_file(page);
      all = all && may_be_done[page] && (has_file || is_there);
      done.push_back(has_file);
    }
    if (all && is_there) {
      remove_pages(*document);
      continue;
    }
    // Without a page left, the PDF itself is, which the last page writes.
    if (all && !done.empty()) done.back() = false;
    for (std::size_t i = 0; i < done.size(); ++i) {
      if (done[i]) continue;
      fs::remove(page_file(document->pages[i]), ignored);
      open.push_back(document->pages[i]);
    }
  }
  std::ranges::sort(open);
  return open;
}

void PdfDocuments::begin(const std::vector<std::size_t>& which) {
  for (const auto& document : documents_) {
    document->open = 0;
    document->failed = false;
  }
  for (const std::size_t page : which) ++of(page).open;
}

std::string PdfDocuments::page_bytes(std::size_t page, const OcrResult& ocr_result,
                                     int turns) const {
  PdfPage made{ocr_result, std::nullopt, turns};
  if (!of(page).is_kept(corpus_)) made.image = corpus_.facsimile(page);
  return pdf_page_bytes(made);
}

std::string PdfDocuments::left_out_bytes(std::size_t page, const OcrResult& ocr_result) const {
  Document& document = of(page);
  const bool is_needed = document.pages.size() == 1 || document.is_kept(corpus_);
  return is_needed ? page_bytes(page, ocr_result) : std::string(kLeftOut);
}

bool PdfDocuments::is_left_out(std::size_t page) const {
  std::error_code missing;
  return fs::file_size(page_file(page), missing) == kLeftOut.size();
}

std::string PdfDocuments::title(const Document& document) const {
  return options_.document.empty() ? name_of_file(corpus_.pages()[document.pages.front()])
                                   : shown(options_.document.filename());
}

const fs::path& PdfDocuments::file_of(std::size_t page) const { return of(page).path; }

std::string PdfDocuments::end(std::size_t page, const std::string& failure, const Events& events) {
  Document& document = of(page);
  document.failed = document.failed || !failure.empty();
  if (--document.open > 0) return failure;
  try {
    write(document, events);
  } catch (const Error& error) {
    if (error.code() != Errc::input_unreadable) throw;
    document.failed = true;
    // Without another page that was recognized, nothing else is lost.
    const bool is_alone = std::ranges::none_of(
        document.pages, [this](std::size_t other) { return has_page_file(other); });
    if (is_alone && !failure.empty()) return failure;
    const std::string no_pdf = tr("no PDF was written: {}", error.what());
    return failure.empty() || failure == error.what() ? no_pdf : failure + "; " + no_pdf;
  }
  return failure;
}

std::string PdfDocuments::write_page(std::size_t page, std::span<const std::byte> bytes,
                                     const Events& events) {
  const fs::path path = page_file(page);
  make_folder(path.parent_path());
  write_atomically(path, bytes);
  return end(page, "", events);
}

void PdfDocuments::tidy(std::size_t page) {
  const Document& document = of(page);
  if (document.open == 0 && !document.failed) remove_pages(document);
}

void PdfDocuments::remove_all_pages() const {
  for (const auto& document : documents_) remove_pages(*document);
}

void PdfDocuments::remove_pages(const Document& document) const {
  std::error_code ignored;
  fs::remove_all(document.folder, ignored);
  // Empty folders above it, up to that of all pages.
  for (fs::path folder = document.folder.parent_path(); fs::remove(folder, ignored);
       folder = folder.parent_path()) {
    if (folder.filename() == kPagesFolder) break;
  }
}

void PdfDocuments::write(Document& document, const Events& events) {
  // The output folder is there, or was deleted meanwhile.
  const fs::path folder = document.path.parent_path();
  if (!folder.empty() && folder.lexically_relative(options_.folder) != ".") make_folder(folder);
  if (document.is_kept(corpus_)) {
    write_kept(document, events);
    return;
  }
  if (!document.why_not_kept.empty()) {
    events.say(tr("{}: {}, so its PDF has pictures of its pages", quotable(title(document), 300),
                  document.why_not_kept));
  }
  write_made(document);
}

/// Where the PDF is written first. A deleted output folder is not made again.
fs::path PdfDocuments::unfinished_file(const Document& document) const {
  std::error_code ignored;
  if (fs::is_directory(options_.folder, ignored)) make_folder(document.folder);
  return document.folder / kUnfinished;
}

PdfWithText PdfDocuments::write_kept_pages(Document& document, const fs::path& path) {
  const Page& first = corpus_.pages()[document.pages.front()];
  std::map<std::size_t, std::size_t> pages;
  for (const std::size_t page : document.pages)
    pages[static_cast<std::size_t>(corpus_.pages()[page].index)] = page;
  const std::vector<std::byte> original = read_page_file(first.file, {});
  return write_pdf_with_text(
      original,
      {.title = name_of_file(first),
       .program = {},
       .count = 0,
       .page = [&](std::size_t index) -> std::optional<PdfPage> {
         const auto found = pages.find(index);
         if (found == pages.end() || !has_page_file(found->second)) return std::nullopt;
         return pdf_page_of(read_text(page_file(found->second), kMaxPageBytes));
       }},
      path, {.existing = options_.existing_text, .picture = [&](std::size_t index) {
               return corpus_.facsimile(pages.at(index));
             }});
}

void PdfDocuments::write_kept(Document& document, const Events& events) {
  const fs::path unfinished = unfinished_file(document);
  const PdfWithText written = write_kept_pages(document, unfinished);
  ShrunkImages shrunk;
  if (options_.smaller_images) shrunk = shrink_images(unfinished);
  move_into_place(unfinished, document.path);
  const std::string name = quotable(name_of_file(corpus_.pages()[document.pages.front()]), 300);
  if (const std::string what = what_was_done(written); !what.empty())
    events.say(fmt::format("{}: {}", name, what));
  if (shrunk.images > 0) {
    events.say(tr("{}: images made smaller without loss: {}, by {}", name, shrunk.images,
                  human_size(shrunk.bytes)));
  }
  if (!shrunk.failure.empty())
    events.say(tr("{}: other images stay as they are: {}", name, shrunk.failure));
  if (written.was_signed) events.warn(tr("{}: its signature does not cover the added text", name));
}

void PdfDocuments::write_made(Document& document) {
  const Page& first = corpus_.pages()[document.pages.front()];
  // Without any page it would be no PDF.
  const bool leaves_out =
      !std::ranges::all_of(document.pages, [this](std::size_t page) { return is_left_out(page); });
  bool has_page = false;
  std::string why_none;
  const auto page_at = [&](std::size_t at) -> std::optional<PdfPage> {
    const std::size_t page = document.pages[at];
    PdfPage made;
    const bool is_blank = is_left_out(page);
    if (is_blank && (leaves_out || at > 0)) return std::nullopt;
    if (!is_blank && has_page_file(page)) {
      made = pdf_page_of(read_text(page_file(page), kMaxPageBytes));
    } else {
      // A page that failed is shown without text.
      const Page& shown = corpus_.pages()[page];
      try {
        made = {{.words = {}, .width = shown.width, .height = shown.height},
                corpus_.facsimile(page)};
      } catch (const Error& error) {
        why_none = error.what();
        return std::nullopt;
      }
    }
    has_page = true;
    if (options_.dpi && made.image && !is_stated(made.image->dpi)) {
      const auto dpi = static_cast<double>(*options_.dpi);
      made.image->dpi = {dpi, dpi};
    }
    return made;
  };
  const fs::path unfinished = unfinished_file(document);
  std::optional<double> guess;
  write_atomically(unfinished, [&](const TextSink& sink) {
    guess = write_searchable_pdf({.title = title(document),
                                  .language = language_of(corpus_, document.pages),
                                  .program = options_.program(first),
                                  .count = document.pages.size(),
                                  .page = page_at},
                                 sink);
    if (!has_page) throw Error(Errc::input_unreadable, why_none);
  });
  // Who watches the output folder is told of a file that is renamed, not of one that is linked.
  move_into_place(unfinished, document.path);
  if (guess) ++guesses_[static_cast<int>(std::lround(*guess))];
}

void PdfDocuments::tell_guesses(const Events& events) const {
  tell_guessed_resolutions(guesses_, events);
}

void state_resolution(PageSource& source, const std::optional<int>& dpi) {
  if (!dpi) return;
  source.facsimile = [facsimile = source.facsimile, dpi = static_cast<double>(*dpi)] {
    Facsimile page = facsimile();
    if (!is_stated(page.dpi)) page.dpi = {dpi, dpi};
    return page;
  };
}

std::optional<int> guess_for_page(const Page& page, const OcrResult& ocr_result) {
  if (is_stated(page.dpi)) return std::nullopt;
  return static_cast<int>(std::lround(guessed_dpi(ocr_result)));
}

void tell_guessed_resolutions(const std::map<int, std::size_t>& guesses, const Events& events) {
  if (guesses.empty()) return;
  std::vector<std::string> parts;
  std::size_t all = 0;
  for (const auto& [dpi, count] : guesses) {
    parts.push_back(tr("{} dpi for {}", dpi, count));
    all += count;
  }
  events.say(
      tr("images without a resolution: {}; the size of their PDF pages is a guess ({}); "
         "--dpi states it",
         all, joined(parts, ", ")));
}

}  // namespace ocrtune
