import type { FreeParameter, StudyData } from "contract";
import { count, scoreValue } from "../shared/format.ts";
import { translated } from "../shared/program_texts.ts";
import { scoreName } from "../shared/scores.ts";
import { axisNumber, base, letterWidth, palette, plain, roundRange, shortened, smallestText, valueAxis, verticalAxis, type ChartView, type Look } from "./look.ts";
import { objectiveOf, robustRange, rowOf, sampleRows, shownColumn, valueName } from "./study.ts";
import { texts } from "./texts.ts";

/** Points of one slice. */
const mostPoints = 1200;
const bestPoints = 150;

/** A number from 0 to 1 that is the same for the same row: moves points of one category apart. */
export function jitter(row: number): number {
  return (Math.imul(row + 1, 2654435761) >>> 0) / 2 ** 32;
}

/** Trials by one parameter. `index` is its place in the study's parameters. */
export function sliceChart(data: StudyData, index: number, look: Look): ChartView | null {
  const parameter = data.parameters[index];
  const column = data.trials.values[index];
  if (!parameter || !column) return null;
  const t = texts[look.language];
  const colours = palette(look);
  const score = objectiveOf(data);
  const all = shownColumn(data, score);
  const outcomes = all.map((value, row) => (column[row] === null ? null : value));
  const discrete = parameter.type === "category" || parameter.type === "boolean";
  const names = parameter.type === "boolean" ? [t.no, t.yes] : parameter.choices;
  const best = rowOf(data, data.summary.best.trial);
  const baseline = all[rowOf(data, 0)] ?? null;
  const range = robustRange(all, score.minimized, baseline === null ? [] : [baseline]);
  const point = (row: number) => {
    const x = column[row] ?? 0;
    return [discrete ? x + (names.length > 1 ? 0.5 * (jitter(row) - 0.5) : 0) : x, outcomes[row] ?? 0, data.trials.number[row] ?? 0];
  };
  const points = sampleRows(outcomes, score, mostPoints, bestPoints).map(point);
  if (points.length === 0) return null;
  const shown = outcomes[best];
  const name = scoreName(score.name, look.language);
  const tip = (item: { value: number[] }) => {
    const [x = 0, y = 0, trial = 0] = item.value;
    const value = valueName(parameter, discrete ? Math.round(x) : x, t.yes, t.no);
    return `${t.trialNumber(count(trial, look.language))}\n${plain(parameter.name)} ${plain(value)}\n${name} ${scoreValue(y / score.scale, score, look.language)}`;
  };
  const option = {
    ...base(look),
    grid: { left: 4, right: 14, top: 26, bottom: 24, containLabel: true },
    xAxis: axis(parameter),
    yAxis: verticalAxis(look, name, { ...roundRange(range.low, range.high), splitNumber: 4, axisLabel: { color: colours.soft, fontSize: smallestText, hideOverlap: true, formatter: axisNumber(look) } }),
    brush: { xAxisIndex: 0, yAxisIndex: 0, brushType: "rect", inBrush: {}, outOfBrush: {} },
    series: [
      {
        id: "trials",
        type: "scatter",
        data: points,
        symbolSize: points.length > 400 ? 4 : 6,
        large: true,
        largeThreshold: 400,
        itemStyle: { color: colours.points, opacity: 0.75 },
        tooltip: { formatter: tip },
        markLine:
          baseline === null
            ? undefined
            : { silent: true, symbol: "none", label: { show: false }, data: [{ yAxis: baseline, lineStyle: { color: colours.baseline, type: "dashed", width: 1 } }] },
      },
      {
        id: "recommended",
        type: "scatter",
        data: shown === null || shown === undefined ? [] : [point(best)],
        symbol: "diamond",
        symbolSize: 13,
        itemStyle: { color: colours.best, borderColor: colours.surface, borderWidth: 1.5 },
        tooltip: { formatter: tip },
      },
    ],
  };
  return { option, label: t.sliceLabel(parameter.name, name), table: null, height: 220 };

  function axis(free: FreeParameter) {
    const title = plain(free.name) + (free.unit ? ` (${translated(free.unit, look.language)})` : "");
    const common = { nameGap: 22, splitLine: { show: false } };
    if (discrete) {
      // From one before the first to one after the last, so that each name has room on both sides.
      const most = Math.max(5, Math.floor((look.width - 60) / (names.length + 1) / letterWidth) - 1);
      const formatter = (value: number) => plain(shortened(names[value] ?? "", most));
      const axisLabel = { color: colours.soft, fontSize: smallestText, formatter, interval: 0, hideOverlap: true };
      return valueAxis(look, title, { ...common, scale: false, min: -1, max: names.length, interval: 1, axisLabel });
    }
    if (free.log && free.low > 0) return valueAxis(look, title, { ...common, type: "log", min: free.low, max: free.high });
    return valueAxis(look, title, { ...common, min: free.low, max: free.high });
  }
}
