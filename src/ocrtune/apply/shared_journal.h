#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/apply/journal.h"
#include "ocrtune/apply/summary.h"
#include "ocrtune/storage/claims.h"
#include "ocrtune/storage/reconnection.h"
#include "ocrtune/storage/sql.h"

namespace ocrtune {

/// A file of a collection, whose pages are to be recognized.
struct CollectionFile {
  std::int64_t id = 0;           ///< in the journal
  std::filesystem::path path;    ///< absolute, or a URL
  std::string name;              ///< as results show it
  std::string lang;              ///< of its pages
  std::filesystem::path output;  ///< of its first page, relative and without an extension
};

/// Number of files of a collection.
struct FileCounts {
  std::size_t all = 0;
  std::size_t done = 0;
  std::size_t failed = 0;  ///< at least one of their pages has no result

  [[nodiscard]] std::size_t ended() const { return done + failed; }
};

/// A file that failed, and why.
struct FailedFile {
  std::filesystem::path path;
  std::string reason;
};

/// What a process does that joins: it lists the files, waits for another one that does, or works on
/// them.
enum class Turn { list, wait, work };

/// The files of a collection and the pages that `apply` has finished, on a PostgreSQL server, so
/// that any number of processes on any number of machines can recognize them. Files are claimed for
/// a time (claims.h). A page's record is added after its output files are on the disk; if the
/// server crashes, the last ones may be lost, and these pages are recognized again.
///
/// Every error is Error(study_error) with one line that names the journal, but for what is said
/// below. Not thread-safe; any number of objects may be used at once. If the connection is lost,
/// functions connect again and do what they have to do again, as far as `reconnection` allows it.
class SharedJournal {
 public:
  virtual ~SharedJournal() = default;

  /// Tells that a worker lives, and returns its turn. It is to list the files if no other one
  /// lives, or if the one that was to list them has ended before.
  virtual Turn join(const std::string& worker) = 0;

  /// Stores the settings and the identities of models by the languages of pages, or compares them
  /// with those of the journal. Throws if they differ.
  virtual void begin(const std::string& settings,
                     const std::map<std::string, std::string>& models) = 0;

  /// Adds files to the list that a worker makes; `first`: how many it has listed before. Others do
  /// not see them yet.
  virtual void list(const std::string& worker, std::size_t first,
                    std::span<const CollectionFile> files) = 0;

  /// Adds the files that a worker has listed and that are not there yet, in their order; lets those
  /// that failed be tried again. Throws Error(invalid_argument), and adds nothing, if two files
  /// would have the same output.
  virtual void add_listed(const std::string& worker) = 0;

  /// The languages of all files, sorted; none if there are no files.
  virtual std::vector<std::string> languages() = 0;

  /// Claims files for a worker: at most `most`, fewer if there are not so many.
  virtual std::vector<CollectionFile> claim(const std::string& worker, std::size_t most) = 0;

  /// Tells that a worker lives, and prolongs its claims of the files that it holds. `ended`: all
  /// files that it has finished so far, for progress().
  virtual void renew(const std::string& worker, std::span<const CollectionFile> held,
                     const FileCounts& ended) = 0;

  /// The finished pages of a file.
  virtual std::vector<AppliedPage> pages_of(const CollectionFile& file) = 0;

  /// Adds the record of a page, or replaces it.
  virtual void add(const CollectionFile& file, const AppliedPage& page) = 0;

  /// Notes that a worker has finished a file: `failure` is empty, or why a page has no result.
  /// Nothing happens if the file was claimed by another one since.
  virtual void finish(const std::string& worker, const CollectionFile& file,
                      const std::string& failure) = 0;

  /// Ends files that kMaxClaims workers have claimed without finishing or giving them back: they
  /// have failed.
  virtual void give_up() = 0;

  /// Gives back what a worker has claimed, as if it never had, and forgets the worker and what it
  /// has only listed.
  virtual void give_back(const std::string& worker) = 0;

  /// Number of workers that live.
  virtual std::size_t workers() = 0;

  /// Looks at all files: a tenth of a second for a million.
  virtual FileCounts counts() = 0;

  /// What counts() would return, without looking at the files: what the workers told last.
  virtual FileCounts progress() = 0;

  /// Number of files that nobody has claimed, at most `most`.
  virtual std::size_t waiting(std::size_t most) = 0;

  /// Whether all files are done or have failed.
  virtual bool is_over() = 0;

  /// Files that failed, in the order they were added, at most `most`.
  virtual std::vector<FailedFile> failed(std::size_t most) = 0;

  /// The summary of all pages, without their list.
  virtual ApplySummary summary() = 0;
};

/// The journal in a database, which is called `name` in errors; creates it if there is none.
std::unique_ptr<SharedJournal> shared_journal_in(std::unique_ptr<SqlDatabase> database,
                                                 const std::string& name,
                                                 const Reconnection& reconnection, double lease);

/// Opens a journal, and creates it if there is none. `address`: as that of a study
/// (postgresql_place.h); a study may be there too. Throws Error(invalid_argument) for an address
/// that is not valid.
std::unique_ptr<SharedJournal> open_shared_journal(const std::string& address,
                                                   const Reconnection& reconnection = {},
                                                   double lease = kLease);

}  // namespace ocrtune
