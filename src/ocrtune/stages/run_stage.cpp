#include "ocrtune/stages/run_stage.h"

#include <fmt/format.h>

#include <new>
#include <opencv2/core.hpp>
#include <string_view>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

/// Continues the properties of `before`, such as its map to the page, in the output.
Image following(Image out, const Image& before) {
  out.to_page = out.to_page.then(before.to_page);
  out.sized |= before.sized;
  return out;
}

Pixels held_by(Backend& backend, const Image& image) {
  return image.held ? *image.held : backend.hold(image.gray);
}

/// Turns exceptions into an Error that names `what`; std::bad_alloc stays.
template <typename Action>
auto named(std::string_view what, Action action) {
  try {
    return action();
  } catch (const cv::Exception& error) {
    if (error.code == cv::Error::StsNoMem) throw std::bad_alloc();
    throw Error(Errc::limit_reached, fmt::format("{}: {}", what, error.err));
  }
}

/// The same, and what a lack of memory stopped is tried once more, as others may have freed theirs:
/// a study keeps for ever that a stage failed on a page.
template <typename Action>
auto guarded(std::string_view what, Action action) {
  try {
    return named(what, action);
  } catch (const std::bad_alloc&) {
  }
  try {
    return named(what, action);
  } catch (const std::bad_alloc&) {
    note_memory_shortage();
    throw Error(Errc::limit_reached, tr("{}: out of memory", what));
  }
}

template <typename Action>
auto guarded(const Stage& stage, Action action) {
  return guarded(tr("stage ") + stage.name, action);
}

}  // namespace

double measure_for(const Stage& stage, const Image& in) {
  return stage.measure ? guarded(stage, [&] { return stage.measure(in); }) : 0;
}

Image run_stage(const Stage& stage, const Image& in, const Values& resolved) {
  return guarded(stage, [&] {
    // A stage gets pixels and resolution of its input only.
    Image own{in.gray, in.dpi};
    if (stage.wants_colour) own.colour = in.colour;
    Image out = stage.run(own, resolved);
    if (!stage.gives_colour) out.colour.release();
    return following(std::move(out), in);
  });
}

double measure_for(const Stage& stage, const Image& in, Backend& backend) {
  if (!stage.over_kernels.measure) {
    return stage.measure ? measure_for(stage, in_memory(in, backend)) : 0;
  }
  return guarded(stage, [&] { return stage.over_kernels.measure(backend, held_by(backend, in)); });
}

Image run_stage(const Stage& stage, const Image& in, const Values& resolved, Backend& backend) {
  if (!stage.over_kernels.run) return run_stage(stage, in_memory(in, backend), resolved);
  return guarded(stage, [&] {
    Image out{{}, in.dpi};
    out.held = stage.over_kernels.run(backend, held_by(backend, in), resolved);
    return following(std::move(out), in);
  });
}

double x_height_for(const Image& in) {
  return guarded(tr("height of letters"), [&] { return measured_x_height(in); });
}

Image in_memory(Image image, Backend& backend) {
  if (image.held) image.gray = backend.gray(*image.held);
  image.held.reset();
  return image;
}

}  // namespace ocrtune
