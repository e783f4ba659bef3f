/** What the server's events say, kept as one state; and the connection that mends itself. */
import type { CorpusInfo, RunHistory, RunInfo } from "contract";

export type Connection = "connecting" | "live" | "lost";

/** Runs and corpora by id, and the trials of the runs that somebody looks at. */
export interface LiveState {
  runs: Map<string, RunInfo>;
  corpora: Map<string, CorpusInfo>;
  trials: Map<string, RunHistory["trials"]>;
}

export function emptyState(): LiveState {
  return { runs: new Map(), corpora: new Map(), trials: new Map() };
}

/**
 * Adds `history` to what is known of its run's trials. False where trials between are missing: then the caller asks
 * for the history from the number that `known_trials` gives.
 */
export function addTrials(state: LiveState, history: RunHistory): boolean {
  const known = state.trials.get(history.id);
  if (known === undefined ? history.from !== 0 : history.from > known.length) return false;
  // An answer may come after events that are newer than it.
  const [before, behind] = [known ?? [], history.from + history.trials.length];
  state.trials.set(history.id, [...before.slice(0, history.from), ...history.trials, ...before.slice(behind)]);
  return true;
}

/** How many trials of a run are known. */
export function knownTrials(state: LiveState, id: string): number {
  return state.trials.get(id)?.length ?? 0;
}

/** Takes the server's lists: what isn't in them any more is gone. */
export function replaceAll(state: LiveState, runs: RunInfo[], corpora: CorpusInfo[]): void {
  state.runs = new Map(runs.map((run) => [run.id, run]));
  state.corpora = new Map(corpora.map((corpus) => [corpus.id, corpus]));
  for (const id of [...state.trials.keys()]) {
    if (!state.runs.has(id)) state.trials.delete(id);
  }
}

/** Newest first. */
export function runsInOrder(runs: Iterable<RunInfo>): RunInfo[] {
  return [...runs].sort((a, b) => b.started_ms - a.started_ms || (a.id < b.id ? 1 : -1));
}

/** The part of EventSource that is used; tests have their own. */
export interface Source {
  addEventListener(type: string, listener: (event: { data?: string }) => void): void;
  close(): void;
}

export interface StreamHooks {
  open: () => Source;
  /** An event's name and its JSON. */
  event: (name: string, data: unknown) => void;
  state: (state: Connection) => void;
  /** Each time that a stream begins. */
  begin: () => void;
}

/** Milliseconds before another try: at once, then longer, 10 s at most. */
export function retryDelay(failures: number): number {
  return Math.min(10_000, 500 * 2 ** Math.max(0, failures - 1));
}

/** Without a ping for this long, ms, a stream counts as lost; the server sends one every 15 s. */
const silentFor = 40_000;

/** Keeps a stream of events open: where it breaks or falls silent it is opened again, until stop(). */
export class Stream {
  private source: Source | null = null;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private watch: ReturnType<typeof setTimeout> | null = null;
  private readonly hooks: StreamHooks;

  constructor(hooks: StreamHooks) {
    this.hooks = hooks;
  }

  start(): void {
    this.stop();
    this.hooks.state(this.failures === 0 ? "connecting" : "lost");
    const source = this.hooks.open();
    this.source = source;
    source.addEventListener("open", () => {
      this.failures = 0;
      this.hooks.state("live");
      this.hooks.begin();
      this.heard();
    });
    source.addEventListener("error", () => this.lost());
    for (const name of ["run", "trials", "corpus", "studies", "ping"]) {
      source.addEventListener(name, (event) => {
        this.heard();
        if (name === "ping" || event.data === undefined) return;
        this.hooks.event(name, JSON.parse(event.data));
      });
    }
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.watch !== null) clearTimeout(this.watch);
    this.timer = this.watch = null;
    this.source?.close();
    this.source = null;
  }

  private heard(): void {
    if (this.watch !== null) clearTimeout(this.watch);
    this.watch = setTimeout(() => this.lost(), silentFor);
  }

  private lost(): void {
    this.stop();
    this.failures += 1;
    this.hooks.state("lost");
    this.timer = setTimeout(() => this.start(), retryDelay(this.failures));
  }
}
