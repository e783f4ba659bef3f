/** Waits for quiet and keeps only the newest of several requests, as moving a slider makes them. */

/** Calls what was given last, `ms` after the last call. */
export class Debounced {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }

  call(job: () => void): void {
    this.cancel();
    this.timer = setTimeout(() => {
      this.timer = null;
      job();
    }, this.ms);
  }

  cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}

/** Runs jobs of which only the newest counts. */
export class Latest {
  private controller: AbortController | null = null;

  /** Aborts the job before; undefined where a newer one came before this one's end. Errors of the newest are thrown. */
  async run<T>(job: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    this.controller?.abort();
    const mine = new AbortController();
    this.controller = mine;
    try {
      const result = await job(mine.signal);
      return this.controller === mine ? result : undefined;
    } catch (error) {
      if (this.controller !== mine) return undefined;
      throw error;
    } finally {
      if (this.controller === mine) this.controller = null;
    }
  }

  cancel(): void {
    this.controller?.abort();
    this.controller = null;
  }
}
