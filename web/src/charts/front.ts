import type { Score, StudyData } from "contract";
import { count, scoreValue } from "../shared/format.ts";
import { scoreName } from "../shared/scores.ts";
import { base, palette, roundRange, valueAxis, verticalAxis, type ChartView, type Look } from "./look.ts";
import { robustRange, rowOf, shownColumn } from "./study.ts";
import { texts } from "./texts.ts";

/** Trials in two objectives at once, and the front; null where the study has one objective. */
export function frontChart(data: StudyData, look: Look, chosen: [number, number] = [0, 1]): ChartView | null {
  const [a, b] = [data.objectives[chosen[0]], data.objectives[chosen[1]]];
  if (!a || !b || a === b || data.front.length === 0) return null;
  const t = texts[look.language];
  const colours = palette(look);
  const [xs, ys] = [shownColumn(data, a), shownColumn(data, b)];
  const point = (row: number) => [xs[row] ?? 0, ys[row] ?? 0, data.trials.number[row] ?? 0];
  const isKnown = (row: number) => (xs[row] ?? null) !== null && (ys[row] ?? null) !== null;
  const rows = data.trials.number.map((_, row) => row).filter(isKnown);
  const front = data.front.map((number) => rowOf(data, number)).filter((row) => row >= 0 && isKnown(row));
  const [xName, yName] = [a, b].map((score) => title(score));
  const frontPoints = front.map(point);
  const baseline = rowOf(data, 0);
  const column = (at: number) => [...frontPoints.map((entry) => entry[at] ?? 0), point(baseline)[at] ?? 0];
  const xRange = robustRange(xs, a.minimized, column(0));
  const yRange = robustRange(ys, b.minimized, column(1));
  const value = (score: Score, shown: number) => scoreValue(shown / score.scale, score, look.language);
  const tip = (item: { value: number[] }) => {
    const [x = 0, y = 0, trial = 0] = item.value;
    return [
      t.trialNumber(count(trial, look.language)),
      `${scoreName(a.name, look.language)} ${value(a, x)}`,
      `${scoreName(b.name, look.language)} ${value(b, y)}`,
    ].join("\n");
  };
  const sorted = [...frontPoints].sort((p, q) => (p[0] ?? 0) - (q[0] ?? 0));
  return {
    option: {
      ...base(look),
      legend: { top: 0, left: 0, textStyle: { color: colours.text }, data: [t.trials, t.front, t.baseline] },
      grid: { left: 8, right: 20, top: 60, bottom: 28, containLabel: true },
      xAxis: valueAxis(look, xName ?? "", { nameGap: 26, ...roundRange(xRange.low, xRange.high), axisLabel: axisLabel() }),
      yAxis: verticalAxis(look, yName ?? "", { ...roundRange(yRange.low, yRange.high), axisLabel: axisLabel() }),
      brush: { xAxisIndex: 0, yAxisIndex: 0, brushType: "rect", inBrush: {}, outOfBrush: {} },
      series: [
        {
          id: "trials",
          name: t.trials,
          type: "scatter",
          large: true,
          largeThreshold: 1500,
          symbolSize: rows.length > 1000 ? 3 : 6,
          data: rows.map(point),
          itemStyle: { color: colours.points },
          tooltip: { formatter: tip },
        },
        {
          id: "front",
          name: t.front,
          type: "line",
          data: sorted,
          symbol: "circle",
          symbolSize: 9,
          showAllSymbol: true,
          lineStyle: { color: colours.best, width: data.objectives.length > 2 ? 0 : 2 },
          itemStyle: { color: colours.best },
          tooltip: { formatter: tip },
        },
        {
          id: "baseline",
          name: t.baseline,
          type: "scatter",
          symbol: "rect",
          symbolSize: 11,
          data: baseline >= 0 && isKnown(baseline) ? [point(baseline)] : [],
          itemStyle: { color: colours.loss },
          tooltip: { formatter: tip },
        },
      ],
    },
    label: t.frontLabel(count(front.length, look.language), scoreName(a.name, look.language), scoreName(b.name, look.language)),
    table: {
      columns: [t.trial, ...data.objectives.map((score) => scoreName(score.name, look.language))],
      rows: front.map((row) => [
        count(data.trials.number[row], look.language),
        ...data.objectives.map((score) => scoreValue(data.trials.scores[score.name]?.[row], score, look.language)),
      ]),
    },
    height: look.width < 500 ? 320 : 400,
  };

  function title(score: Score): string {
    const unit = scoreValue(0, { ...score, scale: 1 }, look.language).replace(/^[\d.,]+\s*/u, "");
    return scoreName(score.name, look.language) + (unit ? ` (${unit})` : "");
  }

  function axisLabel() {
    const format = new Intl.NumberFormat(look.language, { maximumSignificantDigits: 4 });
    return { color: colours.soft, hideOverlap: true, formatter: (shown: number) => format.format(shown) };
  }
}
