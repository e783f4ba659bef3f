/**
 * Changes to a pipeline's form. Each gives a new form and leaves its argument alone, so that what is shown, what is
 * previewed and what is kept are whole at any time.
 */
import type { PipelineForm, SettingForm, SlotForm, StageInfo, StageParameter, StageUseForm } from "contract";
import { freeOcrCount } from "./ocr_ops.ts";
import { spliced } from "./spliced.ts";

/** What the form and the file call the choice of no stage. */
export const noStage = "none";

/** One step of the pipeline: a stage, or a slot with its alternatives. `uses` are indices into form.uses. */
export interface Place {
  slot: SlotForm | null;
  uses: number[];
}

/** off and on are fixed; search: the search may turn the stage off. */
export type Switch = "on" | "off" | "search";

/** The steps in order. */
export function places(form: PipelineForm): Place[] {
  const found: Place[] = [];
  form.uses.forEach((use, index) => {
    const last = found.at(-1);
    if (use.slot !== "" && last?.slot?.name === use.slot) {
      last.uses.push(index);
      return;
    }
    const slot = use.slot === "" ? null : form.slots.find((one) => one.name === use.slot) ?? null;
    found.push({ slot, uses: [index] });
  });
  return found;
}

/** Uses of `list`, with switches numbered as the pipeline's own: the second use of a stage is use_STAGE_2. */
function numbered(list: StageUseForm[]): StageUseForm[] {
  const seen = new Map<string, number>();
  return list.map((use) => {
    const count = (seen.get(use.stage) ?? 0) + 1;
    seen.set(use.stage, count);
    const name = `use_${use.stage}${count > 1 ? `_${count}` : ""}`;
    return use.switch_name === name ? use : { ...use, switch_name: name };
  });
}

function withUses(form: PipelineForm, uses: StageUseForm[], slots = form.slots): PipelineForm {
  return { ...form, uses: numbered(uses), slots: slots.filter((slot) => uses.some((use) => use.slot === slot.name)) };
}

function withPlaces(form: PipelineForm, order: Place[]): PipelineForm {
  return withUses(form, order.flatMap((place) => place.uses.map((index) => form.uses[index]!)));
}

function changeUse(form: PipelineForm, index: number, change: (use: StageUseForm) => StageUseForm): PipelineForm {
  return { ...form, uses: form.uses.map((use, at) => (at === index ? change(use) : use)) };
}

/** All names that parameters and slots have; the next one must differ. */
function takenNames(form: PipelineForm): Set<string> {
  return new Set([
    ...form.uses.flatMap((use) => use.settings.map((setting) => setting.name)),
    ...form.slots.map((slot) => slot.name),
    ...form.uses.map((use) => use.switch_name),
    ...form.ocr.flatMap((one) => [one.name, one.switch_name]),
  ]);
}

function freeName(taken: Set<string>, candidates: string[]): string {
  const stem = candidates.at(-1)!;
  let count = 2;
  let name = candidates.find((one) => !taken.has(one));
  while (name === undefined) {
    const next = `${stem}_${count}`;
    if (!taken.has(next)) name = next;
    count += 1;
  }
  return name;
}

/** A stage as it is added: on, every parameter fixed at its default, names that the pipeline doesn't have yet. */
export function newUse(form: PipelineForm, info: StageInfo, slot = ""): StageUseForm {
  const taken = takenNames(form);
  const settings = info.parameters.map((parameter): SettingForm => {
    const long = `${info.name}_${parameter.name}`;
    const name = freeName(taken, slot === "" ? [parameter.name, long] : [long]);
    taken.add(name);
    return { name, parameter: parameter.name, value: parameter.initial, free: null };
  });
  return { stage: info.name, switch_name: `use_${info.name}`, on: true, optional: false, slot, settings };
}

/**
 * Adds a stage before place `at`, or last. Stages that look at colours go before the first one that gives none, as
 * the pipeline wants it.
 */
export function addStage(form: PipelineForm, info: StageInfo, stages: StageInfo[], at?: number): PipelineForm {
  const order = places(form);
  let where = Math.min(at ?? order.length, order.length);
  if (info.wants_colour) {
    const gray = order.findIndex((place) => place.uses.some((index) => !givesColour(form.uses[index]!, stages)));
    if (gray >= 0) where = Math.min(where, gray);
  }
  const index = order.slice(0, where).reduce((sum, place) => sum + place.uses.length, 0);
  return withUses(form, spliced(form.uses, index, 0, newUse(form, info)));
}

function givesColour(use: StageUseForm, stages: StageInfo[]): boolean {
  return stages.find((stage) => stage.name === use.stage)?.gives_colour ?? false;
}

export function removePlace(form: PipelineForm, at: number): PipelineForm {
  return withPlaces(form, places(form).filter((_, index) => index !== at));
}

/** Moves the place `from` so that it stands at `to`; the same form where there is nothing to move. */
export function movePlace(form: PipelineForm, from: number, to: number): PipelineForm {
  const order = places(form);
  const target = Math.max(0, Math.min(order.length - 1, to));
  const moved = order[from];
  if (moved === undefined || target === from) return form;
  return withPlaces(form, spliced(spliced(order, from, 1), target, 0, moved));
}

