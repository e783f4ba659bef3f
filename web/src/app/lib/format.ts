/** What the run form and parameters show, beside the shared formats. */
import type { Language } from "../../shared/i18n.ts";
import { nothing } from "../../shared/format.ts";

/** Of a parameter: no more digits than tell something. */
export function valueText(value: number | string | null | undefined, language: Language): string {
  if (value === null || value === undefined) return nothing;
  if (typeof value === "string") return value;
  return value.toLocaleString(language, { maximumSignificantDigits: 5, useGrouping: false });
}

/** What a study is called, by its id: one on a server has the server's token behind its name. */
export function studyName(id: string): string {
  return id.replace(/(?<=.)@[0-9a-f]{8}$/, "");
}

/** The id of a run's study. */
export function studyOfRun(file: string): string {
  return file.replace(/\.db$/, "");
}

/** "10m", "2h", "90s", "90" in seconds; null where it isn't a time above 0. */
export function secondsOf(text: string): number | null {
  const found = /^\s*(\d+(?:[.,]\d+)?)\s*(s|m|min|h)?\s*$/i.exec(text);
  if (found === null) return null;
  const factor = { s: 1, m: 60, min: 60, h: 3600 }[(found[2] ?? "s").toLowerCase()] ?? 1;
  const seconds = Number(found[1]!.replace(",", ".")) * factor;
  return seconds > 0 ? seconds : null;
}
