/** Studies for tests: made by a seed, with what a real one has: conditions, categories, log scales, failures. */
import type { FreeParameter, Interval, PageInfo, Picture, Score, Step, StudyData, ToldVerdict, View, Word } from "contract";
import { learnScores } from "../src/shared/scores.ts";

export interface StudyOptions {
  trials: number;
  pages: number;
  parameters: number;
  heldOut: number;
  truth: boolean;
  objectives: number;
  pictures: number;
  screening: boolean;
  /** What the verdict recommends; a study without one: null. */
  verdict: "found" | "untuned" | null;
  /** Whether anything is better than the original pages. */
  gains: boolean;
}

export const smallStudy: StudyOptions = {
  trials: 96,
  pages: 12,
  parameters: 8,
  heldOut: 8,
  truth: true,
  objectives: 2,
  pictures: 3,
  screening: true,
  verdict: null,
  gains: true,
};

/** Numbers from 0 to 1 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function score(name: string, en: string, fr: string, rest: Partial<Score> = {}): Score {
  const help = { en: `What ${en} is.`, fr: `Ce qu'est ${fr}.` };
  return { name, minimized: false, unit: "points", scale: 1, needs_truth: false, title: { en, fr }, help, ...rest };
}

export const checkedQuality = score("reference_quality", "reference quality", "clarté vérifiée");
export const cer = score("cer", "wrong characters (CER)", "caractères faux (CER)", { minimized: true, unit: "%", scale: 100, needs_truth: true });
export const confidence = score("confidence", "confidence", "confiance");
export const time = score("time", "time", "temps", { minimized: true, unit: "ms per page" });
const words = score("words", "words", "mots", { unit: "words per page" });
learnScores([checkedQuality, cer, confidence, time, words]);

const named: [string, FreeParameter["type"], number, number, string, string][] = [
  ["binarize", "category", 0, 2, "", "which threshold, if any"],
  ["norm_kernel", "odd", 81, 201, "px", "width of the blur that is divided out"],
  ["denoise_h", "real", 2, 20, "gray levels", "filter strength h; 0 leaves the image unchanged"],
  ["noise_threshold", "real", 20, 500, "", "Laplacian variance below which it looks less far"],
  ["use_remove_lines", "boolean", 0, 1, "", "whether ruled lines are removed"],
  ["bin_c", "integer", 10, 25, "gray levels", "what is subtracted from the mean"],
  ["tesseract_resolution", "integer", 70, 600, "dpi", "what Tesseract is told"],
  ["sauvola_k", "real", 0.05, 0.6, "", "factor of the deviation"],
];

function parameterAt(at: number): FreeParameter {
  const [name, type, low, high, unit, help] = named[at % named.length] ?? ["x", "real" as const, 0, 1, "", ""];
  return {
    name: at < named.length ? name : `${name}_${Math.floor(at / named.length) + 1}`,
    type,
    low,
    high,
    initial: low,
    log: name === "noise_threshold",
    choices: type === "category" ? ["none", "binarize_adaptive", "binarize_sauvola"] : [],
    unit,
    help,
    stage: "stage",
    active_if: name === "sauvola_k" ? "binarize" : "",
    active_values: name === "sauvola_k" ? [2] : [],
  };
}

function draw(parameter: FreeParameter, share: number): number {
  const { low, high, type } = parameter;
  if (type === "real") return parameter.log ? low * (high / low) ** share : low + share * (high - low);
  const step = type === "odd" ? 2 : 1;
  return low + step * Math.floor(share * (Math.floor((high - low) / step) + 0.999));
}

const rounded = (value: number) => Number(value.toPrecision(4));

function page(at: number, truth: boolean): PageInfo {
  return { name: `scans/page_${String(at + 1).padStart(3, "0")}.png`, width: 1700, height: 2200, lang: "eng", truth, labels: {} };
}

const lines = [
  "Tuesday 14 March 1911. The harbour master reports that the",
  "steamer Adelaide left the quay at half past six with twelve",
  "barrels of tar, forty coils of rope & 3 crates marked FRAGILE.",
  "Weather fair; wind from the south-west, freshening by noon.",
  "Paid to the carter for two days: £1 4s. 6d. (see folio 88).",
];

function view(quality: number, next: () => number): View {
  const made: Word[] = [];
  const drawn: string[] = [];
  const read: string[] = [];
  lines.forEach((line, row) => {
    let left = 60;
    const top = 90 + row * 64;
    const got = line.split(" ").map((word) => (next() < quality ? word : word.slice(0, -1) + "~"));
    for (const word of got) {
      const right = left + 15 * word.length;
      const sure = word.endsWith("~") ? 20 + 40 * next() : 70 + 30 * quality * next();
      made.push([word, Math.round(sure), left, top - 30, right, top + 8]);
      left = right + 14;
    }
    read.push(got.join(" "));
    drawn.push(`<text x="60" y="${top}" font-family="monospace" font-size="25" fill="#333">${line.replace(/&/g, "&amp;")}</text>`);
  });
  const ground = quality > 0.9 ? "#ffffff" : "#d8cfb8";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1100" height="460" viewBox="0 0 1100 460"><rect width="1100" height="460" fill="${ground}"/>${drawn.join("")}</svg>`;
  return {
    image: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
    width: 1100,
    height: 460,
    text: read.join("\n"),
    words: made,
    scores: { confidence: 60 + 35 * quality, cer: (1 - quality) / 4, reference_quality: 400 + 60 * quality },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const step = (name: string, count: number, cached: number, share: number | null): Step => ({
  name,
  count,
  cached,
  mean_ms: share === null ? null : 100 * share,
  sd_ms: share === null ? null : 40 * share,
  min_ms: share === null ? null : 20 * share,
  p25_ms: share === null ? null : 70 * share,
  median_ms: share === null ? null : 90 * share,
  p75_ms: share === null ? null : 120 * share,
  p95_ms: share === null ? null : 200 * share,
  max_ms: share === null ? null : 300 * share,
  share,
});
const interval = (middle: number, half: number): Interval => ({ mean: middle, low: middle - half, high: middle + half });

/** A study of format 1. The same options and seed give the same one. */
/** Made up: some strong, some weak, one that is none. */
function correlationsOf(names: string[], scoreNames: string[], trials: number): StudyData["correlations"] {
  const table = (of: (row: number, column: number) => number) => names.map((_, row) => scoreNames.map((_score, column) => Math.round(1e4 * of(row, column)) / 1e4));
  const pearson: (number | null)[][] = table((row, column) => Math.cos(2 * row + 3 * column) / (1 + row / 2));
  pearson[1]![0] = null;
  return { trials, parameters: names, scores: scoreNames, pearson, spearman: table((row, column) => Math.sin(row - column)) };
}

