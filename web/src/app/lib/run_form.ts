/** The form of a new run: what was typed, what is wrong with it, and the request that it makes. */
import type { OptionInfo, PipelineForm, RunInfo, RunOptions, RunRequest } from "contract";
import type { Language } from "../../shared/i18n.ts";
import { translated } from "../../shared/program_texts.ts";
import { secondsOf } from "./format.ts";

export type Method = RunRequest["method"];
export const methods: readonly Method[] = ["tune", "optimize", "screen", "apply", "train"];

/** The two that most people need; the others stand below them. */
export const ways = ["apply", "tune"] as const;
export type Way = (typeof ways)[number];
export function isWay(method: Method): method is Way {
  return ways.some((one) => one === method);
}

/** The folders of methods that write files, until somebody says others. */
const usualOutputs = { apply: "texts", train: "models" } as const;
export type Writer = keyof typeof usualOutputs;
export const writers: readonly Writer[] = ["apply", "train"];

/** The other methods search for a pipeline, and write a study. */
export function isSearch(method: Method): method is Exclude<Method, Writer> {
  return !(method in usualOutputs);
}

/** Which searches can begin with points that are known; a screening has a design of its own. */
export function startsFromPoints(method: Method): boolean {
  return method === "tune" || method === "optimize";
}

/** Whether a file has the settings of another one's points, and is found beside it. */
export const isBesidePoints = (name: string) => /_config\.csv$/i.test(name);

export const usualEffort = "normal";

export interface RunForm {
  method: Method;
  corpus: string;
  /** Of `apply`: what a study found, a pipeline, or the pipelines and rule of the option `effort`. */
  source: "study" | "pipeline" | "effort";
  study: string;
  bestOnly: boolean;
  outputs: Record<Writer, string>;
  /** Of searches: paths of files with points to start from. */
  startFrom: string[];
  /** The run of `train` whose models pages are recognized with; empty: as installed. */
  models: string;
  /** Texts of options as typed, by name; none or empty: as it usually is. */
  texts: Record<string, string>;
  lists: Record<string, string[]>;
  flags: Record<string, boolean>;
}

/** What an option is called in the form. */
export function optionLabel(option: OptionInfo, language: Language): string {
  return option.label === "" ? option.option : translated(option.label, language);
}

export function emptyRunForm(): RunForm {
  return {
    method: "tune", corpus: "", source: "study", study: "", bestOnly: false, outputs: { ...usualOutputs }, startFrom: [], models: "",
    texts: { effort: usualEffort }, lists: {}, flags: {},
  };
}

const modelsOf = (form: RunForm) => (form.method === "train" ? "" : form.models);
/** What is searched or applied: all but `train` have one of these, or `effort`. */
const hasSource = (form: RunForm, source: "study" | "pipeline") => isSearch(form.method) || (form.method === "apply" && form.source === source);

/** Options that a recipe or `effort` takes the place of. */
const ruled = ["vote", "enough"];

/** The options that the form has: `effort`, or a recipe, and those that they exclude aren't there together. */
export function optionsFor(form: RunForm, options: readonly OptionInfo[]): OptionInfo[] {
  const isRuled = form.source === "effort" || (form.source === "study" && !form.bestOnly);
  const hidden = [
    ...(form.method === "apply" && form.source !== "effort" ? ["effort"] : []),
    ...(form.method === "apply" && isRuled ? ruled : []),
  ];
  return options.filter((option) => !hidden.includes(option.name));
}

/** Whether an option says where stages or an engine are at work. */
export function isOfDevice({ name }: Pick<OptionInfo, "name">): boolean {
  return name === "device" || name === "ocr_device";
}

/** Options that everybody is asked for, and those that stand before the others below. */
const plain: Record<Way, readonly string[]> = { apply: ["effort", "format"], tune: ["budget"] };
const first = ["exponent", "trials", "budget", "objective", "sampler", "vote", "add_characters"];

/** The options of a form: the plain ones, and the advanced ones by their groups, in the order of the program. */
export function sidesOf(method: Method, options: readonly OptionInfo[]): { plain: OptionInfo[]; advanced: { group: string; options: OptionInfo[] }[] } {
  const asked = isWay(method) ? plain[method] : [];
  const left = options.filter((one) => !asked.includes(one.name));
  const beginning = first.flatMap((name) => left.filter((one) => one.name === name));
  const rest = left.filter((one) => !first.includes(one.name));
  const groups = [...new Set(rest.map((one) => one.group))].map((group) => ({ group, options: rest.filter((one) => one.group === group) }));
  return {
    plain: asked.flatMap((name) => options.filter((one) => one.name === name)),
    advanced: [...(beginning.length > 0 ? [{ group: "", options: beginning }] : []), ...groups],
  };
}

