#include "ocrtune/search/samplers/pruner_registry.h"

namespace ocrtune {
namespace {

class NoPruner final : public Pruner {
 public:
  bool prunes(std::size_t /*number*/, std::span<const PageValue> /*first_pages*/) override {
    return false;
  }
  void tell(std::size_t /*number*/, std::span<const PageValue> /*pages*/,
            bool /*pruned*/) override {}
};

}  // namespace

PrunerKind no_pruner() {
  return {.name = "none",
          .summary = "Evaluates every trial on all pages.",
          .good_for = "screening, where all points are needed; fewer than four pages",
          .cites = {},
          .make = [](PrunerOptions /*options*/) -> std::unique_ptr<Pruner> {
            return std::make_unique<NoPruner>();
          }};
}

}  // namespace ocrtune