export function makeStudy(changes: Partial<StudyOptions> = {}, seed = 1): StudyData {
  const options = { ...smallStudy, ...changes };
  const next = random(seed);
  const parameters = Array.from({ length: options.parameters }, (_, at) => parameterAt(at));
  const pageLevels = Array.from({ length: options.pages }, () => 380 + 120 * next());
  const pageGains = Array.from({ length: options.pages }, () => 26 * (next() - 0.2));
  const count = options.trials + 1;
  const values: (number | null)[][] = parameters.map(() => [null]);
  const pageValues: number[][] = pageLevels.map((level) => [rounded(level)]);
  const quality: number[] = [0.4];
  for (let trial = 1; trial < count; ++trial) {
    const shares = parameters.map(() => next());
    let sum = 0;
    parameters.forEach((parameter, at) => {
      const share = shares[at] ?? 0;
      const isActive = parameter.active_if === "" || parameter.active_values.includes(values[0]?.[trial] ?? -1);
      values[at]?.push(isActive ? rounded(draw(parameter, share)) : null);
      sum += (isActive ? 1 - Math.abs(share - 0.6) : 0.5) / (at + 1);
    });
    const most = parameters.reduce((all, _, at) => all + 1 / (at + 1), 0);
    // A search comes closer to what is good.
    const learnt = 0.25 * (trial / count);
    const good = (next() < 0.06 ? 0.1 : (sum / most - 0.3 + learnt)) * (options.gains ? 1 : 0.2) - (options.gains ? 0 : 0.5);
    quality.push(good);
    pageLevels.forEach((level, at) => pageValues[at]?.push(rounded(level + (pageGains[at] ?? 0) * 2 * good - 12 * (1 - good) + 4 * next())));
  }
  const column = (make: (trial: number) => number) => Array.from({ length: count }, (_, trial) => rounded(make(trial)));
  const main = column((trial) => mean(pageValues.map((pages) => pages[trial] ?? 0)));
  const scores: StudyData["trials"]["scores"] = {
    reference_quality: main,
    confidence: column((trial) => 62 + 22 * (quality[trial] ?? 0) + next()),
    words: column((trial) => 180 + 30 * (quality[trial] ?? 0)),
    time: column((trial) => 300 + 500 * Math.max(0, quality[trial] ?? 0) + 120 * next()),
  };
  if (options.truth) scores.cer = column((trial) => 0.25 - 0.18 * (quality[trial] ?? 0) + 0.01 * next());
  const best = options.gains ? main.indexOf(Math.max(...main)) : 0;
  const scoresAt = (trial: number) => Object.fromEntries(Object.entries(scores).map(([name, of]) => [name, of[trial] ?? 0]));
  const gain = interval((main[best] ?? 0) - (main[0] ?? 0), 3.2);
  const objectives = [checkedQuality, time, confidence].slice(0, options.objectives);
  const front = options.objectives > 1 ? frontOf(main, scores.time as number[]) : [];
  const pages = Array.from({ length: options.pages }, (_, at) => page(at, options.truth));
  const pictures: Picture[] = Array.from({ length: options.pictures }, (_, at) => ({
    page: pages[at]?.name ?? "",
    held_out: at === 1,
    gain: at === options.pictures - 1 ? -7.25 : 31.5 - 4 * at,
    before: view(at === options.pictures - 1 ? 0.97 : 0.62, next),
    after: view(at === options.pictures - 1 ? 0.8 : 0.98, next),
    truth: options.truth ? lines.join("\n") : null,
  }));
  const toml = 'name = "standard"\ndescription = "Ruled lines removed, background divided out."\n\n[[stage]]\nuse = "remove_lines"\nh_size = 45\nv_size = 50\ndilate_iter = 2\n\n[[stage]]\nuse = "normalize_division"\nkernel = 151\n';
  return {
    format: 1,
    study: {
      name: "harbour.db",
      program: "ocrtune 0.1.0, Tesseract 5.3.0, OpenCV 4.6.0",
      engine: "ocrtune",
      reference_engine: "",
      models: "eng 4.00.00alpha",
      lang: "eng",
      psm: 3,
      oem: 1,
      seed: 1,
      sampler: options.screening ? "design" : "tpe",
      pruner: "none",
      pipeline_name: "wide",
      first_points: 14,
      constraints: ["words>=0.9x"],
      started_ms: 1_790_000_000_000,
      finished_ms: 1_790_000_000_000 + count * 1500,
    },
    objectives,
    scores: [...(options.truth ? [cer] : []), checkedQuality, confidence, words, time],
    parameters,
    pages,
    held_out: Array.from({ length: options.heldOut }, (_, at) => page(options.pages + at, options.truth)),
    trials: {
      number: Array.from({ length: count }, (_, trial) => trial),
      started: Array.from({ length: count }, (_, trial) => trial * 1500),
      finished: Array.from({ length: count }, (_, trial) => trial * 1500 + 1400),
      values,
      scores,
      page_values: pageValues,
      failed_pages: Array.from({ length: count }, () => 0),
    },
    trial_count: count,
    pruned: {
      number: options.screening ? [] : [count, count + 1],
      pages: options.screening ? [] : [3, 4],
      values: parameters.map(() => (options.screening ? [] : [null, null])),
      value: options.screening ? [] : [400, 410],
      baseline: options.screening ? [] : [420, 420],
    },
    pruned_count: options.screening ? 0 : 2,
    summary: {
      objective: "reference_quality",
      points: options.trials,
      engine: "ocrtune",
      confirmation: "given",
      pages: options.pages,
      baseline: scoresAt(0),
      best: { trial: best, params: {}, scores: scoresAt(best) },
      found: { trial: best, baseline: scoresAt(0), best: scoresAt(best) },
      gain: options.gains ? gain : interval(0, 0),
      constraints: [],
      held_out:
        options.heldOut > 0 && options.gains
          ? { trial: best, pages: options.heldOut, baseline: scoresAt(0), scores: scoresAt(best), gain: interval(gain.mean * 0.8, 4.1), constraints: [] }
          : null,
      unsteady: null,
      worse_pages: options.gains ? [{ page: pages[2]?.name ?? "", baseline: 410, best: 402 }] : [],
      poorly_recognized_pages: [{ page: pages[4 % options.pages]?.name ?? "", char_confidence: 31.4, coverage: 0.97 }],
      trust: options.truth ? { pages: options.pages, spearman: 0.84, fewest_errors: { trial: best, cer: 0.04 } } : null,
      ocr_trust: null,
      failed_pages: 0,
      warnings: [
        ...(options.gains
          ? [{ code: "worse_pages" as const, severity: "note" as const, text: "1 page got worse.", values: { count: 1 }, pages: [pages[2]?.name ?? ""] }]
          : []),
        { code: "poorly_recognized_pages", severity: "note", text: "1 page is poorly recognized with any settings.", values: { count: 1 }, pages: [pages[4 % options.pages]?.name ?? ""] },
      ],
    },
    importance: options.screening
      ? {
          points: options.trials,
          explained: 0.93,
          interval_points: 64,
          parameters: parameters.map((parameter, at) => ({
            name: parameter.name,
            first_order: interval(0.42 / (at + 1), 0.06),
            total_order: interval(0.55 / (at + 1), 0.08),
          })),
        }
      : null,
    correlations: count < 10 ? null : correlationsOf(parameters.filter((one) => one.type !== "category").map((one) => one.name), Object.keys(scores), options.trials),
    front,
    timings: {
      trials: count,
      pages: options.pages,
      busy_s: count * 1.4,
      worker_s: count * 1.5,
      trials_with_steps: count,
      trials_per_s: 1 / 1.4,
      pages_per_s: options.pages / 1.4,
      workers_busy: 1.5 / 1.4,
      steps: [
        step("read", count * options.pages, 120, 0.71),
        step("denoise_nlm", count * options.pages, 900, 0.16),
        step("normalize_division", count * options.pages, 400, 0.06),
        step("wait", count, 0, 0.04),
        step("load", options.pages, 0, 0.03),
        step("errors", count * options.pages, 0, null),
      ],
      columns: [],
      slowest_pages: [],
    },
    verdict: options.verdict === null ? null : makeVerdict(options.verdict === "found"),
    pipelines: { best: toml, searched: toml.replace("45", "{ low = 30, high = 70 }") },
    pictures,
    pictures_missing: options.pictures === 0 ? "Pictures are missing: scans/page_001.png can't be read" : null,
  };
}

