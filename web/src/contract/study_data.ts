/**
 * What a report shows of one study: the JSON that `ocrtune report` puts into its page and the server gives at
 * /api/studies/ID/data. Made by src/ocrtune/report/study_data.cpp.
 * Numbers are in the units of docs/reference/metrics.md: error rates are shares of 1, times are milliseconds.
 */
export interface StudyData {
  format: 1;
  study: StudyInfo;
  /** What the study makes large or small; the first one decides. */
  objectives: Score[];
  /** Every mean that trials.scores has, in the order they are shown. */
  scores: Score[];
  /** The free parameters, in the space's order. */
  parameters: FreeParameter[];
  /** That trials are evaluated on. */
  pages: PageInfo[];
  /** That only the best trials are shown to. */
  held_out: PageInfo[];
  /** All finished trials; of more than 20,000, the best, the last and an even sample of the others. */
  trials: Trials;
  /** Number of all finished trials. */
  trial_count: number;
  /** Trials that were stopped early, by number; of more than 20,000, an even sample. */
  pruned: Pruned;
  /** Number of all trials that were stopped early. */
  pruned_count: number;
  summary: Summary;
  importance: Importance | null;
  /** Numbers of the trials that no other one beats in all objectives at once, by the first one, as far as `trials` has them; one objective: empty. */
  front: number[];
  timings: Timings | null;
  page_choice: PageChoice | null;
  pipelines: {
    /** TOML of the recommended pipeline; `raw` where nothing beats the original pages. */
    best: string;
    /** TOML of the portfolio; null where the original page is all of it. */
    portfolio: string | null;
    /** TOML of what was searched. */
    searched: string;
  };
  /** Pages that gained and lost most, with pictures; empty where their files can't be read any more, and from the server. */
  pictures: Picture[];
  /** Why pictures are missing, one line; or null. */
  pictures_missing: string | null;
}

export interface StudyInfo {
  /** File name. */
  name: string;
  /** "ocrtune 0.1.0, Tesseract 5.3.0, OpenCV 4.6.0". */
  program: string;
  engine: string;
  /** Further engine of the pages' references; "" if there is none. */
  reference_engine: string;
  models: string;
  lang: string;
  psm: number;
  oem: number;
  seed: number;
  /** "design" is a screening. */
  sampler: string;
  pruner: string;
  pipeline_name: string;
  /** Points that the search began with. */
  first_points: number;
  constraints: string[];
  /** Milliseconds since 1970 UTC; null where no trial is finished. */
  started_ms: number | null;
  finished_ms: number | null;
}

/** A text in each language of the page. */
export type Texts = { en: string; fr: string };

export interface Score {
  name: string;
  minimized: boolean;
  /** "points", "%", "ms per page", or nothing. */
  unit: string;
  /** By what a value is multiplied where people read it: 100 for rates. */
  scale: number;
  needs_truth: boolean;
  title: Texts;
  /** A sentence. */
  help: Texts;
}

export type ParameterType = "real" | "integer" | "odd" | "boolean" | "category";

export interface FreeParameter {
  name: string;
  type: ParameterType;
  low: number;
  high: number;
  initial: number;
  log: boolean;
  /** Of a category, whose values are their indices. */
  choices: string[];
  unit: string;
  help: string;
  /** Name of the stage, or of the slot it chooses for. */
  stage: string;
  /** An earlier parameter that must exist, at one of `active_values` (any but 0 where empty), or "". */
  active_if: string;
  active_values: number[];
}

export interface PageInfo {
  name: string;
  width: number;
  height: number;
  lang: string;
  truth: boolean;
  labels: Record<string, string>;
}

/** Columns over finished trials, by number; 0 is the baseline. */
export interface Trials {
  number: number[];
  /** Milliseconds after study.started_ms. */
  started: number[];
  finished: number[];
  /** Per parameter a column; null where it doesn't exist in the point, and in the baseline. */
  values: (number | null)[][];
  /** Per score (by name) a column. */
  scores: Record<string, (number | null)[]>;
  /** Per page a column of the first objective; four significant digits. */
  page_values: (number | null)[][];
  /** How many pages its pipeline couldn't run on. */
  failed_pages: number[];
}

export interface Pruned {
  number: number[];
  /** Pages it went through. */
  pages: number[];
  values: (number | null)[][];
  /** Mean of the first objective over these pages, and of the baseline over the same ones. */
  value: (number | null)[];
  baseline: (number | null)[];
}

export interface Interval {
  mean: number;
  low: number;
  high: number;
}

export type Scores = Partial<Record<string, number>>;

/** As `ocrtune show --json`; only what the page shows is named. */
export interface Summary {
  objective: string;
  points: number;
  engine: string;
  confirmation: "not_needed" | "missing" | "given" | "refused";
  pages: number;
  baseline: Scores;
  best: { point_id: number; params: Record<string, number | string>; scores: Scores };
  gain: Interval;
  /** Of the point that was chosen on the other pages, whether it is recommended or these refused it. */
  held_out: { point_id: number; pages: number; baseline: Scores; scores: Scores; gain: Interval } | null;
  unsteady: number | null;
  worse_pages: { page: string; baseline: number; best: number }[];
  poorly_recognized_pages: { page: string; char_confidence: number; coverage: number | null }[];
  trust: { pages: number; spearman: number | null } | null;
  failed_pages: number;
  /** What to beware of or to look at, cautions first. */
  warnings: Warning[];
}

/** As warnings.h of the program gives them; `text` is in English. */
export interface Warning {
  code: WarningCode;
  severity: "caution" | "note";
  text: string;
  values: Record<string, number>;
  pages: string[];
}

export type WarningCode =
  | "more_errors"
  | "fewer_words"
  | "gain_may_be_chance"
  | "objective_parts_from_errors"
  | "objective_parts_from_agreement"
  | "unconfirmed"
  | "worse_pages"
  | "poorly_recognized_pages"
  | "doubtful_pages"
  | "failed_pages";

export interface Importance {
  points: number;
  explained: number;
  parameters: { name: string; first_order: Interval; total_order: Interval }[];
}

/** As `ocrtune timings --json`; only what the page shows is named. */
export interface Timings {
  trials: number;
  pages: number;
  busy_s: number;
  worker_s: number;
  steps: { name: string; count: number; cached: number; share: number | null }[];
}

export interface PageChoice {
  numbers: number[];
  pages: number;
  pipelines_per_page: number;
  gain: Interval | null;
}

export interface Picture {
  page: string;
  held_out: boolean;
  /** Of the first objective, positive is better. */
  gain: number;
  before: View;
  after: View;
  truth: string | null;
}

/** A page as it was read. */
export interface View {
  /** data: URI of a JPEG or PNG, reduced. */
  image: string;
  /** Of the image that was read, which the words' places are in, px. */
  width: number;
  height: number;
  text: string;
  words: Word[];
  scores: Scores;
}

/** Text, confidence 0 to 100, left, top, right, bottom in px, right and bottom excluded. */
export type Word = [text: string, confidence: number, left: number, top: number, right: number, bottom: number];
