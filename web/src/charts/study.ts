/** What charts ask of a study: its objective, best so far, gains, order of parameters. Pure. */
import type { FreeParameter, Score, StudyData } from "contract";
import { unknownScore } from "../shared/scores.ts";

/** The score that decides. */
export function objectiveOf(data: StudyData): Score {
  return data.objectives[0] ?? unknownScore(data.summary.objective);
}

/** The score of this name: of the objectives, or of what is measured beside them. */
export function scoreOf(data: StudyData, name: string): Score | null {
  return [...data.objectives, ...data.scores].find((score) => score.name === name) ?? null;
}

/** How much better `a` is than `b`; positive is better. */
export function advantage(score: Pick<Score, "minimized">, a: number, b: number): number {
  return score.minimized ? b - a : a - b;
}

/** Where the trial of this number stands in the columns; -1 where it doesn't. */
export function rowOf(data: StudyData, number: number): number {
  // Numbers rise, and mostly there is no gap.
  const { number: numbers } = data.trials;
  return numbers[number] === number ? number : numbers.indexOf(number);
}

/** A score's column as people read it; nulls where the study hasn't it. */
export function shownColumn(data: StudyData, score: Score): (number | null)[] {
  const column = data.trials.scores[score.name];
  if (!column) return data.trials.number.map(() => null);
  return column.map((value) => (value === null ? null : value * score.scale));
}

/** Steps of the best value so far: [number, value] where it becomes better, and at the last trial. */
export function bestSoFar(numbers: readonly number[], values: readonly (number | null)[], score: Score): [number, number][] {
  const steps: [number, number][] = [];
  values.forEach((value, row) => {
    const last = steps[steps.length - 1];
    const number = numbers[row];
    if (value === null || number === undefined) return;
    if (!last || advantage(score, value, last[1]) > 0) steps.push([number, value]);
  });
  const last = steps[steps.length - 1];
  const end = numbers[numbers.length - 1];
  if (last && end !== undefined && last[0] !== end) steps.push([end, last[1]]);
  return steps;
}

/** How one page fares with the recommended trial. */
export interface PageGain {
  /** In the study. */
  index: number;
  name: string;
  /** Stored values of the first objective; gain is positive where it is better. */
  baseline: number;
  best: number;
  gain: number;
}

/** Of the pages that trials are evaluated on, the worst first; empty where the original pages are the best. */
export function pageGains(data: StudyData): PageGain[] {
  const score = objectiveOf(data);
  const best = rowOf(data, data.summary.best.trial);
  const baseline = rowOf(data, 0);
  if (best < 0 || baseline < 0 || best === baseline) return [];
  const gains: PageGain[] = [];
  data.pages.forEach((page, index) => {
    const column = data.trials.page_values[index];
    const before = column?.[baseline] ?? null;
    const after = column?.[best] ?? null;
    if (before === null || after === null) return;
    gains.push({ index, name: page.name, baseline: before, best: after, gain: advantage(score, after, before) });
  });
  return gains.sort((a, b) => a.gain - b.gain);
}

/** Value at this share (0 to 1) of sorted numbers. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))));
  return sorted[at] ?? Number.NaN;
}

/**
 * Range of an axis on which a few far worse trials don't press all others together: the worst tenth is left out where
 * it would take most of the room. What is in `always` is within.
 */
export function robustRange(
  values: readonly (number | null)[],
  minimized: boolean,
  always: readonly number[],
): { low: number; high: number; outside: number } {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return { low: Math.min(0, ...always), high: Math.max(1, ...always), outside: 0 };
  let low = quantile(sorted, 0);
  let high = quantile(sorted, 1);
  const inner = minimized ? quantile(sorted, 0.9) - low : high - quantile(sorted, 0.1);
  if (inner > 0 && high - low > 2.5 * inner) {
    if (minimized) high = quantile(sorted, 0.9) + 0.2 * inner;
    else low = quantile(sorted, 0.1) - 0.2 * inner;
  }
  low = Math.min(low, ...always);
  high = Math.max(high, ...always);
  const room = 0.04 * (high - low || Math.abs(high) || 1);
  const outside = sorted.filter((value) => value < low || value > high).length;
  return { low: low - room, high: high + room, outside };
}

