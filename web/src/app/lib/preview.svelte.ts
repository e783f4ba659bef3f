/** Pictures of a page after the pipeline's stages, and what is read of it, kept up with what somebody changes. */
import type { PageOcrResult, PipelineForm, PreviewRequest } from "contract";
import { api, wasDropped } from "./api.ts";
import { Debounced, Latest } from "./latest.ts";
import { runningUses } from "./pipeline_ops.ts";
import { partOf, pixelsOf, type Part, type Size } from "./view_of_page.ts";

/** A picture that came. */
export interface Shot {
  url: string;
  part: Part;
  /** Of the whole image, px. */
  size: Size;
  milliseconds: number;
}

export interface Subject {
  corpus: string;
  page: number;
  /** Of the page's pixels, which an edit by hand changes. */
  version: string;
  form: PipelineForm;
  /** Index into form.uses, -1: the original; null: after all of them. */
  stage: number | null;
}

/** After moving a slider the picture is asked for when it rests this long, ms; then the text. */
const quiet = { image: 60, ocrResult: 200 };
const stripWidth = 180;
const whole: Part = { x: 0, y: 0, width: 1, height: 1 };

function pixelRatio(): number {
  return Math.min(2, typeof devicePixelRatio === "number" ? devicePixelRatio : 1);
}

export class Preview {
  main = $state.raw<Shot | null>(null);
  before = $state.raw<Shot | null>(null);
  strip = $state.raw<ReadonlyMap<number, Shot>>(new Map());
  ocrResult = $state.raw<PageOcrResult | null>(null);
  busy = $state(false);
  ocrBusy = $state(false);
  error = $state.raw<unknown>(null);

  readonly #view = `view-${Math.random().toString(36).slice(2, 10)}`;
  readonly #withStrip: boolean;
  #subject: Subject | null = null;
  #look: { part: Part; width: number } = { part: whole, width: 600 };
  #contentKey = "";
  #beforeKey = "";
  readonly #pause = { main: new Debounced(quiet.image), ocrResult: new Debounced(quiet.ocrResult) };
  readonly #newest = { main: new Latest(), before: new Latest(), strip: new Latest(), ocrResult: new Latest() };

  constructor(options: { strip: boolean }) {
    this.#withStrip = options.strip;
  }

  /** What is to be seen; the same as before costs nothing. */
  show(subject: Subject): void {
    // Its number may be another one by now.
    const samePage = this.#subject?.corpus === subject.corpus && this.#subject.version === subject.version;
    if (!samePage) this.#clear();
    this.#subject = subject;
    this.#pause.main.call(() => void this.#refresh());
  }

