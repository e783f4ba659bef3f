import type { Score, StudyData } from "contract";
import { count, number, scoreDigits, scoreValue, stated } from "../shared/format.ts";
import { scoreName } from "../shared/scores.ts";
import { base, palette, roundRange, smallestText, valueAxis, verticalAxis, type ChartView, type Look } from "./look.ts";
import { advantage, bestSoFar, heldOutOf, objectiveOf, robustRange, rowOf, shownColumn } from "./study.ts";
import { texts } from "./texts.ts";

/** What a history is drawn of, in the units people read: a study's, or that of a run that is at work. */
export interface HistoryData {
  score: Score;
  numbers: readonly number[];
  values: readonly (number | null)[];
  /** Of pruned trials what they would have come to; null where that isn't known. */
  pruned: readonly [number, number | null][];
  baseline: number | null;
  /** Baseline and gain on the pages held out. */
  heldOut: number | null;
  recommended: number | null;
  /** Of a study whose verdict says what is recommended: the trial is the best one only. */
  hasVerdict: boolean;
}

/** The history of a finished study. */
export function historyData(data: StudyData): HistoryData {
  const score = objectiveOf(data);
  const values = shownColumn(data, score);
  const baseline = values[rowOf(data, 0)] ?? null;
  const best = data.summary.best.trial;
  const confirmed = heldOutOf(data);
  const gain = (confirmed?.gain.mean ?? 0) * score.scale * (score.minimized ? -1 : 1);
  const pruned: [number, number | null][] = [];
  data.pruned.number.forEach((trial, row) => {
    const [value, before] = [data.pruned.value[row] ?? null, data.pruned.baseline[row] ?? null];
    if (value !== null && before !== null && baseline !== null)
      pruned.push([trial, baseline + (value - before) * score.scale]);
  });
  return {
    score,
    numbers: data.trials.number,
    values,
    pruned,
    baseline,
    heldOut: baseline !== null && confirmed ? baseline + gain : null,
    recommended: best === 0 ? null : best,
    hasVerdict: Boolean(data.verdict),
  };
}

function line(name: string, value: number | null, colour: string, type: string, look: Look) {
  if (value === null) return [];
  return [
    {
      yAxis: value,
      name,
      lineStyle: { color: colour, type, width: 1.5 },
      label: {
        formatter: name,
        position: "insideStartBottom",
        color: palette(look).text,
        fontSize: smallestText,
        textBorderColor: palette(look).surface,
        textBorderWidth: 3,
      },
    },
  ];
}

/** The steps with a corner between each two. */
function stairs(steps: readonly [number, number][]): [number, number][] {
  return steps.flatMap((step, at): [number, number][] => {
    const before = steps[at - 1];
    return before ? [[step[0], before[1]], step] : [step];
  });
}

/** Trials over their numbers, with the best so far. */
export function historyChart(history: HistoryData, look: Look): ChartView {
  const t = texts[look.language];
  const colours = palette(look);
  const { score, numbers, values } = history;
  const marks = history.hasVerdict
    ? { best: t.bestTrial, onValidation: t.bestOnValidation }
    : { best: t.recommended, onValidation: t.onValidation };
  const steps = bestSoFar(numbers, values, score);
  const always = [history.baseline, history.heldOut].filter((value) => value !== null);
  const range = robustRange(values, score.minimized, always);
  const points = values.flatMap((value, row) => (value === null ? [] : [[numbers[row] ?? 0, value]]));
  const show = (value: number) => scoreValue(value / score.scale, score, look.language);
  const name = scoreName(score.name, look.language);
  const marked = points.filter(([trial]) => trial === history.recommended);
  // Those without a value stand on the axis.
  const ends = roundRange(range.low, range.high);
  const floor = score.minimized ? ends.max : ends.min;
  const lastTrial = Math.max(numbers[numbers.length - 1] ?? 0, ...history.pruned.slice(-1).map(([trial]) => trial));
  const symbol = points.length > 1000 ? 3 : points.length > 200 ? 5 : 7;
  const outside = range.outside > 0 ? `   (${t.outside(count(range.outside, look.language))})` : "";
  const tip = (item: { value: number[] }) =>
    `${t.trialNumber(count(item.value[0], look.language))}\n${name} ${show(item.value[1] ?? 0)}`;
  const option = {
    ...base(look),
    // On a phone the legend has two lines.
    grid: { left: 8, right: 16, top: look.width < 500 ? 72 : 48, bottom: 28, containLabel: true },
    legend: {
      top: 0,
      left: 0,
      textStyle: { color: colours.text },
      itemGap: 16,
      itemHeight: 8,
      itemWidth: 16,
      data: [t.trials, t.best, ...(history.pruned.length ? [t.pruned] : []), ...(marked.length ? [marks.best] : [])],
    },
    xAxis: valueAxis(look, t.trial, { nameGap: 24, min: 0, max: Math.max(1, lastTrial), minInterval: 1, scale: false }),
    yAxis: verticalAxis(look, `${name}${outside}`, { ...ends, axisLabel: axisLabel(look) }),
    brush: { xAxisIndex: 0, yAxisIndex: 0, brushType: "rect", inBrush: {}, outOfBrush: {} },
    series: [
      {
        id: "pruned",
        name: t.pruned,
        type: "scatter",
        data: history.pruned.map(([trial, value]) => [trial, value ?? floor, value]),
        large: true,
        largeThreshold: 1500,
        symbol: "triangle",
        symbolSize: symbol,
        itemStyle: { color: colours.pruned },
        tooltip: { formatter: (item: { value: (number | null)[] }) => (item.value[2] === null ? `${t.trialNumber(count(item.value[0] ?? 0, look.language))}\n${t.pruned}` : tip(item as { value: number[] })) },
      },
      {
        id: "trials",
        name: t.trials,
        type: "scatter",
        data: points,
        large: true,
        largeThreshold: 1500,
        symbolSize: symbol,
        itemStyle: { color: colours.points },
        tooltip: { formatter: tip },
      },
      {
        id: "best",
        name: t.best,
        type: "line",
        data: stairs(steps),
        showSymbol: false,
        lineStyle: { color: colours.best, width: 2.5 },
        itemStyle: { color: colours.best },
        markLine: {
          silent: true,
          symbol: "none",
          data: [
            ...line(t.baseline, history.baseline, colours.baseline, "dashed", look),
            ...line(marks.onValidation, history.heldOut, colours.loss, "dotted", look),
          ],
        },
      },
      {
        id: "recommended",
        name: marks.best,
        type: "scatter",
        data: marked,
        symbol: "diamond",
        symbolSize: 15,
        z: 5,
        itemStyle: { color: colours.best, borderColor: colours.surface, borderWidth: 2 },
        tooltip: { formatter: tip },
      },
    ],
  };
  const improved = steps.filter(
    (step, at) => at === 0 || advantage(score, step[1], steps[at - 1]?.[1] ?? step[1]) > 0,
  );
  return {
    option,
    label: t.historyLabel(
      count(numbers.length, look.language),
      name,
      show(steps[0]?.[1] ?? Number.NaN),
      show(steps[steps.length - 1]?.[1] ?? Number.NaN),
    ),
    table: {
      columns: [t.trial, stated(t.best, name, look.language)],
      rows: improved.map(([trial, value]) => [count(trial, look.language), show(value)]),
    },
    height: look.width < 500 ? 300 : 360,
  };

  function axisLabel(at: Look) {
    return {
      color: colours.soft,
      fontSize: smallestText,
      formatter: (value: number) => number(value, at.language, Math.abs(value) >= 100 ? 0 : scoreDigits(score) - 1),
    };
  }
}