/** Rows of the best `best` values and of as many others, evenly spread, as make `most`; in the columns' order. */
export function sampleRows(values: readonly (number | null)[], score: Score, most: number, best: number): number[] {
  const known = values.flatMap((value, row) => (value === null ? [] : [row]));
  if (known.length <= most) return known;
  const byValue = [...known].sort((a, b) => advantage(score, values[b] ?? 0, values[a] ?? 0));
  const chosen = new Set(byValue.slice(0, best));
  const rest = known.filter((row) => !chosen.has(row));
  const step = rest.length / (most - chosen.size);
  for (let at = 0; at < rest.length && chosen.size < most; at += step) {
    const row = rest[Math.floor(at)];
    if (row !== undefined) chosen.add(row);
  }
  return [...chosen].sort((a, b) => a - b);
}

/** Share of the objective's variance between means of up to eight bins of a parameter: 0 to 1, less what chance makes. */
export function correlationRatio(values: readonly (number | null)[], outcomes: readonly (number | null)[]): number {
  const pairs: [number, number][] = [];
  values.forEach((value, row) => {
    const outcome = outcomes[row];
    if (value !== null && outcome !== null && outcome !== undefined) pairs.push([value, outcome]);
  });
  if (pairs.length < 4) return 0;
  pairs.sort((a, b) => a[0] - b[0]);
  const mean = pairs.reduce((sum, pair) => sum + pair[1], 0) / pairs.length;
  const total = pairs.reduce((sum, pair) => sum + (pair[1] - mean) ** 2, 0);
  if (total === 0) return 0;
  const size = Math.ceil(pairs.length / 8);
  let between = 0;
  let bins = 0;
  for (let begin = 0; begin < pairs.length; ) {
    let end = Math.min(begin + size, pairs.length);
    // Equal values stay together.
    while (end < pairs.length && pairs[end]?.[0] === pairs[end - 1]?.[0]) ++end;
    const bin = pairs.slice(begin, end);
    const binMean = bin.reduce((sum, pair) => sum + pair[1], 0) / bin.length;
    between += bin.length * (binMean - mean) ** 2;
    ++bins;
    begin = end;
  }
  const chance = (bins - 1) / (pairs.length - 1);
  return chance >= 1 ? 0 : Math.max(0, (between / total - chance) / (1 - chance));
}

/** Objective's values by rank, 0 to 1: the few far worse trials don't decide what matters. */
function ranks(values: readonly (number | null)[]): (number | null)[] {
  const order = values.flatMap((value, row) => (value === null ? [] : [row]));
  order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const result: (number | null)[] = values.map(() => null);
  order.forEach((row, rank) => (result[row] = rank / Math.max(1, order.length - 1)));
  return result;
}

export interface RankedParameter {
  parameter: FreeParameter;
  /** Its column. */
  index: number;
  /** Total-order index of a screening, or else the correlation ratio over the trials. */
  weight: number;
}

const ranked = new WeakMap<StudyData, RankedParameter[]>();

/** Parameters, the one that moves the objective most first. Remembered: four charts ask for it. */
export function rankedParameters(data: StudyData): readonly RankedParameter[] {
  const known = ranked.get(data);
  if (known) return known;
  const made = rankParameters(data);
  ranked.set(data, made);
  return made;
}

function rankParameters(data: StudyData): RankedParameter[] {
  const totals = new Map(data.importance?.parameters.map((entry) => [entry.name, entry.total_order.mean]));
  const outcomes = data.importance ? [] : ranks(data.trials.scores[objectiveOf(data).name] ?? []);
  return data.parameters
    .map((parameter, index) => ({
      parameter,
      index,
      weight: data.importance
        ? (totals.get(parameter.name) ?? 0)
        : correlationRatio(data.trials.values[index] ?? [], outcomes),
    }))
    .sort((a, b) => b.weight - a.weight);
}

/** A parameter's value where people read it. */
export function valueName(parameter: FreeParameter, value: number, yes: string, no: string): string {
  if (parameter.type === "category") return parameter.choices[value] ?? String(value);
  if (parameter.type === "boolean") return value ? yes : no;
  return String(Number(value.toPrecision(4)));
}

export type HeldOut = NonNullable<StudyData["summary"]["held_out"]>;

/** The recommended trial's result on the pages held out, or null. */
export function heldOutOf(data: StudyData): HeldOut | null {
  const { best, held_out: shown } = data.summary;
  return best.trial !== 0 && shown?.trial === best.trial ? shown : null;
}

/** How many trials a study has, pruned ones among them, without the original. */
export function trialCount(data: Pick<StudyData, "trial_count" | "pruned_count">): number {
  return Math.max(0, data.trial_count - 1) + data.pruned_count;
}
