/** What a run's state says. Pure. Its `ended_ms` is its process's, which has ended of a paused run too. */
import type { RunInfo } from "contract";

/** Whether it was stopped before its end, and can go on. */
export function isStopped({ state }: Pick<RunInfo, "state">): boolean {
  return state === "paused" || state === "cancelled" || state === "interrupted";
}
