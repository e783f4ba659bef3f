#include "ocrtune/storage/claims.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "ocrtune/base/random_digits.h"
#include "ocrtune/base/text.h"

namespace ocrtune {

std::string new_worker_name() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host = {"localhost"};
  return fmt::format("{}:{}:{}", host.data(), ::getpid(), random_digits());
}

std::string shown_worker(const std::string& name) {
  const std::size_t process = name.find(':');
  const std::size_t digits =
      process == std::string::npos ? std::string::npos : name.find(':', process + 1);
  return quotable(name.substr(0, digits), 200);
}

SqlStatement& PreparedStatements::of(const std::string& text) {
  auto& known = known_[text];
  if (known == nullptr) known = database_.prepare(text);
  return *known;
}

Claims::Claims(SqlDatabase& database, std::string table, std::string order, std::string returned,
               double lease)
    : table_(std::move(table)),
      order_(std::move(order)),
      returned_(std::move(returned)),
      lease_(lease),
      now_(database.clock()),
      skipping_locked_(database.skipping_locked()),
      statements_(database) {}

void Claims::claim(const std::string& worker, std::size_t most,
                   const std::function<void(const SqlStatement&)>& take) {
  unanswered_ = std::exchange(asked_, true) || unanswered_;
  if (!(unanswered_ && claim_unanswered(worker, most, take)) &&
      !claim_where("state = 'waiting'", worker, most, take)) {
    // One that was claimed too often waits to be given up.
    (void)claim_where(
        fmt::format("state = 'claimed' AND leased < {} AND claims < {}", now_, kMaxClaims), worker,
        most, take);
  }
  asked_ = false;
}

bool Claims::claim_unanswered(const std::string& worker, std::size_t most,
                              const std::function<void(const SqlStatement&)>& take) {
  SqlStatement& rows = statements_.of(fmt::format(
      "UPDATE {} SET leased = {} + {} WHERE state = 'claimed' AND worker = ? RETURNING {}", table_,
      now_, lease_, returned_));
  rows.bind(1, worker);
  std::set<std::int64_t>& held = held_[worker];
  std::size_t taken = 0;
  while (rows.next()) {
    if (taken == most || !held.insert(rows.integer(0)).second) continue;
    take(rows);
    ++taken;
  }
  return taken > 0;
}

bool Claims::claim_where(const std::string& which, const std::string& worker, std::size_t most,
                         const std::function<void(const SqlStatement&)>& take) {
  SqlStatement& rows = statements_.of(fmt::format(
      "UPDATE {0} SET state = 'claimed', worker = ?1, claims = claims + 1, claimed = {1}, leased = "
      "{1} + {2} WHERE id IN (SELECT id FROM {0} WHERE {3} ORDER BY {4} LIMIT ?2{5}) RETURNING {6}",
      table_, now_, lease_, which, order_, skipping_locked_, returned_));
  rows.bind(1, worker);
  rows.bind(2, most);
  bool any = false;
  while (rows.next()) {
    held_[worker].insert(rows.integer(0));
    take(rows);
    any = true;
  }
  return any;
}

void Claims::renew(const std::string& worker, std::int64_t id) {
  SqlStatement& row = statements_.of(fmt::format(
      "UPDATE {} SET leased = {} + {} WHERE id = ? AND state = 'claimed' AND worker = ?", table_,
      now_, lease_));
  row.bind(1, id);
  row.bind(2, worker);
  row.run();
}

void Claims::give_back(const std::string& worker) {
  SqlStatement& rows = statements_.of(
      fmt::format("UPDATE {} SET state = 'waiting', worker = '', claims = claims - 1 WHERE state = "
                  "'claimed' AND worker = ?",
                  table_));
  rows.bind(1, worker);
  rows.run();
  held_.erase(worker);
}

std::string Claims::given_up() const {
  return fmt::format("state = 'claimed' AND leased < {} AND claims >= {}", now_, kMaxClaims);
}

}  // namespace ocrtune
