/** Training models with ground truth: the run that does it, what to expect of it, and what came of it. Pure. */
import type { EngineInfo, RunInfo, RunRequest, Train } from "contract";
import type { ErrorCurve } from "../../charts/error_curve.ts";
import { freeOutput } from "./run_form.ts";
import { isStopped } from "./run_state.ts";

/** The run that trains with all ground truth of a corpus. `folders`: those that are there. */
export function trainingRequest(corpus: string, runs: readonly RunInfo[], folders: ReadonlySet<string>): RunRequest {
  return { method: "train", study: "", corpus, pipeline: null, output: freeOutput("train", runs, folders), options: { add_characters: true } };
}

const trainingsOf = (runs: readonly RunInfo[], corpus: string) =>
  runs.filter((run) => run.method === "train" && run.corpus === corpus).sort((a, b) => b.started_ms - a.started_ms);

/** The training of a corpus that is at work; else one that was stopped, unless a later one came to its end. */
export function openTraining(runs: readonly RunInfo[], corpus: string): RunInfo | undefined {
  const begun = trainingsOf(runs, corpus).filter((run) => run.state !== "failed");
  return begun.find((run) => run.state !== "done" && !isStopped(run)) ?? begun.slice(0, 1).find(isStopped);
}

/** The last training of a corpus that came to its end. */
export function lastTraining(runs: readonly RunInfo[], corpus: string): RunInfo | undefined {
  return trainingsOf(runs, corpus).find((run) => run.state === "done");
}

/** Whether a model was written. */
export function hasWon(training: Train | null): boolean {
  return training !== null && training.engines.some((engine) => engine.file !== undefined);
}

export interface TrainedModels {
  /** The trainings that wrote a model. */
  won: RunInfo[];
  /** Those whose result could not be asked for, and why the first could not. */
  unknown: RunInfo[];
  error: unknown;
}

/** What has come of the runs, of which `ask` gives the results. */
export async function trainedModels(runs: readonly RunInfo[], ask: (id: string) => Promise<Train | null>): Promise<TrainedModels> {
  const answers = await Promise.allSettled(runs.map((run) => ask(run.id)));
  const won = runs.filter((_, at) => answers[at]?.status === "fulfilled" && hasWon(answers[at].value));
  const unknown = runs.filter((_, at) => answers[at]?.status === "rejected");
  return { won, unknown, error: answers.find((one) => one.status === "rejected")?.reason };
}

/** A time that is only roughly known, in whole minutes or hours. */
export function roughTime(seconds: number): { count: number; unit: "minute" | "hour" } {
  const minutes = seconds / 60;
  if (minutes >= 90) return { count: Math.round(minutes / 60), unit: "hour" };
  return { count: minutes < 10 ? Math.max(1, Math.round(minutes)) : 5 * Math.round(minutes / 5), unit: "minute" };
}

/** What an engine is called; its name in commands where it isn't installed. */
export function engineTitle(engines: readonly EngineInfo[], name: string): string {
  return engines.find((engine) => engine.name === name)?.title ?? name;
}

/** A curve of each engine: of those that are trained, then of the one at work as far as it is. */
export function errorCurves(training: Train, engines: readonly EngineInfo[]): ErrorCurve[] {
  const trained = training.engines.map((one) => ({ name: engineTitle(engines, one.engine), values: one.curve, chosen: one.file === undefined ? null : one.epochs }));
  const { at_work: working } = training;
  const begun = working && working.curve.length > 0 ? [{ name: engineTitle(engines, working.engine), values: working.curve, chosen: null }] : [];
  return [...trained, ...begun];
}
