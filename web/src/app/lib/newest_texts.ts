/** Which texts the navigation leads to. Pure. */
import type { RunInfo } from "contract";
import { isWrittenGone } from "./run_state.ts";

/** The newest run of recognition that has texts, of runs with the newest first. `written`: what is there; null while that is unknown. */
export function newestTexts(runs: RunInfo[], written: Parameters<typeof isWrittenGone>[1]): RunInfo | undefined {
  // What is there may have been asked before a run that is at work made its folder.
  return runs.find((run) => run.method === "apply" && run.done > 0 && (run.ended_ms === null || !isWrittenGone(run, written)));
}
