/** A study whose pages are judged by their wrong characters instead of by the objective of its search. Pure. */
import type { StudyData, TrialDetail } from "contract";
import { objectiveOf, scoreOf } from "../../charts/study.ts";

const error = "cer";

/** Whether wrong characters would say more than the objective does. */
export function hasOtherObjective(data: StudyData): boolean {
  return data.summary.best.trial !== 0 && objectiveOf(data).name !== error && scoreOf(data, error) !== null;
}

/** With the original pages and the best trial alone; the study itself where not every page has ground truth. */
export function byWrongCharacters(data: StudyData, original: TrialDetail, best: TrialDetail): StudyData {
  const score = scoreOf(data, error);
  const values = data.pages.map((_, page) => [original, best].map((trial) => trial.pages[page]?.scores[error] ?? null));
  if (!score || values.some((page) => page.includes(null))) return data;
  return { ...data, objectives: [score], trials: { ...data.trials, number: [original.number, best.number], page_values: values } };
}
