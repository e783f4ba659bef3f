/** The form of a new run: what was typed, what is wrong with it, and the request that it makes. */
import type { PipelineForm, RunOptions, RunRequest } from "../../contract/api.ts";
import { secondsOf } from "./format.ts";

export type Method = RunRequest["method"];
export const methods: readonly Method[] = ["tune", "optimize", "screen", "apply"];
export const formats = ["text", "tsv", "hocr", "alto", "page", "pdf"] as const;

/** Texts as typed; empty: as the command has it. */
export interface RunForm {
  method: Method;
  corpus: string;
  /** Of `apply`: what a study found, or a pipeline. */
  source: "study" | "pipeline";
  study: string;
  sampler: string;
  objective: string;
  others: string[];
  constraints: string[];
  trials: string;
  exponent: string;
  time: string;
  jobs: string;
  seed: string;
  holdOut: string;
  psm: string;
  reader: string;
  device: string;
  readingDevice: string;
  single: boolean;
  vote: boolean;
  formats: string[];
  output: string;
}

export function emptyRunForm(): RunForm {
  return {
    method: "tune", corpus: "", source: "study", study: "", sampler: "", objective: "", others: [], constraints: [],
    trials: "", exponent: "", time: "", jobs: "", seed: "", holdOut: "", psm: "", reader: "", device: "", readingDevice: "", single: false, vote: false,
    formats: ["text"], output: "texts",
  };
}

/** Fields that can be wrong, with what is. */
export type RunProblems = Partial<Record<"corpus" | "study" | "trials" | "exponent" | "time" | "jobs" | "seed" | "holdOut" | "psm",
  "needPages" | "badName" | "badNumber" | "badTime" | "needPipeline">>;

function isWhole(text: string, least: number): boolean {
  return text.trim() === "" || (/^\d{1,9}$/.test(text.trim()) && Number(text) >= least);
}

export function runProblems(form: RunForm): RunProblems {
  const found: RunProblems = {};
  if (form.corpus === "") found.corpus = "needPages";
  if (form.method === "apply") {
    if (form.source === "study" && form.study === "") found.study = "badName";
    return found;
  }
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_. -]*$/u.test(form.study)) found.study = "badName";
  for (const [name, least] of [["trials", 1], ["exponent", 1], ["jobs", 1], ["seed", 0], ["holdOut", 0], ["psm", 0]] as const) {
    if (!isWhole(form[name], least)) found[name] = "badNumber";
  }
  if (form.method !== "screen" && form.time.trim() !== "" && secondsOf(form.time) === null) found.time = "badTime";
  return found;
}

function wholeOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}

function textOf(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

/** Options of fields that the method has; the others as the command has them. */
function optionsOf(form: RunForm): RunOptions {
  const searches = form.method !== "apply";
  const optimizes = form.method === "optimize";
  const several = optimizes || form.method === "screen";
  const first = form.objective === "" ? [] : [form.objective];
  const others = several && first.length > 0 ? form.others.filter((name) => name !== form.objective) : [];
  return {
    sampler: optimizes ? textOf(form.sampler) : null,
    objectives: searches ? [...first, ...others] : [],
    constraints: form.method === "tune" || optimizes ? form.constraints.map((one) => one.trim()).filter((one) => one !== "") : [],
    trials: form.method === "tune" || optimizes ? wholeOf(form.trials) : null,
    exponent: form.method === "screen" ? wholeOf(form.exponent) : null,
    budget: (form.method === "tune" || optimizes) && form.time.trim() !== "" ? secondsOf(form.time) : null,
    jobs: wholeOf(form.jobs),
    seed: searches ? wholeOf(form.seed) : null,
    psm: wholeOf(form.psm),
    reader: textOf(form.reader),
    device: textOf(form.device),
    reading_device: textOf(form.readingDevice),
    hold_out: form.method === "tune" ? wholeOf(form.holdOut) : null,
    single: !searches && form.single,
    vote: !searches && form.vote,
    formats: searches ? [] : form.formats,
    output: searches ? "" : form.output.trim(),
  };
}

/** `pipeline` null: the one that the command has. */
export function runRequest(form: RunForm, pipeline: PipelineForm | null): RunRequest {
  const applies = form.method === "apply";
  const name = form.study.trim();
  const file = name === "" || name.endsWith(".db") ? name : `${name}.db`;
  return {
    method: form.method,
    study: applies && form.source === "pipeline" ? "" : file,
    corpus: form.corpus,
    pipeline: applies && form.source === "study" ? null : pipeline,
    options: optionsOf(form),
  };
}

/** A study's name that isn't taken: STEM, STEM_2 and so on. */
export function newStudyName(stem: string, taken: readonly string[]): string {
  const known = new Set(taken);
  let count = 1;
  let name = stem;
  while (known.has(name)) {
    count += 1;
    name = `${stem}_${count}`;
  }
  return name;
}
