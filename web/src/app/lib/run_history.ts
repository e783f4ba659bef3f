import type { RunHistory, RunInfo, Score } from "contract";
import type { HistoryData } from "../../charts/history.ts";

/** What is drawn of a run that is at work. */
export function runHistory(run: RunInfo, trials: RunHistory["trials"], score: Score): HistoryData {
  const inOrder = [...trials].sort((a, b) => a.number - b.number);
  const whole = inOrder.filter((trial) => !trial.pruned);
  return {
    score,
    numbers: whole.map((trial) => trial.number),
    values: whole.map((trial) => (trial.value === null ? null : trial.value * score.scale)),
    pruned: inOrder.flatMap((trial): [number, number | null][] =>
      trial.pruned ? [[trial.number, trial.value === null ? null : trial.value * score.scale]] : []),
    baseline: run.baseline === null ? null : run.baseline * score.scale,
    heldOut: null,
    recommended: run.best_number,
    hasVerdict: false,
  };
}
