/** What the run form and parameters show, beside the shared formats. */
import type { RunInfo } from "contract";
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

/** What a run writes to, as it is shown: its study, or the folder of the models that it trains; empty where it is neither. */
export function subjectOfRun(run: Pick<RunInfo, "method" | "study" | "request">): string {
  return run.method === "train" ? (run.request.output ?? "") : studyName(studyOfRun(run.study));
}

/** "10m", "2h", "90s", "90" in seconds; null where it isn't a time above 0. */
export function secondsOf(text: string): number | null {
  const found = /^\s*(\d+(?:[.,]\d+)?)\s*(s|m|min|h)?\s*$/i.exec(text);
  if (found === null) return null;
  const factor = { s: 1, m: 60, min: 60, h: 3600 }[(found[2] ?? "s").toLowerCase()] ?? 1;
  const seconds = Number(found[1]!.replace(",", ".")) * factor;
  return seconds > 0 ? seconds : null;
}

/** Stands for the language of each page. */
export const automaticLanguage = "auto";

/** Tesseract's names of languages in which it differs from ISO 639. */
const tesseractNames: Record<string, string> = { chi: "zho", fre: "fra", ger: "deu", frk: "deu", kur: "kmr" };

const scripts: Record<string, string> = { sim: "Hans", tra: "Hant", latn: "Latn", cyrl: "Cyrl" };

/** The tag ("en", "zh-Hans") of a language that Tesseract calls "eng" or "chi_sim"; null where there is none. */
export function languageTag(code: string): string | null {
  const [first = code, variant = ""] = code.split("_");
  const base = tesseractNames[first] ?? first;
  const script = scripts[variant];
  try {
    return Intl.getCanonicalLocales(script ? `${base}-${script}` : base)[0] ?? null;
  } catch {
    return null;
  }
}

/** The name of a language that Tesseract calls "eng" or "chi_sim"; the code where there is none. */
export function languageName(code: string, language: Language): string {
  const tag = languageTag(code);
  const [first, variant] = code.split("_");
  const name = tag === null ? undefined : new Intl.DisplayNames([language], { type: "language", fallback: "none" }).of(tag);
  if (name === undefined) return code;
  return (variant !== undefined && !scripts[variant]) || first === "frk" ? `${name} (${code})` : name;
}

/** The names of several: "English, French" of "eng+fra". */
export function languageNames(codes: string, language: Language): string {
  return codes.split("+").map((code) => languageName(code, language)).join(", ");
}
