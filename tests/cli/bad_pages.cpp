// Pages and lists of pages that cannot be read.

#include <sys/stat.h>

#include "bad_inputs.h"
#include "command_run.h"
#include "support/encoded.h"

namespace ocrtune::cli::test {
namespace {
using namespace std::string_literals;

/// `ocrtune read` of one file.
Prepare read_of(const std::string& name, const std::string& content) {
  return [name, content](const Folder& f) -> Arguments {
    return {"read", written(f, name, content)};
  };
}

/// The beginning of the page's file.
std::string cut_page(double share) {
  const std::string whole = page_bytes();
  return whole.substr(0, static_cast<std::size_t>(share * static_cast<double>(whole.size())));
}

std::string damaged_page() { return page_bytes().replace(500, 3, "\0\1\2"s); }

std::string png_claiming(std::uint32_t side) {
  const auto bytes =
      ocrtune::test::png_of({.width = side, .height = side, .chunks = {}, .rows = ""});
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A JPEG's first bytes.
std::string jpeg_head() {
  return "\xff\xd8\xff\xe0\0\x10JFIF\0\1\0\0\1\0\1\0\0"s + "\xff\xdb\0\x43\0"s +
         std::string(64, '\0');
}

Arguments pipe_among_pages(const Folder& f) {
  ::mkfifo(at(f, "pipe.png").c_str(), 0600);
  return {"read", at(f, "pipe.png")};
}

Arguments one_of_two_damaged(const Folder& f) {
  copied_page(f);
  written(f, "zz.png", cut_page(0.5));
  return {"read", f.path(), "-o", at(f, "out")};
}

}  // namespace

std::vector<BadInput> bad_pages() {
  return {
      {"a file that does not exist", 2, "nowhere.png: no such file or folder",
       [](const Folder& f) -> Arguments {
         return {"read", at(f, "nowhere.png")};
       }},
      {"an empty file", 2, "empty.png: is empty", read_of("empty.png", "")},
      {"a text file named .png", 2,
       "text.png: is not an image: PNG, JPEG, JPEG 2000, TIFF, WebP, HEIF, AVIF, BMP, GIF, PNM and "
       "PDF can be read",
       read_of("text.png", "Dear Sir,\nDear Madam,\nDear Sir or Madam,\n")},
      {"a cut-off PNG", 2, "cut.png: is cut off", read_of("cut.png", cut_page(0.6))},
      {"a PNG with damaged bytes", 2, "bad.png: is damaged: a PNG checksum is wrong",
       read_of("bad.png", damaged_page())},
      {"a cut-off JPEG", 2, "cut.jpg: is cut off: the JPEG end mark is missing",
       read_of("cut.jpg", jpeg_head())},
      {"a TIFF of noise", 2, "noise.tif: is damaged: can't be opened as a TIFF",
       read_of("noise.tif", "II*\0"s + std::string(500, '\xee'))},
      {"a WebP of noise", 2, "noise.webp: is damaged",
       read_of("noise.webp", "RIFF\x40\0\0\0WEBPVP8 "s + std::string(64, '\xee'))},
      {"a HEIF of noise", 2, "noise.heic: is damaged: can't be opened as HEIF or AVIF",
       read_of("noise.heic",
               "\0\0\0\x10"
               "ftypheic\0\0\0\0"s +
                   std::string(500, '\xee'))},
      {"a PNM that ends early", 2, "cut.pgm: is damaged",
       read_of("cut.pgm", "P5 100 100 255\n" + std::string(50, '\x80'))},
      {"a PDF of noise", 2, "noise.pdf: is damaged: can't be opened as a PDF",
       read_of("noise.pdf", "%PDF-1.4\n" + std::string(500, '\xee'))},
      {"an image that claims to be huge", 2,
       "huge.png: is too large: 60000x60000 px, the limit is 32767 px per side and 250 Mpx",
       read_of("huge.png", png_claiming(60000))},
      {"an image with too many pixels", 2, "wide.png: is too large: 32000x32000 px",
       read_of("wide.png", png_claiming(32000))},
      {"a named pipe", 2, "pipe.png: is not a regular file", pipe_among_pages},
      {"a folder without pages", 2, "no page files in this folder",
       [](const Folder& f) -> Arguments {
         return {"read", f.path()};
       }},
      {"a folder without pages to tune on", 2, "no page files in this folder",
       [](const Folder& f) -> Arguments {
         return {"tune", f.path(), "--study", at(f, "out/s.db"), "-o", at(f, "out/best.toml")};
       }},
      {"a URL with a password", 2,
       "http://127.0.0.1/page.png: a URL may not have a user name or a password; write them into "
       "~/.netrc",
       words({"read", "http://anna:secret@127.0.0.1/page.png"})},
      {"a manifest with a password", 2,
       "manifest.csv: record 2: https://127.0.0.1/page.png: a URL may not have a user name or a "
       "password",
       read_of("manifest.csv", "file\nhttps://anna:secret@127.0.0.1/page.png\n")},
      {"an invalid URL", 2, "http://127.0.0.1/a page.png: is not a valid URL",
       words({"read", "http://127.0.0.1/a page.png"})},
      {"a pattern without a match", 2, "*.png: no file matches this pattern",
       [](const Folder& f) -> Arguments {
         return {"read", at(f, "*.png")};
       }},
      {"an empty list on standard input", 2, "no page could be read", words({"read", "-"})},
      {"one damaged page among others: the others are processed",
       2,
       "zz.png: is cut off",
       one_of_two_damaged,
       {"page.txt"}},
  };
}

std::vector<BadInput> bad_manifests() {
  const auto manifest = [](const std::string& content) { return read_of("manifest.csv", content); };
  return {
      {"an empty manifest", 2, "manifest.csv: is empty", manifest("")},
      {"a manifest without the column `file`", 2,
       "manifest.csv: line 1: a manifest needs exactly one column `file` (found: name, lang)",
       manifest("name;lang\na;b\n")},
      {"a manifest with a short row", 2, "manifest.csv: record 2 has 1 fields, the header 2",
       manifest("file;lang\na.png\n")},
      {"a manifest with an unclosed quote", 2, "manifest.csv: line 2: a quoted field is not closed",
       manifest("file;lang\n\"a.png;eng\n")},
      {"a manifest that is not text", 2, "manifest.csv: is not UTF-8 text",
       manifest("file;lang\n\xff\xfe\n")},
      {"a manifest that names a missing page", 2,
       "gone.png: can't be read: No such file or directory", manifest("file\ngone.png\n")},
  };
}

}  // namespace ocrtune::cli::test
