import { describe, expect, it } from "vitest";
import type { EngineInfo, RunInfo, Train } from "contract";
import { engineTitle, errorCurves, hasWon, lastTraining, openTraining, roughTime, trainedModels, trainingRequest } from "../../src/app/lib/training.ts";
import { engines } from "./mock_server/registry.ts";
import { epochs, trainingOf } from "./mock_server/training.ts";

let started = 0;
const run = (change: Partial<RunInfo>) => ({ method: "train", corpus: "c1", state: "done", ended_ms: 1, started_ms: ++started, request: {}, ...change }) as RunInfo;
const at = (done: number, wins = true, state: RunInfo["state"] = done >= epochs.all ? "done" : "running") =>
  trainingOf(run({ done, state, request: { output: "models" } as RunInfo["request"] }), 120, wins);

describe("the training of a corpus", () => {
  it("writes to a folder that no other run has", () => {
    const others = ["models", "texts", "models_2"].map((output) => run({ request: { output } as RunInfo["request"] }));
    expect(trainingRequest("c1", others, new Set(["models_3"]))).toEqual({
      method: "train", study: "", corpus: "c1", pipeline: null, output: "models_4", options: { add_characters: true },
    });
  });
  it("is the last one that ended well, and one that has not come to its end", () => {
    const [early, old, last, failed, other, tuned] = [
      run({ state: "cancelled" }), run({}), run({}), run({ state: "failed" }), run({ corpus: "c2", state: "running" }), run({ method: "tune", state: "running" }),
    ];
    const all = [tuned, last, other, old, early, failed];
    expect(lastTraining(all, "c1")).toBe(last);
    expect(lastTraining(all, "c3")).toBeUndefined();
    expect(openTraining(all, "c1")).toBeUndefined();
    for (const state of ["queued", "running", "paused", "cancelling", "interrupted", "cancelled"] as const) {
      // A process that ended says nothing of it.
      for (const ended_ms of [null, 1]) {
        const open = run({ state, ended_ms });
        expect(openTraining([...all, open, run({ state: "failed" })], "c1"), state).toBe(open);
      }
    }
    const atWork = run({ state: "running" });
    expect(openTraining([atWork, run({ state: "paused" }), run({})], "c1")).toBe(atWork);
  });
});

it("times are told as roughly as they are known", () => {
  const told = (seconds: number) => Object.values(roughTime(seconds)).join(" ");
  expect([0, 50, 130, 584, 660, 3300, 5390, 5400, 9000].map(told)).toEqual([
    "1 minute", "1 minute", "2 minute", "10 minute", "10 minute", "55 minute", "90 minute", "2 hour", "3 hour",
  ]);
});

describe("what has come of a training", () => {
  const drawn = (training: Train) => errorCurves(training, engines).map((one) => [one.name, one.values.length, one.chosen !== null]);
  it("is drawn for the engines that are trained, and for the one at work when it has a curve", () => {
    expect(drawn(at(1))).toEqual([]);
    expect(drawn(at(8))).toEqual([["Tesseract", 8, false]]);
    expect(drawn(at(epochs.first))).toEqual([["Tesseract", 8, true]]);
    expect(drawn(at(epochs.all - 1))).toEqual([["Tesseract", 8, true], ["PP-OCRv6", 6, false]]);
    expect(drawn(at(epochs.all))).toEqual([["Tesseract", 8, true], ["PP-OCRv6", 6, false]]);
  });
  it("is a gain where a model was written", () => {
    expect([null, at(1), at(epochs.all), at(epochs.all, false)].map(hasWon)).toEqual([false, false, true, false]);
  });
  it("is told apart from what could not be asked for", async () => {
    const [won, lost, unknown] = [run({ id: "won" }), run({ id: "lost" }), run({ id: "unknown" })];
    const error = new Error("away");
    const ask = (id: string) => (id === "unknown" ? Promise.reject(error) : Promise.resolve(at(epochs.all, id === "won")));
    expect(await trainedModels([won, lost, unknown], ask)).toEqual({ won: [won], unknown: [unknown], error });
    expect(await trainedModels([], ask)).toEqual({ won: [], unknown: [], error: undefined });
  });
  it("names engines that are not installed too", () => {
    expect(engineTitle([] as EngineInfo[], "ppocr")).toBe("ppocr");
  });
});
