#include "ocrtune/server/serve.h"

#include <system_error>

#include "ocrtune/base/files.h"
#include "ocrtune/server/context.h"
#include "ocrtune/server/corpora.h"
#include "ocrtune/server/http_server.h"
#include "ocrtune/server/routes.h"
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

}  // namespace

void serve(const ServeOptions& options, const std::function<void(const std::string&)>& started,
           const std::atomic<bool>& stop) {
  const ServerContext context = context_for(options, stop);
  make_folder(context.own_folder());
  Corpora corpora(context);
  Router router;
  add_information_routes(router, context);
  add_corpus_routes(router, context, corpora);
  HttpServer server(router, web_page_file, context.own_folder() / "incoming", options.port, stop);
  started(server.address());
  server.run();
}

}  // namespace ocrtune::server
