/** The edits of a scan by hand: each change is saved a moment after it was made, and can be undone. */
import type { PageEdit, ScanEdit } from "contract";
import { api, ApiError, errorText } from "./api.ts";
import { Debounced } from "./latest.ts";
import { sameEdit } from "./page_edit.ts";

type Store = Pick<typeof api, "scanEdit" | "saveEdit">;

/** A point that is dragged is saved where it rests. */
const rest = 600;

export class ScanEdits {
  readonly file: string;
  readonly number: number;
  /** The number of the page in its corpus, which pages that come or go change. */
  index: number;
  edit = $state.raw<PageEdit>()!;
  saved = $state.raw<PageEdit>()!;
  version = $state("");
  saying = $state<"" | "saving" | "saved">("");
  problem = $state("");
  /** What somebody else has saved meanwhile. */
  conflict = $state.raw<ScanEdit | null>(null);
  #past = $state.raw<PageEdit[]>([]);
  readonly #corpus: string;
  readonly #store: Store;
  readonly #quiet: Debounced;
  #dragging = false;
  #isHeld = false;
  #work: Promise<void> = Promise.resolve();

  constructor(corpus: string, index: number, answer: ScanEdit, store: Store = api, restMs = rest) {
    this.#corpus = corpus;
    this.#store = store;
    this.#quiet = new Debounced(restMs);
    this.index = index;
    this.file = answer.file;
    this.number = answer.number;
    this.#take(answer);
  }

  get unsaved(): boolean {
    return !sameEdit(this.edit, this.saved);
  }
  get canUndo(): boolean {
    return this.#past.length > 0;
  }
  isOf(answer: ScanEdit): boolean {
    return answer.file === this.file && answer.number === this.number;
  }

  /** `dragged`: one of the many changes of a movement, which are undone together. */
  change(next: PageEdit, dragged = false): void {
    if (sameEdit(next, this.edit)) return;
    if (!dragged || !this.#dragging) this.#past = [...this.#past, this.edit];
    this.#dragging = dragged;
    this.#put(next);
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#past = this.#past.slice(0, -1);
    this.#dragging = false;
    this.#put(before);
  }

  /** Saves what is not saved yet, after what is being saved. `leaving`: even if the browser's page is closed. */
  flush(leaving = false): Promise<void> {
    this.#quiet.cancel();
    this.#work = this.#work.then(() => this.#save(leaving));
    return this.#work;
  }

  /** Until they are released, changes wait: pages have come or gone, and the number of this one may be another's. */
  hold(): void {
    this.#isHeld = true;
  }
  release(): void {
    if (this.#isHeld && this.unsaved) void this.flush();
    this.#isHeld = false;
  }

  /** What the server has now, unless something is not saved yet. */
  refresh(answer: ScanEdit): void {
    if (!this.unsaved && answer.version !== this.version) this.#take(answer);
  }

  takeTheirs(): void {
    if (this.conflict) this.#take(this.conflict);
  }
  replaceTheirs(): Promise<void> {
    if (!this.conflict) return this.#work;
    this.version = this.conflict.version;
    this.saved = this.conflict.edit;
    this.conflict = null;
    return this.flush();
  }

  #put(next: PageEdit): void {
    this.edit = next;
    this.saying = "";
    this.problem = "";
    this.#quiet.call(() => {
      this.#dragging = false;
      if (!this.#isHeld) void this.flush();
    });
  }

  #take(answer: ScanEdit): void {
    this.#quiet.cancel();
    this.edit = this.saved = answer.edit;
    this.version = answer.version;
    this.#past = [];
    this.conflict = null;
    this.saying = "";
    this.problem = "";
  }

  async #save(leaving: boolean): Promise<void> {
    if (!this.unsaved || this.conflict) return;
    const edit = this.edit;
    this.saying = "saving";
    this.problem = "";
    try {
      const { version } = await this.#store.saveEdit(this.#corpus, this.index, edit, this.version, leaving);
      this.version = version;
      this.saved = edit;
      this.saying = this.unsaved ? "" : "saved";
    } catch (caught) {
      this.saying = "";
      await this.#refused(caught);
    }
  }

  async #refused(caught: unknown): Promise<void> {
    const isOlder = caught instanceof ApiError && caught.status === 409;
    const other = isOlder ? await this.#store.scanEdit(this.#corpus, this.index).catch(() => null) : null;
    if (other && this.isOf(other) && other.version !== this.version) this.conflict = other;
    else this.problem = errorText(caught);
  }
}
