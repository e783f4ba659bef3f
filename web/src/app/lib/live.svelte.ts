/** What the server's events say, for every view; one stream for the page. */
import type { CorpusInfo, RunHistory, RunInfo, StudyEntry } from "contract";
import { addresses, api, ApiError } from "./api.ts";
import { addTrials, emptyState, knownTrials, replaceAll, runsInOrder, Stream, type Connection } from "./events.ts";

/** Names of what is in the server's folder. */
export interface Written {
  studies: ReadonlySet<string>;
  folders: ReadonlySet<string>;
}

class Live {
  connection = $state<Connection>("connecting");
  /** The server doesn't take our token. */
  refused = $state(false);
  /** How often the connection has begun: what got no answer before is asked again. */
  begins = $state(0);
  /** The server is another version than the one that this page was loaded from. */
  updated = $state(false);
  /** The lists have come once: an empty one is empty indeed. */
  ready = $state(false);
  runs = $state.raw<RunInfo[]>([]);
  corpora = $state.raw<CorpusInfo[]>([]);
  /** The studies on servers; null until the server has told them. */
  serverStudies = $state.raw<StudyEntry[] | null>(null);
  /** The studies and the folders that are there beside the runs that have written them; null until the server has told them. */
  written = $state.raw<Written | null>(null);
  /** Of the runs that somebody looks at. */
  trials = $state.raw<ReadonlyMap<string, RunHistory["trials"]>>(new Map());

  readonly #state = emptyState();
  #version = "";
  #folder = "";
  #stream: Stream | null = null;
  #flushing = false;
  readonly #watched = new Map<string, number>();
  readonly #asked = new Set<string>();

  /** Begins to listen; ends with what it gives. */
  start(): () => void {
    this.#stream = new Stream({
      open: () => new EventSource(addresses.events),
      event: (name, data) => this.#take(name, data),
      state: (state) => {
        this.connection = state;
        if (state === "lost") void this.#whyLost();
      },
      begin: () => void this.#begin(),
    });
    this.#stream.start();
    return () => this.#stream?.stop();
  }

  async #begin(): Promise<void> {
    await this.reload();
    this.begins += 1;
    try {
      const { version, folder } = await api.server();
      this.updated = this.#version !== "" && version !== this.#version;
      this.#version ||= version;
      this.#folder = folder;
      await this.lookAtWritten();
    } catch (error) {
      this.#note(error);
    }
  }

  /** What runs have written may have been removed since. */
  async lookAtWritten(): Promise<void> {
    if (this.#folder === "") return;
    try {
      const [studies, listing] = await Promise.all([api.studies(), api.folders(this.#folder)]);
      this.written = { studies: new Set(studies.map((one) => one.id)), folders: new Set(listing.folders.map((one) => one.name)) };
    } catch (error) {
      this.#note(error);
    }
  }

  /** Fetches the lists: events only say what there is, not what is gone. */
  async reload(): Promise<void> {
    try {
      const [runs, corpora] = await Promise.all([api.runs(), api.corpora()]);
      replaceAll(this.#state, runs, corpora);
      this.refused = false;
      this.#publish();
      this.ready = true;
      for (const id of this.#watched.keys()) void this.#fill(id);
    } catch (error) {
      this.#note(error);
    }
  }

  run(id: string): RunInfo | undefined {
    return this.runs.find((run) => run.id === id);
  }

  corpus(id: string): CorpusInfo | undefined {
    return this.corpora.find((corpus) => corpus.id === id);
  }

  /** Takes an answer in before its event comes. */
  take(run: RunInfo): void {
    this.#state.runs.set(run.id, run);
    this.#flush();
  }

  /** Keeps the trials of a run until what it gives is called. */
  watch(id: string): () => void {
    this.#watched.set(id, (this.#watched.get(id) ?? 0) + 1);
    void this.#fill(id);
    return () => {
      const left = (this.#watched.get(id) ?? 1) - 1;
      if (left > 0) this.#watched.set(id, left);
      else this.#watched.delete(id);
    };
  }

  #take(name: string, data: unknown): void {
    if (name === "run") {
      const run = data as RunInfo;
      this.#state.runs.set(run.id, run);
    } else if (name === "corpus") {
      const corpus = data as CorpusInfo;
      this.#state.corpora.set(corpus.id, corpus);
    } else if (name === "studies") {
      this.serverStudies = data as StudyEntry[];
    } else if (name === "trials") {
      const history = data as RunHistory;
      if (this.#watched.has(history.id) && !addTrials(this.#state, history)) void this.#fill(history.id);
    }
    this.#flush();
  }

  async #fill(id: string): Promise<void> {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    try {
      addTrials(this.#state, await api.runHistory(id, knownTrials(this.#state, id)));
      this.#flush();
    } catch (error) {
      this.#note(error);
    } finally {
      this.#asked.delete(id);
    }
  }

  #note(error: unknown): void {
    if (error instanceof ApiError && error.status === 401) this.refused = true;
  }

  /** A stream doesn't say why it ended. */
  async #whyLost(): Promise<void> {
    try {
      await api.server();
    } catch (error) {
      this.#note(error);
    }
  }

  /** Many events make one change of the page. */
  #flush(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    setTimeout(() => {
      this.#flushing = false;
      this.#publish();
    }, 50);
  }

  #publish(): void {
    this.runs = runsInOrder(this.#state.runs.values());
    this.corpora = [...this.#state.corpora.values()];
    this.trials = new Map(this.#state.trials);
  }
}

export const live = new Live();
