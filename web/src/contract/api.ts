/**
 * The server's API: what each address takes and gives. Made by src/ocrtune/server; docs/reference/api.md is its page.
 *
 * Every address below /api wants the token: `Authorization: Bearer TOKEN`, or the cookie that `GET /?token=TOKEN`
 * sets. Bodies and answers are JSON unless said otherwise. An error is {"error": "one line"} with status 400 (wrong
 * input), 401 (no or wrong token), 403 (foreign Origin or Host, or a path outside the folders), 404, 405, 409 (not
 * possible now), 413 (too large), 415, 422 (a page can't be read) or 503 (too many connections or previews at once).
 */
import type { FreeParameter, Interval, ParameterType, Score, Scores, Word } from "./study_data";

/** GET /api/server */
export interface ServerInfo {
  version: string;
  program: string;
  /** Where studies are kept. */
  folder: string;
  /** Folders that pages may be taken from; `folder` is the first. */
  roots: string[];
  cores: number;
  /** Tesseract's languages that are installed. */
  languages: string[];
}

/** GET /api/devices: what stages and the engine can run on besides the processors. */
export interface DeviceInfo {
  /** As --device takes it. */
  name: string;
  description: string;
  memory_bytes: number;
  /** The processors under another name. */
  is_processor: boolean;
  /** The program has kernels for it. */
  has_code: boolean;
}

/** A page of docs/ in Markdown, by language. */
export type Documentation = Record<"en" | "fr", string>;

/** GET /api/stages: all stages of the registry. */
export interface StageInfo {
  name: string;
  summary: string;
  /** The page of docs/reference/stages. */
  doc: Documentation;
  cites: string[];
  /** Has read no page better in what was measured so far. */
  wants_colour: boolean;
  gives_colour: boolean;
  parameters: StageParameter[];
}

export interface StageParameter {
  name: string;
  type: ParameterType;
  low: number;
  high: number;
  initial: number;
  min: number;
  max: number;
  unit: string;
  help: string;
  log: boolean;
  choices: string[];
}

/** GET /api/ocr: how the outcome of a pipeline is read. */
export interface OcrInfo {
  summary: string;
  /** docs/reference/ocr_settings.md. */
  doc: Documentation;
  /** At its initial value each says nothing. */
  parameters: StageParameter[];
}

/** GET /api/presets */
export interface PresetInfo {
  name: string;
  description: string;
  toml: string;
}

/** POST /api/pipelines/parse {toml} gives one; POST /api/pipelines/text {pipeline} gives {toml}. Errors are 400. */
export interface PipelineForm {
  name: string;
  description: string;
  uses: StageUseForm[];
  slots: SlotForm[];
  /** What its [ocr] sets, each parameter at most once; may be left out in requests. */
  ocr: OcrSettingForm[];
}

export interface StageUseForm {
  stage: string;
  /** "use_STAGE". */
  switch_name: string;
  on: boolean;
  /** The search may turn it off. */
  optional: boolean;
  /** Name of the slot it is an alternative in, or "". Alternatives follow each other. */
  slot: string;
  settings: SettingForm[];
}

export interface SettingForm {
  /** What the pipeline calls it. */
  name: string;
  /** What the stage calls it. */
  parameter: string;
  value: number;
  /** null: fixed. */
  free: { low: number; high: number; log: boolean; step: number } | null;
}

export interface OcrSettingForm extends SettingForm {
  /** Of a category, those that are searched, in their order; `value` is an index of it. */
  choices: string[];
  /** The switch that sets it or not, where `optional`. */
  switch_name: string;
  on: boolean;
  /** The search may leave it unset. */
  optional: boolean;
}

export interface SlotForm {
  name: string;
  /** Stages' names, and "none". */
  choices: string[];
  chosen: number;
}

/** GET /api/samplers */
export interface SamplerInfo {
  name: string;
  summary: string;
  good_for: string;
  cost: string;
  several_objectives: boolean;
}

/** GET /api/objectives */
export type ObjectiveInfo = Score;

