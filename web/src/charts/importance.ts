import type { Importance, Share, StudyData } from "contract";
import { count, number } from "../shared/format.ts";
import type { Language } from "../shared/i18n.ts";
import { base, nameAxis, palette, plain, roundRange, valueAxis, type ChartView, type Look } from "./look.ts";
import { rankedParameters } from "./study.ts";
import { texts } from "./texts.ts";

const mostParameters = 25;

/** What of ECharts a bar's interval is drawn with. */
interface Drawing {
  value(dimension: number): number;
  coord(point: [number, number]): [number, number];
}

/**
 * Whether there is enough for the chart: a screening's indices, or all trials of a search. Those that are shown of a
 * larger one were chosen by their results.
 */
export function hasImportance(data: StudyData): boolean {
  const shown = data.trials.number.length;
  if (data.importance !== null) return data.importance.parameters.length > 0;
  return data.parameters.length > 0 && shown >= 10 && shown >= data.trial_count;
}

/** Sobol's indices with their intervals; of a search the parameters' correlation ratios. */
export function importanceChart(data: StudyData, look: Look): ChartView | null {
  return data.importance ? sobolChart(data.importance, look) : relatedChart(data, look);
}

/** Why the indices of a screening have no intervals; empty where they have some, or there are no indices. */
export function intervalsNote({ importance }: Pick<StudyData, "importance">, language: Language): string {
  if (!importance || importance.parameters.some((entry) => entry.first_order.low !== null)) return "";
  const t = texts[language];
  return importance.points < importance.interval_points ? t.tooFewForIntervals(count(importance.interval_points, language)) : t.oneExplains;
}

function sobolChart(importance: Importance, look: Look): ChartView | null {
  const t = texts[look.language];
  const colours = palette(look);
  const parameters = importance.parameters.slice(0, mostParameters);
  if (parameters.length === 0) return null;
  const ends = parameters.flatMap(({ first_order: a, total_order: b }) => [a, b].flatMap(({ mean, low, high }) => [low ?? mean, high ?? mean]));
  const hasIntervals = intervalsNote({ importance }, look.language) === "";
  const range = ({ mean, low, high }: Share) =>
    number(mean, look.language, 3) + (low === null || high === null ? "" : ` (${number(low, look.language, 3)} – ${number(high, look.language, 3)})`);
  const bars = (key: "first_order" | "total_order", colour: string, name: string) => ({
    id: key,
    name,
    type: "bar",
    barMaxWidth: 12,
    itemStyle: { color: colour },
    data: parameters.map((entry) => entry[key].mean),
    tooltip: {
      formatter: (item: { dataIndex: number }) => {
        const entry = parameters[item.dataIndex];
        return entry ? `${plain(entry.name)}\n${name} ${range(entry[key])}` : "";
      },
    },
  });
  const intervals = (key: "first_order" | "total_order", offset: number) => ({
    type: "custom",
    silent: true,
    z: 4,
    encode: { x: [1, 2], y: 0 },
    data: parameters.map((entry, row) => [row, entry[key].low, entry[key].high]),
    renderItem: (_parameters: unknown, api: Drawing) => {
      const [low, y] = api.coord([api.value(1), api.value(0)]);
      const [high] = api.coord([api.value(2), api.value(0)]);
      const style = { stroke: colours.text, lineWidth: 1.5 };
      const at = y + offset;
      const bar = (x1: number, y1: number, x2: number, y2: number) => ({ type: "line", shape: { x1, y1, x2, y2 }, style });
      return { type: "group", children: [bar(low, at, high, at), bar(low, at - 3, low, at + 3), bar(high, at - 3, high, at + 3)] };
    },
  });
  return {
    option: {
      ...base(look),
      legend: { top: 0, left: 0, textStyle: { color: colours.text }, data: [t.firstOrder, t.totalOrder] },
      grid: { left: 12, right: 16, top: 34, bottom: 28, containLabel: true },
      xAxis: valueAxis(look, t.importance, { nameGap: 26, scale: false, ...roundRange(Math.min(0, ...ends), Math.max(...ends)) }),
      yAxis: nameAxis(look, parameters.map((entry) => entry.name), { inverse: true }),
      series: [
        { ...bars("first_order", colours.points, t.firstOrder), barGap: "15%" },
        bars("total_order", colours.best, t.totalOrder),
        ...(hasIntervals ? [intervals("first_order", -6.5), intervals("total_order", 6.5)] : []),
      ],
    },
    label: t.importanceLabel(parameters.slice(0, 3).map((entry) => entry.name).join(", ")),
    table: {
      columns: [t.parameter, t.firstOrder, t.totalOrder],
      rows: importance.parameters.map((entry) => [entry.name, range(entry.first_order), range(entry.total_order)]),
    },
    height: parameters.length * 36 + 80,
  };
}

function relatedChart(data: StudyData, look: Look): ChartView | null {
  const t = texts[look.language];
  const colours = palette(look);
  const all = rankedParameters(data);
  const ranked = all.slice(0, mostParameters);
  if (ranked.length === 0 || !hasImportance(data)) return null;
  return {
    option: {
      ...base(look),
      grid: { left: 12, right: 16, top: 8, bottom: 28, containLabel: true },
      xAxis: valueAxis(look, t.related, { nameGap: 26, scale: false, min: 0 }),
      yAxis: nameAxis(look, ranked.map((entry) => entry.parameter.name), { inverse: true }),
      series: [
        {
          type: "bar",
          barMaxWidth: 14,
          itemStyle: { color: colours.best },
          data: ranked.map((entry) => entry.weight),
          tooltip: {
            formatter: (item: { dataIndex: number }) => {
              const entry = ranked[item.dataIndex];
              return entry ? `${plain(entry.parameter.name)}\n${number(entry.weight, look.language, 3)}` : "";
            },
          },
        },
      ],
    },
    label: t.importanceLabel(ranked.slice(0, 3).map((entry) => entry.parameter.name).join(", ")),
    table: {
      columns: [t.parameter, t.related],
      rows: all.map((entry) => [entry.parameter.name, number(entry.weight, look.language, 3)]),
    },
    height: ranked.length * 24 + 60,
  };
}
