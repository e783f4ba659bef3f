/** Runs that count up by themselves. */
import type { RunHistory, RunInfo, RunRequest, Scores } from "contract";
import { random } from "../../make_study.ts";
import { epochs } from "./training.ts";

type Tell = (event: string, data: unknown) => void;

export class Runs {
  /** Whether training wins something. */
  trainingWins = true;
  readonly all = new Map<string, { info: RunInfo; trials: RunHistory["trials"]; log: string }>();
  private readonly timer: NodeJS.Timeout;
  private readonly tell: Tell;
  private count = 0;

  constructor(tell: Tell, tickMs: number) {
    this.tell = tell;
    this.timer = setInterval(() => this.tick(), tickMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  start(request: RunRequest, state: RunInfo["state"] = "running"): string {
    this.count += 1;
    const id = `r${this.count}`;
    const searches = request.method !== "apply" && request.method !== "train";
    const info: RunInfo = {
      id, method: request.method, study: request.study, corpus: request.corpus, state,
      command: `ocrtune ${request.method} pages ${searches ? `--study ${request.study}` : `-o ${request.output}`}${request.options.trials ? ` --trials ${request.options.trials}` : ""}`,
      started_ms: 1_790_000_000_000 + this.count * 60_000, ended_ms: state === "queued" || state === "running" || state === "cancelling" ? null : 1_790_000_900_000, busy_s: 0, done: 0,
      total: request.method === "apply" ? 12 : request.method === "train" ? epochs.most : ((request.options.trials as number | undefined) ?? (request.options.budget ? null : 120)),
      rate: null, left_s: null, objective: (request.options.objective as string[] | undefined)?.[0] ?? "reference_quality",
      baseline: searches ? 802.67 : null, best: null, best_number: null, message: "", exit_status: null, request,
    };
    this.all.set(id, { info, trials: [], log: `${info.command}\nreading the original pages\n` });
    this.tell("run", info);
    return id;
  }

  steer(id: string, what: string): RunInfo | null {
    const run = this.all.get(id);
    if (!run) return null;
    const to = { pause: "paused", cancel: "cancelled", resume: "running" }[what];
    if (to === undefined) return null;
    run.info = { ...run.info, state: to as RunInfo["state"], ended_ms: to === "running" ? null : Date.now(), rate: null, left_s: null };
    this.tell("run", run.info);
    return run.info;
  }

  private tick(): void {
    for (const run of this.all.values()) {
      if (run.info.state !== "running") continue;
      const number = run.info.done + 1;
      const value = 820 + 300 * random(number)() + number;
      const trains = run.info.method === "train";
      const searches = !trains && run.info.method !== "apply";
      const better = searches && (run.info.best === null || value > run.info.best);
      const over = run.info.total !== null && number >= (trains ? epochs.all : run.info.total);
      run.info = {
        ...run.info, done: number, busy_s: run.info.busy_s + 4, rate: 14.6,
        left_s: run.info.total === null ? 300 : (run.info.total - number) * 4,
        best: better ? value : run.info.best, best_number: better ? number : run.info.best_number,
        message: `${number} of ${run.info.total ?? "?"}`,
        ...(over ? { state: "done" as const, ended_ms: Date.now(), exit_status: 0 } : {}),
      };
      const pruned = number % 7 === 3;
      const confidence = 70 + 20 * random(number + 1)();
      const trial = {
        number, value, finished_ms: number * 4000, pruned,
        scores: pruned ? ({} as Scores) : { confidence, sharpness: 900 + number, contrast: 61.5, cnr: 2.5 + number / 100 },
        delta: pruned ? null : confidence - 71.25,
        settings: pruned ? [] : [`line_h_size=${30 + (number % 40)}`, `denoise_h=${2 + (number % 18)}`, `use_clahe=${number % 2 === 0}`],
      };
      run.trials.push(trial);
      run.log += `${trains ? "epoch" : "trial"} ${number}: ${value.toFixed(2)}\n`;
      if (searches) this.tell("trials", { id: run.info.id, from: run.trials.length - 1, trials: [trial] });
      this.tell("run", run.info);
    }
  }
}