/** Adds an alternative to a place; a single stage becomes a slot with two choices. A stage is in a slot once. */
export function addAlternative(form: PipelineForm, at: number, info: StageInfo): PipelineForm {
  const place = places(form)[at];
  if (place === undefined || place.uses.some((index) => form.uses[index]!.stage === info.name)) return form;
  const end = place.uses.at(-1)! + 1;
  if (place.slot !== null) {
    const name = place.slot.name;
    const slots = form.slots.map((slot) =>
      slot.name === name ? { ...slot, choices: [...slot.choices, info.name] } : slot);
    return withUses(form, spliced(form.uses, end, 0, newUse(form, info, name)), slots);
  }
  const single = form.uses[place.uses[0]!]!;
  const slotName = freeName(takenNames(form), [`choice_${at + 1}`, "choice"]);
  const choices = single.optional || !single.on ? [noStage, single.stage, info.name] : [single.stage, info.name];
  const slot: SlotForm = { name: slotName, choices, chosen: single.on && single.optional ? 1 : 0 };
  const uses = form.uses.map((use) =>
    use === single ? { ...use, slot: slotName, on: true, optional: false } : use);
  return withUses(form, spliced(uses, end, 0, newUse(form, info, slotName)), [...form.slots, slot]);
}

/** Takes an alternative away. A slot with one stage left becomes that stage, optional where none was a choice. */
export function removeAlternative(form: PipelineForm, useIndex: number): PipelineForm {
  const gone = form.uses[useIndex];
  const slot = form.slots.find((one) => one.name === gone?.slot);
  if (gone === undefined || slot === undefined) return form;
  const chosen = slot.choices[slot.chosen];
  const choices = slot.choices.filter((choice) => choice !== gone.stage);
  const left = form.uses.filter((_, index) => index !== useIndex);
  const stages = choices.filter((choice) => choice !== noStage);
  if (stages.length === 1) {
    const optional = choices.length > 1;
    const uses = left.map((use) =>
      use.slot === slot.name ? { ...use, slot: "", optional, on: !optional || chosen === use.stage } : use);
    return withUses(form, uses);
  }
  const kept = { ...slot, choices, chosen: Math.max(0, choices.indexOf(chosen ?? "")) };
  return withUses(form, left, form.slots.map((one) => (one === slot ? kept : one)));
}

/** Whether the slot may be left empty. */
export function allowNone(form: PipelineForm, slotName: string, allowed: boolean): PipelineForm {
  return {
    ...form,
    slots: form.slots.map((slot) => {
      if (slot.name !== slotName || slot.choices.includes(noStage) === allowed) return slot;
      const chosen = slot.choices[slot.chosen] ?? "";
      const choices = allowed ? [noStage, ...slot.choices] : slot.choices.filter((one) => one !== noStage);
      return { ...slot, choices, chosen: Math.max(0, choices.indexOf(chosen)) };
    }),
  };
}

/** What the slot has where no search decides. */
export function choose(form: PipelineForm, slotName: string, chosen: number): PipelineForm {
  return { ...form, slots: form.slots.map((slot) => (slot.name === slotName ? { ...slot, chosen } : slot)) };
}

export function switchOf(use: StageUseForm): Switch {
  if (use.optional) return "search";
  return use.on ? "on" : "off";
}

/** Searched switches keep the value that they begin with. */
export function setSwitch(form: PipelineForm, use: number, to: Switch): PipelineForm {
  return changeUse(form, use, (old) => ({ ...old, optional: to === "search", on: to === "search" ? old.on : to === "on" }));
}

/** What a searched switch begins with. */
export function setInitiallyOn(form: PipelineForm, use: number, on: boolean): PipelineForm {
  return changeUse(form, use, (old) => ({ ...old, on }));
}

/** Puts `change` over one setting. */
export function changeSetting(
  form: PipelineForm, use: number, setting: number, change: Partial<SettingForm>,
): PipelineForm {
  return changeUse(form, use, (old) => ({
    ...old,
    settings: old.settings.map((one, at) => (at === setting ? { ...one, ...change } : one)),
  }));
}

/** Free within the stage's searched range, its value inside it; or fixed. */
export function setFree(
  form: PipelineForm, use: number, setting: number, parameter: StageParameter, free: boolean,
): PipelineForm {
  const value = form.uses[use]?.settings[setting]?.value ?? parameter.initial;
  if (!free) return changeSetting(form, use, setting, { free: null });
  return changeSetting(form, use, setting, {
    value: Math.min(parameter.high, Math.max(parameter.low, value)),
    free: { low: parameter.low, high: parameter.high, log: parameter.log, step: 0 },
  });
}

/** A setting as it was when its stage was added. */
export function resetSetting(
  form: PipelineForm, use: number, setting: number, parameter: StageParameter,
): PipelineForm {
  return changeSetting(form, use, setting, { value: parameter.initial, free: null });
}

/** Whether the stage runs where no search decides: its switch is on, or its slot begins with it. */
export function runs(form: PipelineForm, index: number): boolean {
  const use = form.uses[index];
  if (use === undefined) return false;
  if (use.slot === "") return use.on;
  const slot = form.slots.find((one) => one.name === use.slot);
  return slot?.choices[slot.chosen] === use.stage;
}

/** Indices of the uses that run where no search decides. */
export function runningUses(form: PipelineForm): number[] {
  return form.uses.map((_, index) => index).filter((index) => runs(form, index));
}

/** How many dimensions a search of it has. */
export function freeCount(form: PipelineForm): number {
  const switches = form.uses.filter((use) => use.slot === "" && use.optional).length;
  const settings = form.uses
    .filter((use) => use.slot !== "" || use.on || use.optional)
    .flatMap((use) => use.settings)
    .filter((setting) => setting.free !== null).length;
  return switches + settings + form.slots.length + freeOcrCount(form);
}

/** Text without what makes file names hard, or `fallback`. */
export function fileNameOf(name: string, fallback: string): string {
  const plain = name.normalize("NFKD").replace(/[^A-Za-z0-9_-]+/g, "_").replace(/^_+|_+$/g, "");
  return plain === "" ? fallback : plain;
}