/** GET /api/folders?path=P, P below one of the roots, absolute; without it the roots themselves. */
export interface FolderListing {
  path: string;
  /** null at a root. */
  parent: string | null;
  folders: { name: string; path: string }[];
  /** Files directly in it that may hold pages, and manifests. */
  files: { name: string; path: string; bytes: number }[];
}

/** PUT /api/uploads/NAME, body a page file or its truth, at most 64 MiB: kept as FOLDER/uploads/NAME. Gives {path}. */

/** POST /api/corpora CorpusRequest gives {id}; GET /api/corpora gives all, without pages; they outlive the server. */
export interface CorpusRequest {
  /** Files, folders or manifests below a root. */
  inputs: string[];
  lang: string;
}

/** GET /api/corpora/ID; also the event `corpus`, without pages. */
export interface CorpusInfo {
  id: string;
  name: string;
  inputs: string[];
  lang: string;
  /** loading: pages come in; reading: they are read without preprocessing, which `read` counts. */
  state: "loading" | "reading" | "ready" | "failed";
  /** Of `failed`, or one line for each input that can't be used. */
  problems: string[];
  page_count: number;
  read: number;
  truth_count: number;
  /** How often the pages were loaded, as they are again after an edit. */
  loads: number;
  /** Pages that are left out by their edits. */
  excluded?: ExcludedPage[];
  pages?: CorpusPage[];
}

/** POST /api/corpora/ID/include ExcludedPage without `name`: it is a page again. */
export interface ExcludedPage {
  file: string;
  /** As it is shown. */
  name: string;
  /** Page of the file, from 1. */
  number: number;
}

export interface CorpusPage {
  index: number;
  name: string;
  width: number;
  height: number;
  /** 0: unknown. */
  dpi: number;
  lang: string;
  truth: boolean;
  /** Of its pixels. */
  version: string;
  /** Of the original page; null until it is read. */
  baseline: Scores | null;
}

export type Point = [x: number, y: number];

/** How a page is edited by hand, in this order. px of the page that the steps before give. */
export interface PageEdit {
  exclude: boolean;
  /** Degrees clockwise: 0, 90, 180 or 270. */
  rotate: number;
  /** Of the sheet that becomes the page: upper left, upper right, lower right, lower left. */
  corners: Point[] | null;
  /** Left, top, right and bottom of what is kept. */
  crop: number[] | null;
  /** From the left; the page becomes two. */
  split: number | null;
}

/**
 * GET /api/corpora/ID/pages/N/edit: the page of a file that a page comes from. PUT {edit, version} gives {version}, and the
 * corpus is loaded again, or 409 if `version` is not that of the file's edits any more. POST …/edit/picture
 * {edit, max_width}: JPEG of the page after the edit, before it is split; header `X-Image-Size` as of a preview.
 */
export interface ScanEdit {
  /** Name of the file. */
  file: string;
  /** Page of the file, from 1. */
  number: number;
  version: string;
  edit: PageEdit;
}

/** DELETE /api/corpora/ID forgets a corpus; its files stay. */

/** GET /api/corpora/ID/pages/N/thumbnail: JPEG, 240 px wide at most. GET …/image?width=W: JPEG of the original page. */

/** GET /api/engines: the OCR engines, in the order in which `auto` tries them. */
export interface EngineInfo {
  /** As --engine takes it. */
  name: string;
  title: string;
  summary: string;
  /** `auto` may select it. */
  automatic: boolean;
}

/** GET /api/corpora/ID/pages/N/reading: the original page; POST /api/preview/reading PreviewRequest: a pipeline's. */
export interface PageReading {
  /** Of the image that was read, which the words' places are in, px. */
  width: number;
  height: number;
  words: Word[];
  text: string;
  truth: string | null;
  scores: Scores;
  /** EngineInfo.name of the engine that read. */
  engine: string;
  /** Milliseconds: preprocessing (less what the cache had) and reading. */
  preprocess_ms: number;
  read_ms: number;
}

/**
 * POST /api/preview: JPEG or PNG of a page after a stage. Header `X-Image-Size: WIDTHxHEIGHT` is of the whole image,
 * `Server-Timing` has each step's milliseconds. A newer request with the same `view` ends an older one, which gets 409.
 */
