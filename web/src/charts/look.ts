/** Colours and language of charts, and what all of them have. Charts are drawn, so they don't see the page's styles. */
import type { Language } from "../shared/i18n.ts";

export interface Look {
  language: Language;
  dark: boolean;
  /** Width that there is, px: narrow charts have fewer labels. */
  width: number;
}

export interface Palette {
  text: string;
  soft: string;
  line: string;
  surface: string;
  /** Of the points. */
  points: string;
  best: string;
  gain: string;
  loss: string;
  baseline: string;
  pruned: string;
  /** From bad to good, of areas and of lines. */
  ramp: string[];
  lines: string[];
}

const light: Palette = {
  text: "#1d1f24",
  soft: "#555b66",
  line: "#d9d6d0",
  surface: "#ffffff",
  points: "#6f9bd1",
  best: "#0b5cad",
  gain: "#0b5cad",
  loss: "#b75300",
  baseline: "#1d1f24",
  pruned: "#b5b0a8",
  ramp: ["#440154", "#3b528b", "#21918c", "#5ec962", "#fde725"],
  lines: ["#d5d9e0", "#a9c6ea", "#3f83cc", "#0b4f97", "#06294f"],
};

const dark: Palette = {
  text: "#eceef1",
  soft: "#a9b0bc",
  line: "#353a43",
  surface: "#1d2026",
  points: "#4f7fb8",
  best: "#9cc8fa",
  gain: "#7db5f5",
  loss: "#f0a35a",
  baseline: "#eceef1",
  pruned: "#5d636e",
  ramp: light.ramp,
  lines: ["#343a44", "#35567c", "#4f8ccf", "#9cc8fa", "#f2f8ff"],
};

export function palette(look: Look): Palette {
  return look.dark ? dark : light;
}

/** Lines of several things in one chart: colours that differ for colour-blind eyes too, and dashes besides. */
const lineStyles = [
  { light: "#0b5cad", dark: "#7db5f5", type: "solid" },
  { light: "#b75300", dark: "#f0a35e", type: "dashed" },
  { light: "#17703a", dark: "#74cf95", type: "dotted" },
  { light: "#8a2d8f", dark: "#dd9be0", type: [8, 3, 2, 3] },
] as const;

/** Of the line with this index. */
export function lineStyle(look: Look, index: number): { colour: string; type: string | readonly number[] } {
  const style = lineStyles[index % lineStyles.length]!;
  return { colour: look.dark ? style.dark : style.light, type: style.type };
}

/** A table that says what a chart shows. */
export interface Table {
  columns: string[];
  rows: string[][];
}

/** A chart, and what it says to who can't see it. */
export interface ChartView {
  option: Record<string, unknown>;
  label: string;
  table: Table | null;
  /** px */
  height: number;
}

/** px: no text of a chart is smaller; and how wide a letter of it is, about. */
export const smallestText = 12;
export const letterWidth = 7;

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';

/** Names may hold what ECharts takes for its own marks. */
export function plain(text: string): string {
  return text.replace(/\{/g, "{\u200b");
}

/** A value axis' range, a little wider, so that its ends are numbers with few digits. */
export function roundRange(low: number, high: number): { min: number; max: number } {
  const span = high - low || Math.abs(high) || 1;
  const step = 10 ** Math.floor(Math.log10(span / 8));
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return { min: Number((Math.floor(low / step) * step).toFixed(digits)), max: Number((Math.ceil(high / step) * step).toFixed(digits)) };
}

/** A name of at most so many characters; its middle is left out, since names often begin alike. */
export function shortened(name: string, most: number): string {
  const characters = [...name];
  if (characters.length <= most) return name;
  const tail = Math.ceil((most - 1) / 2);
  return `${characters.slice(0, Math.max(0, most - 1 - tail)).join("")}…${characters.slice(-tail).join("")}`;
}

/** What every chart begins with. Hints are drawn too: a page with a strict policy allows no styles in texts. */
export function base(look: Look): Record<string, unknown> {
  const colours = palette(look);
  return {
    animation: false,
    backgroundColor: "transparent",
    textStyle: { fontFamily: font, color: colours.text },
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: colours.surface,
      borderColor: colours.soft,
      textStyle: { color: colours.text, fontSize: 13 },
    },
  };
}

/** The distance of the ticks that ECharts gives an axis: 1, 2, 3, 5 or 10 times a power of ten, for some `parts` of them. */
export function tickStep(low: number, high: number, parts: number): number {
  const exact = (high - low) / parts;
  const power = 10 ** Math.floor(Math.log10(exact));
  const times = exact / power;
  return power * (times < 1.5 ? 1 : times < 2.5 ? 2 : times < 4 ? 3 : times < 7 ? 5 : 10);
}

/** An end of an axis has no label where it would touch that of the next tick. */
export function endLabels(min: number, max: number, parts: number): { showMinLabel: boolean; showMaxLabel: boolean } {
  const step = tickStep(min, max, parts);
  const apart = (distance: number) => distance < 1e-9 * step || distance >= 0.6 * step;
  return {
    showMinLabel: apart(Math.ceil(min / step - 1e-9) * step - min),
    showMaxLabel: apart(max - Math.floor(max / step + 1e-9) * step),
  };
}

function labelsOf({ min, max, interval, splitNumber }: Record<string, unknown>): Record<string, unknown> {
  if (typeof min !== "number" || typeof max !== "number" || !(max > min) || interval !== undefined) return {};
  return endLabels(min, max, typeof splitNumber === "number" ? splitNumber : 5);
}

/** An axis of values. */
export function valueAxis(look: Look, name: string, given: Record<string, unknown> = {}): Record<string, unknown> {
  const colours = palette(look);
  const { axisLabel, ...more } = given;
  return {
    type: "value",
    scale: true,
    name,
    nameTextStyle: { color: colours.soft, fontSize: smallestText },
    nameLocation: "middle",
    axisLabel: { color: colours.soft, fontFamily: font, hideOverlap: true, formatter: axisNumber(look), ...labelsOf(given), ...(axisLabel as object | undefined) },
    // Axes cross at the corner, not where 0 is.
    axisLine: { onZero: false, lineStyle: { color: colours.line } },
    axisTick: { lineStyle: { color: colours.line } },
    splitLine: { lineStyle: { color: colours.line, opacity: 0.6 } },
    ...more,
  };
}

/** The name of a vertical axis stands above it, where it needs no room beside it. */
export function verticalAxis(look: Look, name: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const colours = palette(look);
  return valueAxis(look, name, {
    nameLocation: "end",
    nameGap: 10,
    nameTextStyle: { color: colours.soft, fontSize: smallestText, align: "left", padding: [0, 0, 0, -28] },
    ...more,
  });
}

/** An axis of names. */
export function nameAxis(look: Look, names: string[], more: Record<string, unknown> = {}): Record<string, unknown> {
  const colours = palette(look);
  return {
    type: "category",
    data: names.map(plain),
    axisLabel: { color: colours.text, fontFamily: font, width: look.width < 500 ? 110 : 220, overflow: "truncate", interval: 0 },
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { show: false },
    ...more,
  };
}

/** Numbers of axes, in the reader's language. */
export function axisNumber(look: Look): (value: number) => string {
  const format = new Intl.NumberFormat(look.language, { maximumSignificantDigits: 5 });
  return (value) => format.format(value);
}
