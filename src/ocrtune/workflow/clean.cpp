#include "ocrtune/workflow/clean.h"

#include "ocrtune/base/files.h"
#include "ocrtune/evaluator/page_places.h"
#include "ocrtune/evaluator/stage_run.h"
#include "ocrtune/image/encode.h"
#include "ocrtune/workflow/devices_in_use.h"
#include "ocrtune/workflow/page_output.h"
#include "ocrtune/workflow/pages_at_work.h"

namespace ocrtune::workflow {
namespace {

constexpr const char* kCleaningPipeline = "standard";

}  // namespace

Options options_of(CleanOptions& options) {
  Options rows = options_of(options.pages);
  append(rows, options_of(options.pipeline, kCleaningPipeline, false));
  append(rows, {{.name = "output",
                 .field = &options.output,
                 .group = "Output",
                 .help = "Output folder, one image per page",
                 .letter = 'o',
                 .required = true,
                 .command_only = true},
                {.name = "format",
                 .field = &options.format,
                 .group = "Output",
                 .help = "Image format: png or tiff",
                 .choices = {"png", "tiff"}}});
  append(rows, options_of(options.work));
  append(rows, options_of(options.devices, false));
  return rows;
}

Cleaned clean(const CleanOptions& options, const Events& events) {
  check_fields(options);
  const Pipeline pipeline = stated_pipeline(options.pipeline, kCleaningPipeline).at({});
  const OutputFormat format = options.format == "tiff" ? OutputFormat::tiff : OutputFormat::png;
  const bool in_colour = pipeline.wants_colour();
  const MemoryPlan plan = plan_work(options.work);
  const LoadedPages loaded = load_pages(options.pages, events, plan, "", in_colour);
  const Corpus& pages = loaded.corpus;
  refuse_collisions(options.output, pages.pages(), extension_of(format));
  DevicesInUse devices(options.devices);
  PagePlaces places(0, 1, devices.opened(events, pages, pipeline, plan));
  Cleaned result{.pages = {}, .left_out = loaded.left_out};
  const std::vector<std::size_t> all = all_of(pages);
  const RecognitionOptions not_read;
  using Bytes = std::vector<std::byte>;
  const WorkedPages worked = work_on_pages<Bytes>(
      {.corpus = pages,
       .which = all,
       .plan = plan,
       .reading = not_read,
       .in_colour = in_colour,
       .events = events,
       .line = pages_line},
      [&](PageAtWork& at) -> std::optional<Bytes> {
        const PagePlace place = places.of(at.index);
        StageRun run(
            pipeline, page_content(at.page), [&] { return pages.image(at.index, in_colour); },
            place.stages, {}, place.device);
        return encode(run.image(), format);
      },
      [&](std::size_t index, const Bytes& bytes) {
        const Page& page = pages.pages()[index];
        const auto path = output_path(options.output, page, extension_of(format));
        make_folder(path.parent_path());
        write_atomically(path, bytes);
        result.pages.push_back({page.name, path});
      });
  result.left_out += worked.left_out;
  devices.tell(events);
  return result;
}

}  // namespace ocrtune::workflow
