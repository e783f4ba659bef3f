#pragma once

#include <sqlite3.h>

#include <atomic>
#include <cstdint>
#include <filesystem>

namespace ocrtune {

/// Makes what reads a file in a statement for long end when `stop` becomes true, as
/// Error(interrupted); what writes goes on. For the whole process; `stop` must outlive it.
void interrupt_sqlite_when(const std::atomic<bool>& stop);

/// Holds a connection to a file from anywhere to what a file of its size can need: in a damaged or
/// malicious one, few pages can be a table without end. Also turns off views, triggers and what
/// else a file can do by itself. Not thread-safe, as its connection.
class SqliteBounds {
 public:
  /// `reads`: the connection is for reading only. The connection must be closed before this ends.
  SqliteBounds(sqlite3* database, std::filesystem::path file, bool reads);
  SqliteBounds(const SqliteBounds&) = delete;
  SqliteBounds& operator=(const SqliteBounds&) = delete;

  /// To be called before anything else is read. SQLite's result code. Throws Error(study_error),
  /// without the file's name, if the schema has something else where a study has a table.
  int check_schema();

  /// To be called before SQLite runs.
  void begin() { steps_ = 0; }

  /// Whether a statement may have returned so many rows and bytes of texts, in so many steps of
  /// SQLite's machine.
  bool allows(std::uint64_t rows, std::uint64_t bytes, std::uint64_t steps);

  /// What the error is after SQLITE_INTERRUPT. Throws Error(interrupted) or Error(study_error).
  [[noreturn]] void refuse() const;

 private:
  static int on_steps(void* bounds);
  bool allows_steps(std::uint64_t steps);
  void measure();

  sqlite3* database_;
  std::filesystem::path file_;
  bool reads_;
  bool knows_schema_ = false;
  bool stopped_ = false;
  std::uint64_t size_ = 0;   ///< of the file, bytes
  std::uint64_t steps_ = 0;  ///< since begin()
};

}  // namespace ocrtune
