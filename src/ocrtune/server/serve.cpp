#include "ocrtune/server/serve.h"

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdlib>
#include <memory>
#include <mutex>

#include "ocrtune/base/files.h"
#include "ocrtune/base/input_folders.h"
#include "ocrtune/base/program_file.h"
#include "ocrtune/corpus/remote_files.h"
#include "ocrtune/server/access_files.h"
#include "ocrtune/server/http_server.h"
#include "ocrtune/server/routes.h"
#include "ocrtune/server/web_page.h"

namespace ocrtune::server {
namespace fs = std::filesystem;
namespace {

ServerContext context_for(const ServeOptions& options, const std::atomic<bool>& stop) {
  std::vector<fs::path> roots{options.folder};
  roots.insert(roots.end(), options.pages.begin(), options.pages.end());
  return {.roots = Roots(roots), .program = program_file(), .stop = stop};
}

/// All groups of addresses and their services; ends active runs when it is destroyed.
class Application {
 public:
  Application(const ServerContext& context, const std::vector<std::string>& addresses,
              std::size_t runs_at_a_time)
      : corpora_(context, recognizer_, *events_),
        previews_(images_, recognizer_, context.stop),
        studies_(context.folder(), addresses,
                 [&context](const fs::path& file) { return context.roots.contains(file); }),
        runs_(context.folder(), context.program, runs_at_a_time, events_,
              [this] { prepare_studies(); }),
        services_{context, *events_, corpora_, images_, previews_, studies_, runs_, texts_} {
    add_information_routes(router_, services_);
    add_corpus_routes(router_, services_);
    add_edit_routes(router_, services_);
    add_preview_routes(router_, services_);
    add_run_routes(router_, services_);
    add_study_routes(router_, services_);
    prepare_studies();
    studies_.watch_servers([this] { publish_studies(); });
  }
  ~Application() {
    runs_.close();
    events_->close();
    ending_ = true;
    preparing_.join();
  }
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  [[nodiscard]] const Router& router() const { return router_; }

 private:
  /// Computes results of studies in advance: when the server starts, and after each run.
  void prepare_studies() {
    boost::asio::post(preparing_, [this] {
      studies_.prepare([this] { return runs_.studies_at_work(); }, ending_);
    });
  }

  /// Called in a thread of each database.
  void publish_studies() {
    const std::scoped_lock lock(publishing_);
    events_->publish(studies_event(studies_));
  }

  std::mutex publishing_;  ///< of the studies on servers, so that the newest state is the last one
  std::shared_ptr<EventHub> events_ = std::make_shared<EventHub>();
  PageRecognizer recognizer_;
  Corpora corpora_;
  PageImages images_;
  Previews previews_;
  StudyBook studies_;
  std::atomic<bool> ending_{false};
  boost::asio::thread_pool preparing_{1};
  Runs runs_;
  RunTexts texts_;
  Services services_;
  Router router_;
};

}  // namespace

void serve(const ServeOptions& options, const std::function<void(const std::string&)>& started,
           const std::atomic<bool>& stop) {
  // For this process and the runs that it starts: no request may make this machine send others.
  ::setenv(kOfflineVariable, "1", 1);
  const ServerContext context = context_for(options, stop);
  // What a manifest or a link names elsewhere is not read, neither here nor by a run.
  confine_inputs(context.roots.all());
  make_folder(context.own_folder());
  const Application application(context, options.studies, options.runs);
  HttpServer server(application.router(), web_page_file, context.own_folder() / "incoming",
                    options.port, stop, {}, kept_token(context.folder(), options.new_token));
  started(server.address());
  server.run();
}

std::vector<std::string> all_addresses(const fs::path& folder) {
  const std::atomic<bool> stop{false};
  const ServerContext context = context_for({.folder = folder}, stop);
  const Application application(context, {}, 1);
  std::vector<std::string> addresses;
  for (const Route& route : application.router().routes()) {
    addresses.push_back(route.method + " " + route.pattern);
  }
  return addresses;
}

}  // namespace ocrtune::server
