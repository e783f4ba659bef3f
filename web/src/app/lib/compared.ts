/** Two or more studies side by side. */
import type { StudyData } from "contract";
import { bestSoFar, objectiveOf, shownColumn } from "../../charts/study.ts";

export interface Compared {
  id: string;
  data: StudyData;
}

/** Names of all parameters that a best trial has a value for, those of the first study first. */
export function comparedParameters(studies: readonly Compared[]): string[] {
  return [...new Set(studies.flatMap(({ data }) => Object.keys(data.summary.best.params)))];
}

/** Whether values can be compared: the same first objective. */
export function sameObjective(studies: readonly Compared[]): boolean {
  return new Set(studies.map(({ data }) => objectiveOf(data).name)).size <= 1;
}

/** Steps of each study's best so far, in shown units; gains over its baseline where the objectives differ. */
export function comparedHistories(studies: readonly Compared[]): { id: string; steps: [number, number][] }[] {
  return studies.map(({ id, data }) => ({
    id,
    steps: bestSoFar(data.trials.number, shownColumn(data, objectiveOf(data)), objectiveOf(data)),
  }));
}
