#include "ocrtune/server/routes.h"

namespace ocrtune::server {

void add_corpus_routes(Router&, const ServerContext&, Corpora&) {}

}  // namespace ocrtune::server
