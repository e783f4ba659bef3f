#include "ocrtune/workflow/read.h"

#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/workflow/result_json.h"

namespace ocrtune::cli {
namespace {

using workflow::PageRead;
using workflow::ReadOptions;

/// Standard output takes one format, one page for document formats, and only text on a terminal.
void require_room_for(const ReadOptions& options, std::size_t pages, std::size_t files) {
  const OcrFormat& format = ocr_format(options.formats.front());
  if (format.binary && ::isatty(STDOUT_FILENO) == 1) {
    throw Error(Errc::invalid_argument,
                tr("--format {}: not for a terminal; give -o DIR, or > PAGE{}", format.name,
                   format.extension));
  }
  const bool joins = workflow::joins_pages(options.formats, options.split);
  if (joins && files > 1) {
    throw Error(
        Errc::invalid_argument,
        tr("--format {}: one file on standard output; give -o DIR for several", format.name));
  }
  if (!joins && format.document && pages > 1) {
    throw Error(
        Errc::invalid_argument,
        tr("--format {}: one page on standard output; give -o DIR for several", format.name));
  }
}

void print_file(const std::filesystem::path& file, Context& context) {
  constexpr std::uint64_t kPiece = 1 << 20;
  for (std::uint64_t at = 0;;) {
    const std::string piece = read_part(file, at, kPiece);
    if (piece.empty()) return;
    context.print(piece);
    at += piece.size();
  }
}

ExitStatus read(const ReadOptions& options, Context& context) {
  const bool prints = options.output.empty();
  if (prints && options.formats.size() > 1) {
    throw Error(Errc::invalid_argument,
                tr("--format: one format on standard output; give -o DIR for several"));
  }
  nlohmann::json json = nlohmann::json::array();
  bool several = false;
  const workflow::PagesRead taken{
      .begin =
          [&](std::size_t pages, std::size_t files) {
            several = pages > 1;
            if (prints && !context.json) require_room_for(options, pages, files);
          },
      .page =
          [&](const PageRead& read) {
            if (context.json) {
              json.push_back(workflow::result_json(read));
            } else if (prints) {
              // Pages are separated by a form feed, as in Tesseract's output.
              context.print(read.texts.front() +
                            (several && options.formats.front() == "text" ? "\f" : ""));
            }
          },
      .document =
          [&](const std::filesystem::path& file) {
            if (!context.json) print_file(file, context);
          }};
  const workflow::ReadResult result = workflow::read(options, taken, events_of(context));
  if (context.json) context.print(json_text(json));
  if (!prints) context.talk.say(tr("{} pages written to {}", result.pages, shown(options.output)));
  return context.stop ? ExitStatus::interrupted : status_of(context, result.left_out);
}

}  // namespace

void add_read(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "read",
      tr("Recognize the text of pages, unprocessed or preprocessed by a pipeline"),
      "  ocrtune read page.png\n"
      "  ocrtune read scans/ --pipeline pipeline.toml -o texts/ --format text,alto,pdf\n"
      "  ocrtune read scans/ --lang deu+eng --json > words.json");
  add_workflow<ReadOptions>(*command, context, read);
}

}  // namespace ocrtune::cli
