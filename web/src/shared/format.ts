/** Numbers, durations and dates as people read them. */
import type { Interval, Score } from "contract";
import type { Language } from "./i18n.ts";
import { texts } from "./texts.ts";

/** Shown where there is no value. */
export const nothing = "–";

const cache = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let format = cache.get(key);
  if (!format) cache.set(key, (format = new Intl.NumberFormat(language, options)));
  return format;
}

function known(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

/** A whole number, with the language's thousands. */
export function count(value: number | null | undefined, language: Language): string {
  return known(value) ? numberFormat(language, { maximumFractionDigits: 0 }).format(value) : nothing;
}

/** A number with exactly `digits` after the point; without it, as many as make four significant digits at most. */
export function number(value: number | null | undefined, language: Language, digits?: number): string {
  if (!known(value)) return nothing;
  if (digits !== undefined)
    return numberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  const options = Math.abs(value) >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
  return numberFormat(language, options).format(value);
}

/** Digits after the point that a score is shown with. */
export function scoreDigits(score: Pick<Score, "unit" | "scale">): number {
  return score.unit === "ms per page" ? 0 : score.scale === 1 && score.unit !== "points" ? 1 : 2;
}

/** What a stored value is where people read it. */
export function shown(value: number | null | undefined, score: Pick<Score, "scale">): number | null {
  return known(value) ? value * score.scale : null;
}

/** Digits after the point of error rates that were measured; those that are only expected have one. */
export const rateDigits = 2;

/** "13.12 %" of a share. */
export function percent(share: number | null | undefined, language: Language, digits: number = rateDigits): string {
  return withUnit(number(known(share) ? share * 100 : null, language, digits), "%");
}

function withUnit(text: string, unit: string): string {
  // A narrow space that isn't broken at.
  return unit === "" || text === nothing ? text : `${text}\u202f${unit}`;
}

/** "14.10 %", "463.12 points". */
export function scoreValue(value: number | null | undefined, score: Score, language: Language): string {
  return withUnit(number(shown(value, score), language, scoreDigits(score)), texts[language].unit(score.unit));
}

/** A number with its sign. */
export function signed(value: number, language: Language, digits: number): string {
  return numberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "exceptZero",
  }).format(value);
}

/** A difference of a score with its sign: that of rates is in percentage points. */
export function scoreDifference(value: number | null | undefined, score: Score, language: Language): string {
  const scaled = shown(value, score);
  if (scaled === null) return nothing;
  return withUnit(signed(scaled, language, scoreDigits(score)), texts[language].differenceUnit(score.unit));
}

/** "2.10 to 6.40 points": ends of an interval of differences. */
export function scoreInterval(interval: Interval, score: Score, language: Language): string {
  const [low, high] = [interval.low, interval.high].map((end) =>
    signed(end * score.scale, language, scoreDigits(score)),
  );
  return withUnit(`${texts[language].range(low ?? "", high ?? "")}`, texts[language].differenceUnit(score.unit));
}

/** "850 ms", "12.3 s", "4 min 05 s", "2 h 07 min", of milliseconds. */
export function duration(ms: number | null | undefined, language: Language): string {
  if (!known(ms)) return nothing;
  const seconds = ms / 1000;
  if (seconds < 0.9995) return `${count(ms, language)}\u202fms`;
  if (seconds < 59.95) return `${number(seconds, language, 1)}\u202fs`;
  const two = (value: number) => String(value).padStart(2, "0");
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)}\u202fmin ${two(whole % 60)}\u202fs`;
  const minutes = Math.round(seconds / 60);
  return `${count(Math.floor(minutes / 60), language)}\u202fh ${two(minutes % 60)}\u202fmin`;
}

/** Date and time of milliseconds since 1970, in the reader's time zone unless another is given. */
export function dateTime(ms: number | null | undefined, language: Language, timeZone?: string): string {
  if (!known(ms)) return nothing;
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone }).format(ms);
}

/** "12.3 MB", of bytes. */
export function bytes(value: number | null | undefined, language: Language): string {
  if (!known(value)) return nothing;
  const names = texts[language].byteUnits;
  let at = 0;
  let left = value;
  while (left >= 1000 && at < names.length - 1) {
    left /= 1000;
    ++at;
  }
  return `${number(left, language, at === 0 ? 0 : 1)}\u202f${names[at] ?? ""}`;
}

/** "NAME: VALUE"; French has a space before the colon. */
export function stated(name: string, value: string, language: Language): string {
  return `${name}${language === "fr" ? "\u202f" : ""}: ${value}`;
}
