import { describe, expect, it } from "vitest";
import type { PipelineForm } from "contract";
import { changeOcr, freeOcrCount, ocrParameter, ocrSetting, resetOcr, setOcrFree } from "../../src/app/lib/ocr_ops.ts";
import { freeCount } from "../../src/app/lib/pipeline_ops.ts";
import { problemsByField } from "../../src/app/lib/server_problems.ts";
import { ocr, standard } from "./mock_server/registry.ts";

const [mode, dpi] = ocr.parameters as [typeof ocr.parameters[0], typeof ocr.parameters[0]];

describe("how the outcome is read", () => {
  it("says nothing until it is changed", () => {
    expect(ocrSetting(standard, dpi)).toMatchObject({ name: "dpi", value: 0, free: null, on: true, optional: false });
    const form = changeOcr(standard, dpi, { value: 300 });
    expect(form.ocr).toEqual([{ ...ocrSetting(standard, dpi), value: 300 }]);
    expect(standard.ocr).toEqual([]);
    expect(resetOcr(form, dpi).ocr).toEqual([]);
    expect(changeOcr(form, dpi, { value: 200 }).ocr).toHaveLength(1);
  });
  it("is searched within its range", () => {
    const form = setOcrFree(setOcrFree(standard, dpi, true), mode, true);
    expect(ocrSetting(form, dpi)).toMatchObject({ value: 70, free: { low: 70, high: 600, log: true, step: 0 } });
    expect(freeOcrCount(form)).toBe(2);
    expect(freeCount(form)).toBe(freeCount(standard) + 2);
    expect(freeOcrCount(setOcrFree(form, dpi, false))).toBe(1);
  });
  it("keeps the choices that a file restricts it to", () => {
    const form: PipelineForm = { ...standard, ocr: [{ ...ocrSetting(standard, mode), choices: ["sparse", "auto"], value: 1, free: { low: 0, high: 1, log: false, step: 0 } }] };
    const setting = ocrSetting(form, mode);
    expect(ocrParameter(setting, mode)).toMatchObject({ choices: ["sparse", "auto"], high: 1, max: 1 });
    expect(setOcrFree(form, mode, true).ocr[0]!.free).toEqual({ low: 0, high: 1, log: false, step: 0 });
  });
  it("has a name of its own, by which a problem finds it", () => {
    const taken: PipelineForm = { ...standard, slots: [{ name: "dpi", choices: ["none", "clahe"], chosen: 0 }] };
    const form = changeOcr(taken, dpi, { value: 5000 });
    expect(form.ocr[0]!.name).toBe("ocr_dpi");
    expect([...problemsByField(form, "`pipeline.ocr[0].value`: ocr_dpi = 5000")][0]![0]).toBe("ocr_dpi");
  });
});
