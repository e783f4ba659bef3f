import type { ObjectiveInfo, Score } from "contract";
import { unknownScore } from "../../shared/scores.ts";

/** How an objective is shown; before the server has said so, as plain numbers. */
export function scoreOfObjective(objectives: readonly ObjectiveInfo[], name: string): Score {
  return objectives.find((one) => one.name === name) ?? unknownScore(name);
}
