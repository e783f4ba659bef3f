#include "ocrtune/apply/pipeline_results.h"

#include <utility>

#include "ocrtune/apply/column_search.h"

namespace ocrtune {

PipelinesEnd run_pipelines(OrientedPage& page, const Portfolio& portfolio, bool looks_for_columns,
                           const ResultTaker& taker) {
  ColumnSearch columns;
  bool has_results = false;
  bool more = true;
  std::size_t next = 0;
  while (next < portfolio.pipelines.size() && more) {
    const std::size_t i = next++;
    if (!taker.wants(i)) continue;
    const bool by_columns = columns.are_found();
    std::optional<PipelineResult> result;
    if (taker.known) result = taker.known(i, by_columns);
    if (result) {
      columns.note(*result);
    } else {
      result = by_columns ? page.reader->read(i, true) : page.read(i);
      if (result && looks_for_columns) columns.look(*page.reader, result);
    }
    if (!result) return PipelinesEnd::stopped;
    if (columns.ask_for_another_start(has_results)) {
      taker.start_anew();
      has_results = false;
      next = 0;
      continue;
    }
    has_results = true;
    more = taker.take(std::move(*result), columns.are_of_later(i), by_columns);
  }
  return columns.are_found() ? PipelinesEnd::done_by_columns : PipelinesEnd::done;
}

}  // namespace ocrtune
