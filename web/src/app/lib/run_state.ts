/** What a run's state says. Pure. Its `ended_ms` is its process's, which has ended of a paused run too. */
import type { RunInfo } from "contract";
import { studyOfRun } from "./format.ts";
import { isSearch } from "./run_form.ts";

/** Whether it was stopped before its end, and can go on. */
export function isStopped({ state }: Pick<RunInfo, "state">): boolean {
  return state === "paused" || state === "cancelled" || state === "interrupted";
}

/** Whether the study or folder that a run has written is no longer there. `written`: what is there; null while that is unknown. */
export function isWrittenGone(run: Pick<RunInfo, "method" | "study" | "request">, written: { studies: ReadonlySet<string>; folders: ReadonlySet<string> } | null): boolean {
  if (written === null) return false;
  if (isSearch(run.method)) return !written.studies.has(studyOfRun(run.study));
  return !written.folders.has(run.request.output ?? "");
}
