import { describe, expect, it } from "vitest";
import type { PipelineForm } from "contract";
import {
  addAlternative, addStage, allowNone, choose, freeCount, movePlace, noStage, places, removeAlternative, removePlace,
  resetSetting, runningUses, setFree, setSwitch, switchOf,
} from "../../src/app/lib/pipeline_ops.ts";
import { random } from "../make_study.ts";
import { stages, standard } from "./mock_server/registry.ts";

const info = (name: string) => stages.find((stage) => stage.name === name)!;
const empty: PipelineForm = { name: "p", description: "", uses: [], slots: [], ocr: [] };

function namesOf(form: PipelineForm): string[] {
  return [...form.uses.flatMap((use) => use.settings.map((setting) => setting.name)), ...form.slots.map((slot) => slot.name)];
}

/** What the server asks of a form. */
function expectWhole(form: PipelineForm): void {
  const names = namesOf(form);
  expect(new Set(names).size).toBe(names.length);
  const switches = form.uses.map((use) => use.switch_name);
  expect(new Set(switches).size).toBe(switches.length);
  for (const slot of form.slots) {
    const uses = form.uses.filter((use) => use.slot === slot.name);
    expect(uses.length).toBeGreaterThan(0);
    // Alternatives follow each other in the order of the choices.
    expect(uses.map((use) => use.stage)).toEqual(slot.choices.filter((choice) => choice !== noStage));
    const first = form.uses.indexOf(uses[0]!);
    expect(form.uses.slice(first, first + uses.length)).toEqual(uses);
    expect(slot.chosen).toBeGreaterThanOrEqual(0);
    expect(slot.chosen).toBeLessThan(slot.choices.length);
  }
  for (const use of form.uses) expect(use.slot === "" || form.slots.some((slot) => slot.name === use.slot)).toBe(true);
}

describe("adding a stage", () => {
  it("takes its defaults, and names that differ from the others'", () => {
    const once = addStage(empty, info("denoise_nlm"), stages);
    const twice = addStage(once, info("denoise_nlm"), stages);
    expect(twice.uses.map((use) => use.switch_name)).toEqual(["use_denoise_nlm", "use_denoise_nlm_2"]);
    expect(namesOf(twice)).toEqual(["h", "noise_threshold", "denoise_nlm_h", "denoise_nlm_noise_threshold"]);
    expect(twice.uses[1]!.settings[0]).toMatchObject({ parameter: "h", value: 9, free: null });
    expect(empty.uses).toEqual([]);
  });
  it("puts what looks at colours before what gives none", () => {
    const form = addStage(standard, info("drop_colour"), stages);
    expect(form.uses[0]!.stage).toBe("drop_colour");
  });
});

describe("moving", () => {
  it("keeps alternatives together and numbers the switches anew", () => {
    let form = addAlternative(standard, 1, info("clahe"));
    form = movePlace(form, 1, 0);
    expect(form.uses.map((use) => use.stage)).toEqual(["denoise_nlm", "clahe", "remove_lines", "binarize_adaptive"]);
    expectWhole(form);
  });
  it("is nothing at the ends", () => {
    expect(movePlace(standard, 0, -1)).toBe(standard);
    expect(movePlace(standard, 2, 9)).toBe(standard);
  });
});

describe("alternatives", () => {
  it("make a slot of a stage, and the stage again when they go", () => {
    const slot = addAlternative(standard, 1, info("clahe"));
    expect(slot.slots[0]).toMatchObject({ choices: ["denoise_nlm", "clahe"], chosen: 0 });
    expectWhole(slot);
    const back = removeAlternative(slot, 2);
    expect(back.slots).toEqual([]);
    expect(back.uses[1]).toMatchObject({ stage: "denoise_nlm", slot: "", optional: false, on: true });
  });
  it("keep that a stage could be left out", () => {
    const slot = addAlternative(standard, 0, info("clahe"));
    expect(slot.slots[0]!.choices).toEqual([noStage, "remove_lines", "clahe"]);
    expect(slot.slots[0]!.choices[slot.slots[0]!.chosen]).toBe("remove_lines");
    expect(removeAlternative(slot, 1).uses[0]).toMatchObject({ stage: "remove_lines", optional: true, on: true });
  });
  it("keep the chosen one when `none` comes and goes", () => {
    const slot = choose(addAlternative(standard, 1, info("clahe")), "choice_2", 1);
    const withNone = allowNone(slot, "choice_2", true);
    expect(withNone.slots[0]!.choices[withNone.slots[0]!.chosen]).toBe("clahe");
    expect(allowNone(withNone, "choice_2", false)).toEqual(slot);
  });
  it("only the chosen one runs", () => {
    const slot = addAlternative(standard, 1, info("clahe"));
    expect(runningUses(slot)).toEqual([0, 1, 3]);
    expect(runningUses(choose(slot, "choice_2", 1))).toEqual([0, 2, 3]);
  });
});

describe("switches and values", () => {
  it("go through all three states", () => {
    expect(switchOf(standard.uses[0]!)).toBe("search");
    const off = setSwitch(standard, 0, "off");
    expect(switchOf(off.uses[0]!)).toBe("off");
    expect(runningUses(off)).toEqual([1, 2]);
    expect(switchOf(setSwitch(off, 0, "search").uses[0]!)).toBe("search");
  });
  it("free takes the searched range with the value inside; reset goes back", () => {
    const parameter = info("remove_lines").parameters[0]!;
    const wide = setFree({ ...standard, uses: [{ ...standard.uses[0]!, settings: [{ ...standard.uses[0]!.settings[0]!, value: 900, free: null }] }] }, 0, 0, parameter, true);
    expect(wide.uses[0]!.settings[0]).toMatchObject({ value: 70, free: { low: 30, high: 70 } });
    expect(resetSetting(wide, 0, 0, parameter).uses[0]!.settings[0]).toMatchObject({ value: 45, free: null });
  });
  it("counts what a search has to decide", () => {
    expect(freeCount(standard)).toBe(6);
    expect(freeCount(setSwitch(standard, 1, "off"))).toBe(5);
    expect(freeCount(empty)).toBe(0);
  });
});

it("a thousand random changes leave a whole pipeline", () => {
  const next = random(5);
  const any = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  let form = standard;
  for (let step = 0; step < 1000; step += 1) {
    const count = places(form).length;
    const at = Math.floor(next() * Math.max(1, count));
    const kind = Math.floor(next() * 6);
    if (kind === 0 && count < 8) form = addStage(form, any(stages), stages, at);
    else if (kind === 1) form = addAlternative(form, at, any(stages));
    else if (kind === 2) form = movePlace(form, at, Math.floor(next() * count));
    else if (kind === 3 && form.slots[0]) form = allowNone(form, any(form.slots).name, next() < 0.5);
    else if (kind === 4) form = removeAlternative(form, Math.floor(next() * form.uses.length));
    else if (kind === 5 && count > 5) form = removePlace(form, at);
    expectWhole(form);
  }
});
