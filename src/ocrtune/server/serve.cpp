#include "ocrtune/server/serve.h"

#include <system_error>

#include "ocrtune/base/files.h"
#include "ocrtune/server/context.h"
#include "ocrtune/server/corpora.h"
#include "ocrtune/server/http_server.h"
#include "ocrtune/server/routes.h"
#include "ocrtune/server/run_services.h"
#include "ocrtune/server/web_page.h"

namespace ocrtune::server {
namespace fs = std::filesystem;
namespace {

ServerContext context_for(const ServeOptions& options, const std::atomic<bool>& stop) {
  std::vector<fs::path> roots{options.folder};
  roots.insert(roots.end(), options.pages.begin(), options.pages.end());
  std::error_code ignored;
  return {
      .roots = Roots(roots), .program = fs::read_symlink("/proc/self/exe", ignored), .stop = stop};
}

/// All groups of addresses and what they work with.
class Application {
 public:
  explicit Application(const ServerContext& context)
      : corpora_(context), previews_(context, corpora_, images_), runs_(context, corpora_) {
    add_information_routes(router_, context);
    add_corpus_routes(router_, context, corpora_, images_);
    add_preview_routes(router_, previews_);
    runs_.add_routes(router_);
  }

  [[nodiscard]] const Router& router() const { return router_; }

 private:
  Corpora corpora_;
  PageImages images_;
  Previews previews_;
  RunPart runs_;
  Router router_;
};

}  // namespace

void serve(const ServeOptions& options, const std::function<void(const std::string&)>& started,
           const std::atomic<bool>& stop) {
  const ServerContext context = context_for(options, stop);
  make_folder(context.own_folder());
  const Application application(context);
  HttpServer server(application.router(), web_page_file, context.own_folder() / "incoming",
                    options.port, stop);
  started(server.address());
  server.run();
}

std::vector<std::string> all_addresses(const fs::path& folder) {
  const std::atomic<bool> stop{false};
  const ServerContext context = context_for({.folder = folder}, stop);
  const Application application(context);
  std::vector<std::string> addresses;
  for (const Route& route : application.router().routes()) {
    addresses.push_back(route.method + " " + route.pattern);
  }
  return addresses;
}

}  // namespace ocrtune::server
