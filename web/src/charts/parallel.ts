import type { FreeParameter, StudyData } from "contract";
import { count } from "../shared/format.ts";
import { scoreName } from "../shared/scores.ts";
import { axisNumber, base, letterWidth, palette, plain, shortened, smallestText, type ChartView, type Look } from "./look.ts";
import { advantage, objectiveOf, quantile, rankedParameters, rowOf, sampleRows, shownColumn, valueName } from "./study.ts";
import { texts } from "./texts.ts";

/** Lines that are drawn: the best and an even sample of the others. */
const mostLines = 600;
const bestLines = 200;

/** Axes that fit beside each other. */
export function parallelAxes(width: number): number {
  return Math.max(3, Math.min(14, Math.floor(width / 110)));
}

/** A line a trial over the parameters that matter most, and the objective at the end. */
export function parallelChart(data: StudyData, look: Look): ChartView | null {
  const t = texts[look.language];
  const colours = palette(look);
  const score = objectiveOf(data);
  const values = shownColumn(data, score);
  const ranked = rankedParameters(data).slice(0, parallelAxes(look.width) - 1);
  const rows = sampleRows(values, score, mostLines, bestLines);
  if (ranked.length === 0 || rows.length < 2) return null;
  // The best are drawn last, over the others.
  rows.sort((a, b) => advantage(score, values[a] ?? 0, values[b] ?? 0));
  const sorted = rows.map((row) => values[row] ?? 0).sort((a, b) => a - b);
  const [low, high] = score.minimized
    ? [quantile(sorted, 0), quantile(sorted, 0.8)]
    : [quantile(sorted, 0.2), quantile(sorted, 1)];
  const top = high > low ? high : low + 1;
  // What is far worse ends at the axis' end.
  const within = (value: number) => Math.min(top, Math.max(low, value));
  const name = scoreName(score.name, look.language);
  const best = rowOf(data, data.summary.best.trial);
  const lines = rows.map((row) => ({
    value: [...ranked.map((entry) => data.trials.values[entry.index]?.[row] ?? "-"), within(values[row] ?? 0)],
    number: data.trials.number[row],
    lineStyle:
      row === best && data.summary.best.trial !== 0
        ? { width: 3.5, opacity: 1, color: colours.text }
        : { width: 1, opacity: 0.45 },
  }));
  const axisLabel = { color: colours.text, fontSize: smallestText, textBorderColor: colours.surface, textBorderWidth: 3 };
  // Names of neighbours stand at two heights, so each has the room of two axes.
  const spacing = (look.width - 88) / ranked.length;
  const letters = (room: number) => Math.max(8, Math.floor(room / letterWidth));
  const shownName = (text: string) => plain(shortened(text, letters(1.9 * spacing)));
  return {
    option: {
      ...base(look),
      tooltip: { ...(base(look).tooltip as object), trigger: "item", formatter: (item: { data: { number?: number } }) => t.trialNumber(count(item.data.number, look.language)) },
      visualMap: {
        show: false,
        dimension: ranked.length,
        min: low,
        max: top,
        inRange: { color: score.minimized ? [...colours.lines].reverse() : colours.lines },
      },
      parallel: {
        left: 36,
        right: 52,
        top: 54,
        bottom: 24,
        parallelAxisDefault: {
          z: 20,
          nameGap: 16,
          axisLine: { lineStyle: { color: colours.soft } },
          axisTick: { lineStyle: { color: colours.soft } },
          areaSelectStyle: { color: colours.best, borderColor: colours.best, opacity: 0.2, width: 18 },
        },
      },
      parallelAxis: [
        ...ranked.map((entry, dim) => ({ dim, name: shownName(entry.parameter.name), nameTextStyle: nameStyle(dim), ...axis(entry.parameter), axisLabel: { ...axisLabel, ...labels(entry.parameter) } })),
        { dim: ranked.length, name: shownName(name), nameTextStyle: { ...nameStyle(ranked.length), align: "right" }, type: "value", inverse: score.minimized, min: low, max: top, axisLabel: { ...axisLabel, formatter: axisNumber(look) } },
      ],
      series: [{ type: "parallel", data: lines, progressive: 0, smooth: false, emphasis: { lineStyle: { width: 3, opacity: 1 } }, inactiveOpacity: 0.04, activeOpacity: 0.8 }],
    },
    label: t.parallelLabel(count(rows.length, look.language), count(values.length, look.language), count(ranked.length, look.language)),
    table: null,
    height: 380,
  };

  function axis(parameter: FreeParameter) {
    if (parameter.type === "category") return { type: "value", min: 0, max: Math.max(1, parameter.choices.length - 1), interval: 1 };
    if (parameter.type === "boolean") return { type: "value", min: 0, max: 1, interval: 1 };
    if (parameter.log && parameter.low > 0) return { type: "log", min: parameter.low, max: parameter.high };
    return { type: "value", min: parameter.low, max: parameter.high === parameter.low ? parameter.low + 1 : parameter.high };
  }

  function nameStyle(dim: number) {
    return { color: colours.text, fontSize: smallestText, align: "left", padding: dim % 2 === 0 ? [0, 0, 0, 0] : [0, 0, 28, 0] };
  }

  function labels(parameter: FreeParameter) {
    if (parameter.type === "category" || parameter.type === "boolean")
      return { formatter: (value: number) => plain(shortened(valueName(parameter, value, t.yes, t.no), letters(0.8 * spacing))) };
    return { formatter: axisNumber(look), hideOverlap: true };
  }
}
