import { describe, expect, it } from "vitest";
import type { RunInfo, RunRequest } from "contract";
import { freeOutput, isTaken } from "../../src/app/lib/run_form.ts";
import { isWrittenGone } from "../../src/app/lib/run_state.ts";

const request: RunRequest = { method: "apply", study: "", corpus: "c1", pipeline: null, output: "texts", options: { effort: "normal" } };
const run = (of: RunRequest) => ({ method: of.method, study: of.study, request: of }) as RunInfo;

describe("the folder of a run", () => {
  it("that is proposed is free", () => {
    expect(freeOutput("apply", [], new Set())).toBe("texts");
    expect(freeOutput("apply", [run(request)], new Set(["texts_2"]))).toBe("texts_3");
    expect(freeOutput("apply", [], new Set(["mine"]), "mine")).toBe("mine_2");
  });
  it("is taken if it has results of something else", () => {
    expect(isTaken(request, [], new Set())).toBe(false);
    expect(isTaken(request, [], new Set(["texts"]))).toBe(true);
    expect(isTaken(request, [run(request)], new Set(["texts"]))).toBe(false);
    for (const other of [{ corpus: "c2" }, { options: { effort: "high" } }, { study: "a.db" }]) {
      expect(isTaken(request, [run({ ...request, ...other } as RunRequest)], new Set(["texts"]))).toBe(true);
    }
  });
});

describe("what a run has written", () => {
  it("is gone if it is not among what is there", () => {
    const search = run({ ...request, method: "tune", study: "a.db", output: undefined });
    const there = { studies: new Set(["a"]), folders: new Set(["texts"]) };
    const nothing = { studies: new Set<string>(), folders: new Set<string>() };
    expect([search, run(request)].map((one) => isWrittenGone(one, there))).toEqual([false, false]);
    expect([search, run(request)].map((one) => isWrittenGone(one, nothing))).toEqual([true, true]);
    expect(isWrittenGone(search, null)).toBe(false);
  });
});
