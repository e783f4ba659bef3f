/** The form that does what a study or a training recommends. Pure. */
import type { RunInfo, ToldVerdict } from "contract";
import { studyOfRun } from "./format.ts";
import { newRunAddress } from "./route.ts";
import { isSearch, usualEffort } from "./run_form.ts";

interface Known {
  corpus?: string;
  study: string;
  /** The run of `train` whose models the search had. */
  models?: string | undefined;
}

/** The models that a study was made with, of the newest of `runs` that says so; they are in the order of `live.runs`. */
export function modelsOfStudy(runs: readonly RunInfo[], study: string): string | undefined {
  return runs.find((run) => isSearch(run.method) && studyOfRun(run.study) === study && run.request.models)?.request.models;
}

/** The form that applies what the search found, which is the study's recipe, or its best pipeline if it has none. */
export function foundResultAddress(known: Known): string {
  return newRunAddress({ ...known, method: "apply" });
}

/** Where pages are recognized as the verdict recommends; a study without one has what it found. */
export function recommendedRunAddress(verdict: ToldVerdict | null, known: Known): string {
  if (!verdict || verdict.recommends) return foundResultAddress(known);
  const { corpus, models } = known;
  return newRunAddress({ corpus, method: "apply", effort: verdict.untuned, models });
}

/** Where the pages of a training are recognized with its models. */
export function trainedModelsAddress({ id, corpus }: Pick<RunInfo, "id" | "corpus">): string {
  return newRunAddress({ corpus, method: "apply", effort: usualEffort, models: id });
}
