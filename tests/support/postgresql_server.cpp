#include "support/postgresql_server.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace ocrtune::test {
namespace {

namespace fs = std::filesystem;

/// The newest version's programs: Debian has them outside of PATH.
fs::path programs() {
  fs::path newest;
  int most = 0;
  std::error_code ignored;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
    const int number = std::atoi(version.path().filename().c_str());
    if (number > most && fs::exists(version.path() / "bin/initdb")) {
      most = number;
      newest = version.path() / "bin";
    }
  }
  if (newest.empty()) throw std::runtime_error("no PostgreSQL in /usr/lib/postgresql");
  return newest;
}

std::string as_postgres() {
  return ::geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups " : "";
}

void run(const std::string& command, const fs::path& log) {
  if (std::system(fmt::format("{} >>'{}' 2>&1", command, log.string()).c_str()) == 0) return;
  std::ostringstream text;
  text << std::ifstream(log).rdbuf();
  throw std::runtime_error(command + "\n" + text.str());
}

}  // namespace

PostgresqlServer::PostgresqlServer() {
  // Not in TMPDIR, which may be closed to the user postgres, and too long for a socket.
  std::string place = "/tmp/ocrtune-postgresql-XXXXXX";
  if (::mkdtemp(place.data()) == nullptr) throw std::runtime_error("no folder in /tmp");
  folder_ = place;
  const fs::path log = folder_ / "log";
  std::ofstream(log).close();
  if (::geteuid() == 0) run(fmt::format("chown -R postgres: '{}'", place), log);
  const std::string start = "cd / && " + as_postgres() + programs().string();
  run(fmt::format("{}/initdb --pgdata='{}/data' --username=postgres --auth=trust --encoding=UTF8 "
                  "--locale=C --no-sync",
                  start, place),
      log);
  // What tests of durability need is not what these need.
  run(fmt::format(
          "{0}/pg_ctl start --wait --silent --pgdata='{1}/data' --log='{1}/server.log' "
          "--options=\"-c listen_addresses='' -c unix_socket_directories='{1}' -c fsync=off\"",
          start, place),
      log);
}

PostgresqlServer::~PostgresqlServer() {
  const std::string stop = fmt::format(
      "cd / && {}{}/pg_ctl stop --mode=immediate --silent --pgdata='{}/data' >/dev/null 2>&1",
      as_postgres(), programs().string(), folder_.string());
  if (std::system(stop.c_str()) != 0) fmt::print(stderr, "PostgreSQL was not stopped\n");
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string PostgresqlServer::study(const std::string& name) const {
  return fmt::format("postgresql://postgres@/postgres/{}?host={}", name, folder_.string());
}

PostgresqlServer& PostgresqlServer::shared() {
  static PostgresqlServer server;
  return server;
}

}  // namespace ocrtune::test