export interface PreviewRequest {
  corpus: string;
  page: number;
  pipeline: PipelineForm;
  /** Index into pipeline.uses of the last stage that runs; -1: the original page. */
  stage: number;
  /** What is asked for, px of the image after the stage; null: all of it. */
  region: { x: number; y: number; width: number; height: number } | null;
  /** The picture is reduced to this width, px. */
  max_width: number;
  /** Name of the place that shows it. */
  view: string;
  /** Of POST /api/preview/reading: EngineInfo.name or "auto", as where it is left out. */
  engine?: string;
}

/** POST /api/runs RunRequest gives {id}; GET /api/runs gives all, newest first; they outlive the server. */
export interface RunRequest {
  method: "tune" | "optimize" | "screen" | "apply";
  /** Study file's name, ending with .db; of `apply` the study whose portfolio or pipeline is applied, or "". */
  study: string;
  corpus: string;
  /** What is searched, or applied where `study` is "" and there is no option `effort`. */
  pipeline: PipelineForm | null;
  /** Of `apply`: the study's best pipeline instead of its portfolio, and the folder below FOLDER for the texts. */
  best_only?: boolean;
  output?: string;
  /** By OptionInfo.name; what isn't there is as it usually is. */
  options: RunOptions;
}

/** Numbers (times in s), texts, lists of texts and true, as OptionInfo.kind says. */
export type RunOptions = Record<string, number | string | boolean | string[]>;

/** GET /api/methods: what runs do, and what can be stated of them. */
export interface MethodInfo {
  name: RunRequest["method"];
  options: OptionInfo[];
}

export interface OptionInfo {
  name: string;
  /** On the command line: "--hold-out". */
  option: string;
  /** Options of one group stand together. */
  group: string;
  kind: "flag" | "whole" | "real" | "text" | "list";
  help: string;
  /** What it is where nothing is stated; may be empty. */
  usual: string;
  low: number | null;
  high: number | null;
  /** A number of seconds, which people write as 90s, 10m or 2h. */
  duration: boolean;
  /** What it may be; empty: anything. */
  choices: string[];
  /** Of a list, at most; 0: any number. */
  most_values: number;
}

/** GET /api/runs/ID; also the event `run`. */
export interface RunInfo {
  id: string;
  method: RunRequest["method"];
  study: string;
  corpus: string;
  state: RunState;
  /** As one would type it. */
  command: string;
  started_ms: number;
  /** null while it runs. */
  ended_ms: number | null;
  /** Time it was at work, pauses left out. */
  busy_s: number;
  /** Trials (pages of `apply`) finished, and in all; total null: until the time is over. */
  done: number;
  total: number | null;
  /** Trials (pages) a minute; null until it can be told. */
  rate: number | null;
  left_s: number | null;
  /** Mean of the first objective. */
  objective: string;
  baseline: number | null;
  best: number | null;
  best_number: number | null;
  /** Last line it said. */
  message: string;
  /** Of a run that ended: exit status. */
  exit_status: number | null;
  /** What it was asked for. */
  request: RunRequest;
}

/** interrupted: the server, or the run, was killed; it can be resumed, as can paused and cancelled ones. */
export type RunState = "running" | "paused" | "cancelling" | "cancelled" | "interrupted" | "failed" | "done";

/** POST /api/runs/ID/pause, …/cancel, …/resume give RunInfo. DELETE /api/runs/ID forgets one that ended. */

/** GET /api/runs/ID/log?from=BYTE: what it said. */
export interface RunLog {
  text: string;
  /** To ask from next. */
  next: number;
}

/** GET /api/runs/ID/texts?words=WORDS&from=N&count=N, of a run of `apply`: the pages that are finished, those with the most expected errors first; or those whose text has all these words, the best matches first. */
export interface TextList {
  /** Length of the whole list. */
  total: number;
  from: number;
  pages: FoundText[];
}

