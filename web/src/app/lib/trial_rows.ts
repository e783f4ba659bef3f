/** A study's trials as rows of a table. */
import type { StudyData } from "contract";

export interface TrialRow {
  number: number;
  /** Where it stands in the study's columns. */
  row: number;
}

/** The trials whose numbers are chosen; all where none are. */
export function trialRows(data: StudyData, chosen: readonly number[]): TrialRow[] {
  const wanted = new Set(chosen);
  return data.trials.number
    .map((number, row) => ({ number, row }))
    .filter((trial) => wanted.size === 0 || wanted.has(trial.number));
}
