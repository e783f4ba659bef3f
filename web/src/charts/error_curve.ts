import { count, number } from "../shared/format.ts";
import { base, lineStyle, palette, smallestText, valueAxis, verticalAxis, type ChartView, type Look } from "./look.ts";
import { texts } from "./texts.ts";

/** The errors of an engine's model while it is trained. */
export interface ErrorCurve {
  /** The engine's. */
  name: string;
  /** Fractions: wrong characters before training and after each epoch. */
  values: readonly number[];
  /** For how many epochs the model is trained; null: it isn't, or that isn't known yet. */
  chosen: number | null;
}

/** A line of each engine's share of wrong characters over the epochs; null before there is one. */
export function errorCurveChart(curves: readonly ErrorCurve[], look: Look): ChartView | null {
  if (curves.every((curve) => curve.values.length === 0)) return null;
  const t = texts[look.language];
  const colours = palette(look);
  const percent = (value: number | undefined) => (value === undefined ? "" : `${number(100 * value, look.language, 2)}\u202f%`);
  const longest = Math.max(...curves.map((curve) => curve.values.length));
  const option = {
    ...base(look),
    grid: { left: 8, right: 16, top: 60, bottom: 28, containLabel: true },
    legend: { top: 0, left: 0, textStyle: { color: colours.text }, data: curves.map((curve) => curve.name) },
    xAxis: valueAxis(look, t.epoch, { nameGap: 24, min: 0, max: Math.max(1, longest - 1), minInterval: 1, scale: false }),
    yAxis: verticalAxis(look, `${t.wrongOnPagesLeftOut} (%)`, { min: 0, scale: false, nameTextStyle: { color: colours.soft, fontSize: smallestText, align: "left" } }),
    series: curves.map((curve, at) => {
      const { colour, type } = lineStyle(look, at);
      return {
        id: curve.name,
        name: curve.name,
        type: "line",
        showAllSymbol: true,
        data: curve.values.map((value, epoch) => ({
          value: [epoch, 100 * value],
          symbol: epoch === curve.chosen ? "diamond" : "circle",
          symbolSize: epoch === curve.chosen ? 15 : 5,
        })),
        lineStyle: { color: colour, width: 2.5, type },
        itemStyle: { color: colour },
        tooltip: {
          formatter: (item: { value: number[] }) =>
            `${curve.name}\n${t.epochNumber(count(item.value[0], look.language))}\n${percent((item.value[1] ?? 0) / 100)}`,
        },
      };
    }),
  };
  return {
    option,
    label: curves
      .map((curve) => t.errorCurveLabel(curve.name, percent(curve.values[0]), percent(curve.values[curve.chosen ?? curve.values.length - 1])))
      .join(" "),
    table: {
      columns: [t.epoch, ...curves.map((curve) => curve.name)],
      rows: Array.from({ length: longest }, (_, epoch) => [count(epoch, look.language), ...curves.map((curve) => percent(curve.values[epoch]))]),
    },
    height: look.width < 500 ? 280 : 320,
  };
}
