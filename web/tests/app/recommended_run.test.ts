import { expect, it } from "vitest";
import type { RunInfo } from "contract";
import { modelsOfStudy, recommendedRunAddress, trainedModelsAddress } from "../../src/app/lib/recommended_run.ts";
import { makeVerdict } from "../make_study.ts";

it("what is recommended is started: the study's result, or an effort without the study", () => {
  expect(recommendedRunAddress(null, { corpus: "c1", study: "a" })).toBe("#/run?corpus=c1&study=a&method=apply");
  expect(recommendedRunAddress(makeVerdict(true), { study: "a" })).toBe("#/run?study=a&method=apply");
  expect(recommendedRunAddress(makeVerdict(false), { corpus: "c1", study: "a" })).toBe("#/run?corpus=c1&method=apply&effort=normal");
});

it("what was found with trained models is applied with them, and an effort too", () => {
  const known = { corpus: "c1", study: "a", models: "r7" };
  expect(recommendedRunAddress(makeVerdict(true), known)).toBe("#/run?corpus=c1&study=a&method=apply&models=r7");
  expect(recommendedRunAddress(makeVerdict(false), known)).toBe("#/run?corpus=c1&method=apply&effort=normal&models=r7");
});

it("a study has the models of the newest search on it that had some", () => {
  const run = (method: RunInfo["method"], study: string, models?: string) => ({ method, study, request: { models } }) as RunInfo;
  const runs = [run("tune", "b.db", "r9"), run("apply", "a.db", "r8"), run("tune", "a.db"), run("tune", "a.db", "r7"), run("tune", "a.db", "r6")];
  expect(["a", "b", "c"].map((study) => modelsOfStudy(runs, study))).toEqual(["r7", "r9", undefined]);
});

it("the pages of a training are recognized with its models", () => {
  expect(trainedModelsAddress({ id: "r/7", corpus: "c1" })).toBe("#/run?corpus=c1&method=apply&effort=normal&models=r%2F7");
});
