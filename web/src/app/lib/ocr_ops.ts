/** Changes to what a pipeline's form says of reading ([ocr]); each gives a new form. */
import type { OcrSettingForm, PipelineForm, SettingForm, StageParameter } from "contract";

/** The parameter as the form has it: a category among the choices that are searched. */
export function ocrParameter(setting: OcrSettingForm, parameter: StageParameter): StageParameter {
  if (setting.choices.length === 0) return parameter;
  const last = setting.choices.length - 1;
  return { ...parameter, choices: setting.choices, low: 0, high: last, min: 0, max: last };
}

/** What the form says of the parameter; where it says nothing, its initial value, which says nothing. */
export function ocrSetting(form: PipelineForm, parameter: StageParameter): OcrSettingForm {
  return form.ocr.find((one) => one.parameter === parameter.name) ?? {
    name: nameFor(form, parameter.name), parameter: parameter.name, value: parameter.initial, free: null,
    choices: parameter.choices, switch_name: `use_${parameter.name}`, on: true, optional: false,
  };
}

function nameFor(form: PipelineForm, parameter: string): string {
  const taken = new Set([
    ...form.uses.flatMap((use) => [use.switch_name, ...use.settings.map((setting) => setting.name)]),
    ...form.slots.map((slot) => slot.name),
    ...form.ocr.flatMap((one) => [one.name, one.switch_name]),
  ]);
  let name = parameter;
  while (taken.has(name)) name = `ocr_${name}`;
  return name;
}

/** Puts `change` over the parameter's setting. */
export function changeOcr(form: PipelineForm, parameter: StageParameter, change: Partial<SettingForm>): PipelineForm {
  const changed = { ...ocrSetting(form, parameter), ...change };
  const others = form.ocr.filter((one) => one.parameter !== parameter.name);
  return { ...form, ocr: [...others, changed] };
}

/** Free within the searched range, its value inside it; or fixed. */
export function setOcrFree(form: PipelineForm, parameter: StageParameter, free: boolean): PipelineForm {
  if (!free) return changeOcr(form, parameter, { free: null });
  const setting = ocrSetting(form, parameter);
  const { low, high, log } = ocrParameter(setting, parameter);
  return changeOcr(form, parameter, { value: Math.min(high, Math.max(low, setting.value)), free: { low, high, log, step: 0 } });
}

/** Without the parameter, which says nothing then. */
export function resetOcr(form: PipelineForm, parameter: StageParameter): PipelineForm {
  return { ...form, ocr: form.ocr.filter((one) => one.parameter !== parameter.name) };
}

/** How many dimensions of a search are about reading. */
export function freeOcrCount(form: PipelineForm): number {
  return form.ocr.reduce((sum, one) => sum + (one.optional ? 1 : 0) + (one.free && (one.on || one.optional) ? 1 : 0), 0);
}
