/** How long a run is expected to take, by what earlier runs on this machine took. Pure. */
import type { RunInfo, RunRequest } from "contract";

/** What decides the time of a run. */
export interface Planned {
  method: RunRequest["method"];
  corpus: string;
  /** How many pages it has. */
  pages: number;
  /** Of `apply`: as `wayOf` has it. */
  way: string;
  /** Of searches; null where they end otherwise. */
  trials: number | null;
}

/** More pages than these are not tuned on. */
const mostTuned = 40;

/** What pages are recognized with, which decides how long one takes. */
export function wayOf({ study, pipeline, options }: Pick<RunRequest, "study" | "pipeline" | "options">): string {
  if (typeof options.effort === "string") return `effort ${options.effort}`;
  return study !== "" ? `study ${study}` : `pipeline ${pipeline?.name ?? ""}`;
}

const tells = (run: RunInfo) => run.state === "done" && run.done > 0 && run.busy_s > 0;
const tunedOn = (method: RunRequest["method"], pages: number) => (method === "tune" ? Math.min(pages, mostTuned) : pages);

/** Seconds; null where no earlier run tells. `pagesOf`: how many pages a corpus has, null where it is gone. `runs`: the newest first. */
export function expectedSeconds(planned: Planned, runs: readonly RunInfo[], pagesOf: (corpus: string) => number | null): number | null {
  const { method, corpus, pages } = planned;
  if (method === "train" || pages === 0) return null;
  const alike = runs.filter((run) => run.method === method && tells(run));
  const samePages = (run: RunInfo) => run.corpus === corpus;
  if (method === "apply") {
    const sameWay = alike.filter((run) => wayOf(run.request) === planned.way);
    const last = sameWay.find(samePages) ?? sameWay[0];
    return last ? (last.busy_s / last.done) * pages : null;
  }
  if (planned.trials === null) return null;
  const known = alike.filter((run) => (pagesOf(run.corpus) ?? 0) > 0);
  const last = known.find(samePages) ?? known[0];
  if (!last) return null;
  const perPage = last.busy_s / last.done / tunedOn(method, pagesOf(last.corpus)!);
  return perPage * planned.trials * tunedOn(method, pages);
}