/** A verdict; its points are two untuned ones beside the original pages, and two that were found. */
export function makeVerdict(recommends: boolean): ToldVerdict {
  const point = (name: string, wrong: number, seconds: number, onFront: boolean) => ({ name, tuned: name.startsWith("tuned"), wrong, seconds, on_front: onFront });
  return {
    pages: 13,
    with_truth: 2,
    kept_aside: true,
    points: [point("original", 16.04, 1.2, true), point("low", 5.2, 3, true), point("normal", 4.12, 6.5, false), point("tuned-1", 4.6, 3.4, true), point("tuned-2", 2.88, 5.1, true)],
    original: "original",
    untuned: "normal",
    found: "tuned-2",
    wrong: { mean: 2.88, low: 2.1, high: 3.9 },
    gain: { mean: 1.24, low: recommends ? 0.5 : -0.2, high: 2 },
    recommends,
    recipe: 'recommended = "best"\n# recipe\n',
    text: {
      en: `Of 100 characters, about 16 are wrong.\n${recommends ? "What was found is recommended." : "Nothing was won over ocrtune untuned."}\n`,
      fr: `Sur 100 caractères, environ 16 sont faux.\n${recommends ? "Ce qui a été trouvé est recommandé." : "Rien n’a été gagné."}\n`,
    },
  };
}

/** Numbers of the trials that no other beats in a large and a small score. */
function frontOf(large: readonly number[], small: readonly number[]): number[] {
  const order = large.map((_, trial) => trial).sort((a, b) => (large[b] ?? 0) - (large[a] ?? 0));
  const front: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const trial of order) {
    if ((small[trial] ?? 0) >= least) continue;
    least = small[trial] ?? 0;
    front.push(trial);
  }
  return front;
}
