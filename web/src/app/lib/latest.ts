/** Keeps requests few that come in numbers, as moving a slider or a run at work makes them. */

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

/** Calls what was given last at once, but no sooner than `ms` after the call before. */
export class Paced {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private job: (() => void) | null = null;
  private readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }

  call(job: () => void): void {
    this.job = job;
    if (this.timer === null) this.next();
  }

  cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = this.job = null;
  }

  private next(): void {
    const { job } = this;
    this.job = null;
    this.timer = job === null ? null : setTimeout(() => this.next(), this.ms);
    job?.();
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
