#pragma once

#include <memory>

#include "ocrtune/server/context.h"
#include "ocrtune/server/corpora.h"
#include "ocrtune/server/run_routes.h"

namespace ocrtune::server {

/// All that runs, studies and events need while a server is there. Destroying it ends the runs at
/// work as Runs::close() does.
class RunPart {
 public:
  /// Both outlive this. Throws as Runs.
  RunPart(const ServerContext& context, Corpora& corpora);
  ~RunPart();
  RunPart(const RunPart&) = delete;
  RunPart& operator=(const RunPart&) = delete;

  /// Adds the addresses of runs, studies and events.
  void add_routes(Router& router);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace ocrtune::server