export interface FoundText {
  /** Its number in the corpus. */
  page: number;
  name: string;
  /** A fraction. */
  expected_cer: number;
  confidence: number;
  words: number;
  pipeline: string;
  /** Has ground truth. */
  truth: boolean;
  /** Of a search: a part of the text in pieces; those with an odd index are words that were found. */
  found: string[];
}

/** GET /api/runs/ID/to_correct?count=N: the pages whose ground truth would tell most, the first one the most; 5 if not stated. */
export interface PagesToCorrect {
  pages: FoundText[];
}

/** GET /api/runs/ID/texts/PAGE */
export interface PageText {
  page: number;
  name: string;
  /** px, of the page. */
  width: number;
  height: number;
  text: string;
  /** Those of `text`, with their places on the page; none where the run wrote no TSV. */
  words: Word[];
  /** The page's ground truth; null where there is none. */
  truth: string | null;
  /** Which ground truth it is; "" where there is none. */
  truth_version: string;
}

/** GET /api/runs/ID/export/NAME: all texts as ZIP, with ground truth as NAME.gt.txt; all pages as one searchable PDF. */
export type RunExportName = "texts.zip" | "pages.pdf";

/**
 * PUT /api/corpora/ID/pages/N/truth TruthChange gives SavedTruth: ground truth that a person has typed, at most 256 KiB,
 * into NAME.gt.txt beside the page, or the text file that it has. 409 where there is another one by now.
 */
export interface TruthChange {
  text: string;
  /** PageText.truth_version of the one that is replaced. */
  version: string;
}

export interface SavedTruth {
  version: string;
  /** The name of the file. */
  file: string;
}

/** GET /api/runs/ID/history?from=N: trials from the N-th finished one on; also the event `trials`. */
export interface RunHistory {
  id: string;
  from: number;
  trials: { number: number; value: number | null; finished_ms: number; pruned: boolean }[];
}

/**
 * GET /api/events: server-sent events `run` (RunInfo), `trials` (RunHistory), `corpus` (CorpusInfo) and `studies`
 * (StudyEntry[], those on servers, when one has changed); at the beginning one of `run` and `corpus` for each there is,
 * and one of `studies`; `ping` every 15 s.
 */

/** GET /api/studies; also the event `studies`, with those on PostgreSQL servers alone. */
export interface StudyEntry {
  /** File name without .db; of a study on a server NAME@TOKEN. */
  id: string;
  /** What it is called; "" for a database whose studies can't be listed, which `problem` says. */
  name: string;
  /** null: on a server, at `address`. */
  file: string | null;
  address: string | null;
  bytes: number;
  modified_ms: number;
  /** null: it can't be read, which `problem` says. */
  objective: string | null;
  problem: string | null;
  trials: number;
  pages: number;
  held_out: number;
  sampler: string;
  baseline: number | null;
  best: number | null;
  best_number: number | null;
  gain: Interval | null;
  /** Fractions, of the same pages as `baseline` and `best`; null without ground truth, and while it is running. */
  cer: { baseline: number; best: number } | null;
  /** Has a run that is at work; on a server: a command is working on it. */
  running: boolean;
}

/** GET /api/studies/ID/data gives StudyData, without pictures. */

/** GET /api/studies/ID/trials/N: a trial in full. */
export interface TrialDetail {
  number: number;
  params: Record<string, number | string>;
  /** The pipeline with every parameter fixed. */
  pipeline: PipelineForm;
  toml: string;
  scores: Scores;
  pages: { name: string; scores: Scores; preprocess_ms: number; ocr_ms: number; failure: string }[];
}

/** GET /api/studies/ID/corpus gives {id} of a corpus with the study's pages, made where there is none. */

/** GET, PUT /api/studies/ID/notes {text}, at most 64 KiB. */

/**
 * GET /api/studies/ID/export/NAME: trials.csv, pages.csv, timings.csv, pruned.csv, pareto.csv, best.toml,
 * portfolio.toml, report.html.
 */
export type ExportName = "trials.csv" | "pages.csv" | "timings.csv" | "pruned.csv" | "pareto.csv" | "best.toml"
  | "portfolio.toml" | "report.html";

/** A place where a parameter of a space is shown; here so that pages need one import. */
export type { FreeParameter };
