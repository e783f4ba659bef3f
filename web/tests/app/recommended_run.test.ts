import { expect, it } from "vitest";
import { recommendedRunAddress } from "../../src/app/lib/recommended_run.ts";
import { makeVerdict } from "../make_study.ts";

it("what is recommended is started: the study's result, or an effort without the study", () => {
  expect(recommendedRunAddress(null, { corpus: "c1", study: "a" })).toBe("#/run?corpus=c1&study=a&method=apply");
  expect(recommendedRunAddress(makeVerdict(true), { study: "a" })).toBe("#/run?study=a&method=apply");
  expect(recommendedRunAddress(makeVerdict(false), { corpus: "c1", study: "a" })).toBe("#/run?corpus=c1&method=apply&effort=normal");
});
