/** A parameter's values: what is allowed, and how a slider goes through them. */
import type { SettingForm, StageParameter } from "contract";

/** Why a value or range isn't allowed; keys of the page's texts. */
export type ValueProblem = "not_a_number" | "below_min" | "above_max" | "not_whole" | "not_odd" | "low_above_high"
  | "log_needs_positive";

/** null: allowed. */
export function valueProblem(parameter: StageParameter, value: number): ValueProblem | null {
  if (!Number.isFinite(value)) return "not_a_number";
  if (value < parameter.min) return "below_min";
  if (value > parameter.max) return "above_max";
  if (parameter.type === "real") return null;
  if (!Number.isInteger(value)) return "not_whole";
  return parameter.type === "odd" && value % 2 === 0 ? "not_odd" : null;
}

/** Of a setting's value, or else of its range; null where both are allowed. */
export function settingProblem(parameter: StageParameter, setting: SettingForm): ValueProblem | null {
  const ofValue = valueProblem(parameter, setting.value);
  if (ofValue !== null || setting.free === null) return ofValue;
  const { low, high, log } = setting.free;
  const ofRange = valueProblem(parameter, low) ?? valueProblem(parameter, high);
  if (ofRange !== null) return ofRange;
  if (low > high) return "low_above_high";
  if (setting.value < low) return "below_min";
  if (setting.value > high) return "above_max";
  return log && low <= 0 ? "log_needs_positive" : null;
}

/** Whether a slider makes sense: not of switches and of choices. */
export function isNumber(parameter: StageParameter): boolean {
  return parameter.type !== "boolean" && parameter.type !== "category";
}

/** How a slider's travel, 0 to 1, belongs to values. */
export interface Travel {
  low: number;
  high: number;
  log: boolean;
}

/**
 * The values that a slider goes through: the searched range and half of it on either side, as far as allowed, and
 * the value itself. What is allowed can be a thousand times as wide, and the number field takes all of it.
 */
export function travelOf(parameter: StageParameter, value: number): Travel {
  const log = parameter.log && parameter.low > 0;
  const margin = log ? 2 : (parameter.high - parameter.low) / 2;
  const low = log ? parameter.low / margin : parameter.low - margin;
  const high = log ? parameter.high * margin : parameter.high + margin;
  return {
    low: Math.min(value, Math.max(parameter.min, log && parameter.min <= 0 ? low : Math.max(low, parameter.min))),
    high: Math.max(value, Math.min(parameter.max, high)),
    log: log && value > 0,
  };
}

/** 0 to 1. */
export function positionOf(travel: Travel, value: number): number {
  if (travel.high <= travel.low) return 0;
  if (!travel.log || travel.low <= 0) return (value - travel.low) / (travel.high - travel.low);
  return Math.log(value / travel.low) / Math.log(travel.high / travel.low);
}

/** The allowed value nearest to a position of the slider; real ones with three digits. */
export function valueAt(parameter: StageParameter, travel: Travel, position: number): number {
  const raw = travel.log && travel.low > 0
    ? travel.low * (travel.high / travel.low) ** position
    : travel.low + position * (travel.high - travel.low);
  return nearestAllowed(parameter, raw);
}

/** The allowed value nearest to `raw`. */
export function nearestAllowed(parameter: StageParameter, raw: number): number {
  let value = raw;
  if (parameter.type === "odd") value = 2 * Math.round((raw - 1) / 2) + 1;
  else if (parameter.type !== "real") value = Math.round(raw);
  else value = Number(raw.toPrecision(3));
  if (value < parameter.min) value = parameter.type === "odd" && parameter.min % 2 === 0 ? parameter.min + 1 : parameter.min;
  if (value > parameter.max) value = parameter.type === "odd" && parameter.max % 2 === 0 ? parameter.max - 1 : parameter.max;
  return value;
}

/** By how much an arrow key moves the number. */
export function stepOf(parameter: StageParameter): number {
  if (parameter.type === "odd") return 2;
  if (parameter.type !== "real") return 1;
  const span = parameter.high - parameter.low;
  return span > 0 ? 10 ** Math.floor(Math.log10(span / 20)) : 0.1;
}