  /** Which part of the page is seen, and how wide it is on the screen, px. */
  look(part: Part, width: number): void {
    const old = this.#look;
    const near = (a: number, b: number) => Math.abs(a - b) < 1e-4;
    const same = near(old.part.x, part.x) && near(old.part.y, part.y) && near(old.part.width, part.width)
      && near(old.part.height, part.height) && near(old.width, width);
    if (same) return;
    this.#look = { part, width };
    if (this.#subject !== null) this.#pause.main.call(() => void this.#refresh());
  }

  stop(): void {
    for (const one of Object.values(this.#pause)) one.cancel();
    for (const one of Object.values(this.#newest)) one.cancel();
    this.#subject = null;
    this.#clear();
  }

  #clear(): void {
    for (const shot of [this.main, this.before, ...this.strip.values()]) if (shot) URL.revokeObjectURL(shot.url);
    this.main = this.before = this.ocrResult = null;
    this.strip = new Map();
    this.#contentKey = this.#beforeKey = "";
  }

  #request(subject: Subject, stage: number, view: string, width: number): PreviewRequest {
    return {
      corpus: subject.corpus, page: subject.page, pipeline: subject.form, stage, region: null,
      max_width: Math.max(1, Math.round(width)), view: `${this.#view}-${view}`,
    };
  }

  /** A picture of the part that is looked at; once more where the image's size isn't what was thought. */
  async #shot(request: PreviewRequest, part: Part, known: Size | null, signal: AbortSignal): Promise<Shot> {
    const began = performance.now();
    const region = known === null ? null : pixelsOf(part, known);
    const image = await api.preview({ ...request, region }, signal);
    const size = { width: image.width, height: image.height };
    const guessed = known !== null && (known.width !== size.width || known.height !== size.height);
    if (size.width > 0 && (guessed || known === null) && pixelsOf(part, size) !== null) {
      return this.#shot(request, part, size, signal);
    }
    return {
      url: URL.createObjectURL(image.blob),
      part: size.width > 0 ? partOf(region, size) : whole,
      size,
      milliseconds: performance.now() - began,
    };
  }

  async #refresh(): Promise<void> {
    const subject = this.#subject;
    if (subject === null) return;
    const { part, width } = this.#look;
    const stage = subject.stage ?? subject.form.uses.length - 1;
    this.busy = true;
    try {
      const request = this.#request(subject, stage, "main", width * pixelRatio());
      const shot = await this.#newest.main.run((signal) => this.#shot(request, part, this.main?.size ?? null, signal));
      if (shot === undefined) return;
      if (this.main) URL.revokeObjectURL(this.main.url);
      this.main = shot;
      this.error = null;
      this.busy = false;
      void this.#refreshBefore(subject, part, width);
      this.#refreshContent(subject);
    } catch (error) {
      this.busy = false;
      if (!wasDropped(error)) this.error = error;
    }
  }

  async #refreshBefore(subject: Subject, part: Part, width: number): Promise<void> {
    const key = JSON.stringify([subject.corpus, subject.page, part, width]);
    if (key === this.#beforeKey) return;
    try {
      const request = { ...this.#request(subject, -1, "before", width * pixelRatio()) };
      const shot = await this.#newest.before.run((signal) => this.#shot(request, part, this.before?.size ?? null, signal));
      if (shot === undefined) return;
      if (this.before) URL.revokeObjectURL(this.before.url);
      this.before = shot;
      this.#beforeKey = key;
    } catch (error) {
      if (!wasDropped(error)) this.error = error;
    }
  }

  /** Text and strip don't change where the page is only moved. */
  #refreshContent(subject: Subject): void {
    const key = JSON.stringify([subject.corpus, subject.page, subject.form.uses, subject.form.slots, subject.form.ocr]);
    if (key === this.#contentKey) return;
    this.#contentKey = key;
    this.ocrBusy = true;
    this.#pause.ocrResult.call(() => void this.#read(subject));
    if (this.#withStrip) void this.#refreshStrip(subject);
  }

  async #read(subject: Subject): Promise<void> {
    try {
      const request = this.#request(subject, subject.form.uses.length - 1, "reading", 1);
      const ocrResult = await this.#newest.ocrResult.run((signal) => api.previewOcrResult(request, signal));
      if (ocrResult === undefined) return;
      this.ocrResult = ocrResult;
    } catch (error) {
      // Of a corpus that isn't loaded yet: the next refresh asks again.
      this.#contentKey = "";
      if (!wasDropped(error)) this.error = error;
    }
    this.ocrBusy = false;
  }

  /** What another engine reads of the outcome that `ocrResult` is of. */
  readonly readBy = async (engine: string, signal: AbortSignal): Promise<PageOcrResult> => {
    const subject = this.#subject;
    if (subject === null) throw new DOMException("nothing is shown", "AbortError");
    return api.previewOcrResult({ ...this.#request(subject, subject.form.uses.length - 1, "engine", 1), engine }, signal);
  };

  async #refreshStrip(subject: Subject): Promise<void> {
    const stages = [-1, ...runningUses(subject.form)];
    const gone = [...this.strip.keys()].filter((stage) => !stages.includes(stage));
    if (gone.length > 0) {
      gone.forEach((stage) => URL.revokeObjectURL(this.strip.get(stage)!.url));
      this.strip = new Map([...this.strip].filter(([stage]) => !gone.includes(stage)));
    }
    try {
      await this.#newest.strip.run(async (signal) => {
        for (const stage of stages) {
          const request = this.#request(subject, stage, "strip", stripWidth);
          const shot = await this.#shot(request, whole, null, signal);
          if (signal.aborted) return;
          const old = this.strip.get(stage);
          this.strip = new Map(this.strip).set(stage, shot);
          if (old) URL.revokeObjectURL(old.url);
        }
      });
    } catch (error) {
      if (!wasDropped(error)) this.error = error;
    }
  }
}
