/** The journal of a run: a line for each finished trial, with its scores and parameters. */
import type { RunHistory } from "contract";

export type JournalTrial = RunHistory["trials"][number];

/** The scores that a journal has beside the objective, in the order of their columns. */
export const journalScores = ["confidence", "sharpness", "contrast", "cnr"] as const;

/** The parameters of a trial by name, from NAME=VALUE. */
export function settingsOf(trial: JournalTrial): Map<string, string> {
  return new Map(
    trial.settings.map((setting): [string, string] => {
      const at = setting.indexOf("=");
      return [setting.slice(0, at), setting.slice(at + 1)];
    }),
  );
}

/** The names of all parameters that a trial has, in the order in which they first come. */
export function parameterNames(trials: readonly JournalTrial[]): string[] {
  return [...new Set(trials.flatMap((trial) => [...settingsOf(trial).keys()]))];
}

/** What a column of values is sorted by: numbers as such. */
export function sortKey(value: string | undefined): number | string | null {
  if (value === undefined) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}
