/** Starts a run and goes to it. Throws ApiError. */
import type { RunRequest } from "contract";
import { api } from "./api.ts";
import { live } from "./live.svelte.ts";
import { router } from "./page_state.svelte.ts";

export async function beginRun(request: RunRequest): Promise<void> {
  const id = await api.startRun(request);
  void live.reload();
  router.go({ view: "runs", id });
}
