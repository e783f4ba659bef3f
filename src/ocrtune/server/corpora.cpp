#include "ocrtune/server/corpora.h"

namespace ocrtune::server {
class Corpora::Store {};
Corpora::Corpora(const ServerContext&) {}
Corpora::~Corpora() = default;
}  // namespace ocrtune::server
