import { describe, expect, it } from "vitest";
import { newRunAddress, parseRoute, routeAddress, type Route } from "../../src/app/lib/route.ts";

describe("routes", () => {
  const all: Route[] = [
    { view: "start" }, { view: "corpora" }, { view: "studies" },
    { view: "corpus", id: "a/b c", page: null }, { view: "corpus", id: "c1", page: 12 },
    { view: "corpus", id: "c1", page: 12, edit: true },
    { view: "pipeline", draft: null }, { view: "pipeline", draft: "d-1" },
    { view: "new_run", corpus: "c1", draft: null, study: "a&b=c", method: "apply", effort: null, models: null },
    { view: "new_run", corpus: null, draft: null, study: null, method: "apply", effort: "high", models: "r/7" },
    { view: "runs", id: null }, { view: "runs", id: "r1" },
    { view: "texts", run: "r1", page: null, words: "", correct: false },
    { view: "texts", run: "r/1", page: 4, words: "Größe & 100 %", correct: true }, { view: "texts", run: "r1", page: 0, words: "", correct: true },
    { view: "study", id: "Größe 100 %", trial: null, page: null }, { view: "study", id: "s", trial: 7, page: null },
    { view: "study", id: "s", trial: 0, page: 3 }, { view: "compare", ids: ["a", "b/c"] },
  ];
  for (const route of all) {
    it(`${routeAddress(route)} comes back as it was`, () => expect(parseRoute(routeAddress(route))).toEqual(route));
  }
  it("unknown addresses are unknown, and wrong ones do no harm", () => {
    expect(parseRoute("#/nowhere")).toEqual({ view: "unknown" });
    expect(parseRoute("#/corpora/%E0%A4%A")).toMatchObject({ view: "corpus" });
    expect(parseRoute("#/studies/s/x")).toEqual({ view: "study", id: "s", trial: null, page: null });
    expect(parseRoute("")).toEqual({ view: "start" });
  });
  it("a new run keeps only what is known", () => expect(newRunAddress({ corpus: "c1" })).toBe("#/run?corpus=c1"));
});