/** How many points a screening of 2 to the power of what is typed has, or of what is usual; null where that is no exponent. */
export function pointsOfExponent(typed: string | undefined, option: OptionInfo): number | null {
  const text = (typed ?? "").trim() || option.usual;
  const exponent = Number(text);
  const within = exponent >= (option.low ?? 0) && exponent <= (option.high ?? 52);
  return /^\d+$/.test(text) && within ? 2 ** exponent : null;
}

/** What is wrong, by field: an option's name, or one of the form's own. */
export type RunProblems = Partial<Record<string, "needPages" | "badName" | "badNumber" | "badTime">>;

const typed = (form: RunForm, option: OptionInfo) => (form.texts[option.name] ?? "").trim();
const isNumber = (option: OptionInfo) => option.kind === "whole" || option.kind === "real";

function problemOf(form: RunForm, option: OptionInfo): "badNumber" | "badTime" | undefined {
  const text = typed(form, option);
  if (text === "" || !isNumber(option)) return undefined;
  if (option.duration) return secondsOf(text) === null ? "badTime" : undefined;
  const number = Number(text);
  const shaped = option.kind === "whole" ? /^\d{1,15}$/.test(text) : Number.isFinite(number);
  const within = number >= (option.low ?? -Infinity) && number <= (option.high ?? Infinity);
  return shaped && within ? undefined : "badNumber";
}

export function runProblems(form: RunForm, options: readonly OptionInfo[]): RunProblems {
  const found: RunProblems = {};
  if (form.corpus === "") found.corpus = "needPages";
  const named = isSearch(form.method)
    ? /^[\p{L}\p{N}_][\p{L}\p{N}_. -]*$/u.test(form.study)
    : !hasSource(form, "study") || form.study !== "";
  if (!named) found.study = "badName";
  for (const option of options) {
    const problem = problemOf(form, option);
    if (problem) found[option.name] = problem;
  }
  return found;
}

/** What is stated of the options that the form has. */
function optionsOf(form: RunForm, options: readonly OptionInfo[]): RunOptions {
  const stated: RunOptions = {};
  for (const option of options) {
    const text = typed(form, option);
    const list = (form.lists[option.name] ?? []).map((one) => one.trim()).filter((one) => one !== "");
    const room = option.most_values > 0 ? option.most_values : list.length;
    if (option.kind === "flag" && form.flags[option.name]) stated[option.name] = true;
    if (option.kind === "list" && list.length > 0) stated[option.name] = [...new Set(list)].slice(0, room);
    if (option.kind === "text" && text !== "") stated[option.name] = text;
    if (isNumber(option) && text !== "") stated[option.name] = option.duration ? (secondsOf(text) ?? 0) : Number(text);
  }
  if (options.some((option) => option.name === "effort")) stated.effort ??= usualEffort;
  return stated;
}

/** `pipeline` null: the one that the method usually has. */
export function runRequest(form: RunForm, options: readonly OptionInfo[], pipeline: PipelineForm | null): RunRequest {
  const { method } = form;
  const models = modelsOf(form);
  const name = form.study.trim();
  const file = name === "" || name.endsWith(".db") ? name : `${name}.db`;
  return {
    method,
    study: hasSource(form, "study") ? file : "",
    corpus: form.corpus,
    pipeline: hasSource(form, "pipeline") ? pipeline : null,
    ...(method === "apply" ? { best_only: form.source === "study" && form.bestOnly } : {}),
    ...(isSearch(method) ? {} : { output: form.outputs[method].trim() }),
    ...(startsFromPoints(method) && form.startFrom.length > 0 ? { start_from: form.startFrom } : {}),
    ...(models === "" ? {} : { models }),
    options: optionsOf(form, optionsFor(form, options)),
  };
}

/** A name that isn't taken: STEM, STEM_2 and so on. */
export function freeName(stem: string, taken: readonly string[]): string {
  const known = new Set(taken);
  let count = 1;
  let name = stem;
  while (known.has(name)) {
    count += 1;
    name = `${stem}_${count}`;
  }
  return name;
}

/** A folder that no run has written to, and that is not there. */
export function freeOutput(writer: Writer, runs: readonly RunInfo[], folders: ReadonlySet<string>, wanted: string = usualOutputs[writer]): string {
  return freeName(wanted, [...folders, ...runs.flatMap((run) => run.request.output ?? [])]);
}

/** What decides a run's files: with the same, it continues in its folder. */
const resultOf = ({ method, study, corpus, pipeline, best_only, models, options }: RunRequest) =>
  JSON.stringify([method, study, corpus, pipeline?.name ?? "", best_only ?? false, models ?? "", options]);

/** Whether the folder that was typed has results, and these aren't those of such a run. */
export function isTaken(request: RunRequest, runs: readonly RunInfo[], folders: ReadonlySet<string>): boolean {
  const writers = runs.filter((run) => run.request.output === request.output);
  if (writers.length === 0) return folders.has(request.output ?? "");
  return !writers.some((run) => resultOf(run.request) === resultOf(request));
}
