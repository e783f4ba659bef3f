import { describe, expect, it, vi } from "vitest";
import type { CorpusInfo, CorpusPage, FoundText, RunInfo, Score } from "contract";
import { indexAfter, isSamePage, meanOf, orderedPages, pageChanges, wrongCharacters } from "../../src/app/lib/corpus_pages.ts";
import { loadDrafts, newDraftName, saveDrafts, withDraft, type Draft } from "../../src/app/lib/drafts.ts";
import { languageName, languageNames, secondsOf, studyName, studyOfRun, subjectOfRun } from "../../src/app/lib/format.ts";
import { Latest, Paced } from "../../src/app/lib/latest.ts";
import { parseMarkdown } from "../../src/app/lib/markdown.ts";
import { nearestAllowed, positionOf, settingProblem, travelOf, valueAt, valueProblem } from "../../src/app/lib/parameter_values.ts";
import { formHelp } from "../../src/app/lib/form_help.ts";
import { emptyRunForm, methods, freeName, optionLabel, runProblems, runRequest, sidesOf, type RunForm } from "../../src/app/lib/run_form.ts";
import { runHistory } from "../../src/app/lib/run_history.ts";
import { problemsByField } from "../../src/app/lib/server_problems.ts";
import { beside, neighbours, pagesShown, textFileName } from "../../src/app/lib/text_list.ts";
import { clampLook, partOf, pixelsOf, visiblePart, wholePage, zoomAt } from "../../src/app/lib/view_of_page.ts";
import { rowWindow, scrollTo } from "../../src/app/lib/window_of_rows.ts";
import { historyChart } from "../../src/charts/history.ts";
import { languageOf, translated } from "../../src/shared/program_texts.ts";
import { compared, differences, piecesOf } from "../../src/shared/ocr_result.ts";
import { random } from "../make_study.ts";
import { methods as offeredMethods, stages, standard } from "./mock_server/registry.ts";

const parameter = (stage: string, at: number) => stages.find((one) => one.name === stage)!.parameters[at]!;

describe("a study's name", () => {
  it("is its id without the token of a server", () => {
    expect(["letters", "letters@0badcafe", "a@b", "a@b@0badcafe", "@0badcafe"].map(studyName)).toEqual(["letters", "letters", "a@b", "a@b", "@0badcafe"]);
    const request = { output: "models_2" } as RunInfo["request"];
    expect(subjectOfRun({ method: "train", study: "", request })).toBe("models_2");
    expect(subjectOfRun({ method: "apply", study: "letters@0badcafe.db", request })).toBe("letters");
    expect(["a.db", "a.b.db", "letters@0badcafe.db", ""].map(studyOfRun)).toEqual(["a", "a.b", "letters@0badcafe", ""]);
  });
});

describe("parameters", () => {
  const odd = parameter("binarize_adaptive", 0);
  const real = parameter("denoise_nlm", 0);
  const log = parameter("denoise_nlm", 1);
  it("say what is wrong with a value", () => {
    expect(valueProblem(odd, 4)).toBe("not_odd");
    expect(valueProblem(odd, 4.5)).toBe("not_whole");
    expect(valueProblem(real, 101)).toBe("above_max");
    expect(valueProblem(real, Number.NaN)).toBe("not_a_number");
    expect(valueProblem(real, 0)).toBeNull();
  });
  it("say what is wrong with a range", () => {
    const free = (low: number, high: number, isLog = false, value = 5) =>
      settingProblem(real, { name: "h", parameter: "h", value, free: { low, high, log: isLog, step: 0 } });
    expect(free(9, 2)).toBe("low_above_high");
    expect(free(0, 9, true)).toBe("log_needs_positive");
    expect(free(6, 9)).toBe("below_min");
    expect(free(2, 9)).toBeNull();
  });
  it("sliders give allowed values only, and come back to where they stood", () => {
    for (const one of [odd, real, log, parameter("remove_lines", 0)]) {
      const travel = travelOf(one, one.initial);
      for (let at = 0; at <= 1; at += 0.01) expect(valueProblem(one, valueAt(one, travel, at))).toBeNull();
      expect(valueAt(one, travel, positionOf(travel, one.initial))).toBeCloseTo(one.initial, 6);
    }
  });
  it("odd ones stay odd at the ends", () => {
    expect(nearestAllowed(odd, 5000)).toBe(2001);
    expect(nearestAllowed({ ...odd, min: 4 }, 0)).toBe(5);
  });
});

describe("a page that is looked at", () => {
  const frame = { width: 600, height: 400 };
  const page = { width: 1000, height: 2000 };
  it("is seen whole at first", () => expect(visiblePart(wholePage, frame, page)).toEqual({ x: 0, y: 0, width: 1, height: 1 }));
  it("what is under the mouse stays there", () => {
    const look = zoomAt({ zoom: 4, x: 0.5, y: 0.5 }, 2, { x: 450, y: 300 }, frame, page);
    const at = (one: typeof look) => one.x + (450 - 300) / (200 * one.zoom);
    expect(at(look)).toBeCloseTo(at({ zoom: 4, x: 0.5, y: 0.5 }), 9);
  });
  it("never leaves the frame, and asks for pixels that there are", () => {
    const next = random(3);
    for (let step = 0; step < 500; step += 1) {
      const look = clampLook({ zoom: 40 * next(), x: 3 * next() - 1, y: 3 * next() - 1 }, frame, page);
      const part = visiblePart(look, frame, page);
      expect(part.x).toBeGreaterThanOrEqual(0);
      expect(part.x + part.width).toBeLessThanOrEqual(1 + 1e-9);
      expect(part.width).toBeGreaterThan(0);
      const pixels = pixelsOf(part, page);
      if (!pixels) continue;
      expect(pixels.x + pixels.width).toBeLessThanOrEqual(page.width);
      expect(pixels.y + pixels.height).toBeLessThanOrEqual(page.height);
      const covered = partOf(pixels, page);
      expect(covered.x).toBeLessThanOrEqual(part.x + 1e-9);
      expect(covered.x + covered.width).toBeGreaterThanOrEqual(part.x + part.width - 1e-9);
    }
  });
});

describe("a long table", () => {
  it("draws what is seen, and no more", () => {
    const seen = rowWindow(10_000, 34, 170_000, 420);
    expect(seen.first).toBe(4992);
    expect(seen.last - seen.first).toBeLessThan(40);
    expect(seen.above + (seen.last - seen.first) * 34 + seen.below).toBe(340_000);
  });
  it("scrolls as little as it must", () => {
    expect(scrollTo(5, 34, 0, 420)).toBe(0);
    expect(scrollTo(100, 34, 0, 420)).toBe(101 * 34 - 420);
  });
});

describe("requests of which only the newest counts", () => {
  it("drop the older one's answer and its error", async () => {
    const latest = new Latest();
    let fail = (_: Error) => {};
    const first = latest.run(() => new Promise((_, reject) => (fail = reject)));
    const second = latest.run(() => Promise.resolve(2));
    fail(new Error("overtaken"));
    expect(await first).toBeUndefined();
    expect(await second).toBe(2);
  });
});

describe("requests while something goes on", () => {
  it("are made at once, then once in a while, and at its end", () => {
    vi.useFakeTimers();
    const paced = new Paced(1000);
    const made: string[] = [];
    const at = (what: string) => () => void made.push(`${what} ${Date.now() - begin}`);
    const begin = Date.now();
    paced.call(at("a"));
    vi.advanceTimersByTime(300);
    paced.call(at("b"));
    paced.call(at("c"));
    vi.advanceTimersByTime(5000);
    paced.call(at("d"));
    paced.call(at("e"));
    paced.cancel();
    vi.advanceTimersByTime(5000);
    expect(made).toEqual(["a 0", "c 1000", "d 5300"]);
    vi.useRealTimers();
  });
});

describe("drafts", () => {
  const draft = (id: string, name: string, changedMs = 1): Draft => ({ id, form: { ...standard, name }, changedMs });
  it("come back from the browser, the last changed first", () => {
    const kept = new Map<string, string>();
    const keeper = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
    expect(saveDrafts(keeper, withDraft([draft("a", "one")], draft("b", "two", 2)))).toBe(true);
    expect(loadDrafts(keeper).map((one) => one.id)).toEqual(["b", "a"]);
  });
  it("survive what isn't theirs, and a full browser", () => {
    expect(loadDrafts({ getItem: () => '[{"id":1},null]', setItem: () => {} })).toEqual([]);
    expect(loadDrafts({ getItem: () => "{", setItem: () => {} })).toEqual([]);
    const full = { getItem: () => null, setItem: () => { throw new Error("quota"); } };
    expect(saveDrafts(full, [draft("a", "one")])).toBe(false);
  });
  it("have names of their own", () => expect(newDraftName([draft("a", "x"), draft("b", "x 2")], "x")).toBe("x 3"));
});

describe("the stages' pages", () => {
  it("become blocks, and nothing of them becomes HTML", () => {
    const blocks = parseMarkdown(stages[0]!.doc.en);
    expect(blocks.map((block) => block.kind)).toEqual(["heading", "paragraph", "heading", "paragraph", "code", "list", "table", "paragraph"]);
    expect(blocks.at(-1)).toEqual({ kind: "paragraph", inlines: [{ kind: "text", text: "<script>alert(1)</script>" }] });
  });
  it("show no marks around tables", () => {
    const blocks = parseMarkdown("A text\n<!-- table: x -->\n\n| a |\n|---|\n| b |\n\n<!-- end of table -->\n");
    expect(blocks.map((block) => block.kind)).toEqual(["paragraph", "table"]);
  });
  it("link to the web only", () => {
    const [block] = parseMarkdown("[a](javascript:alert(1)) [b](https://example.org/) [c](../metrics.md)");
    const links = block?.kind === "paragraph" ? block.inlines.filter((one) => one.kind === "link") : [];
    expect(links).toEqual([{ kind: "link", text: "b", address: "https://example.org/" }]);
  });
});

describe("a new run", () => {
  const form = { ...emptyRunForm(), corpus: "c1", study: "a" };
  const optionsOf = (method: string) => offeredMethods.find((one) => one.name === method)?.options ?? [];
  const asked = (changed: Partial<RunForm>) => runRequest({ ...form, ...changed }, optionsOf(changed.method ?? form.method), null).options;
  it("leaves out what wasn't said", () => {
    expect(runRequest(form, optionsOf("tune"), null)).toEqual({ method: "tune", study: "a.db", corpus: "c1", pipeline: null, options: {} });
  });
  it("passes on only what its method has", () => {
    const typed = {
      texts: { trials: "32", exponent: "5", budget: "1,5 min", hold_out: "4", enough: "87.5" },
      lists: { objective: ["cer", "time"], constraint: [" words>=1 ", ""], format: ["alto"] }, flags: { single: true, vote: true },
    };
    expect(asked({ ...typed, method: "tune" })).toEqual({ trials: 32, budget: 90, hold_out: 4, objective: ["cer"], constraint: ["words>=1"], single: true });
    expect(asked({ ...typed, method: "optimize" })).toEqual({ trials: 32, budget: 90, objective: ["cer", "time"] });
    expect(asked({ ...typed, method: "screen" })).toEqual({ exponent: 5, objective: ["cer", "time"] });
    expect(asked({ ...typed, method: "train" })).toEqual({});
    expect(asked({ ...typed, method: "apply", source: "pipeline" })).toEqual({ format: ["alto"], vote: true, enough: 87.5 });
    for (const method of methods.filter((one) => one !== "train")) {
      expect(asked({ method, texts: { device: "auto", ocr_device: "cuda:0" } })).toEqual({ device: "auto", ocr_device: "cuda:0" });
    }
  });
  it("applies what a study found, or a pipeline", () => {
    const apply = { ...form, method: "apply" as const, bestOnly: true };
    expect(runRequest(apply, [], standard)).toMatchObject({ study: "a.db", pipeline: null, best_only: true, output: "texts" });
    expect(runRequest({ ...apply, source: "pipeline" }, [], standard)).toMatchObject({ study: "", pipeline: standard, best_only: false });
    expect(runRequest({ ...apply, source: "effort" }, [], standard)).toMatchObject({ study: "", pipeline: null, best_only: false });
  });
  it("trains with pages alone, into a folder", () => {
    const train = { ...form, method: "train" as const, study: "", models: "r1", outputs: { apply: "texts", train: " old_prints " }, flags: { add_characters: true } };
    expect(runProblems(train, optionsOf("train"))).toEqual({});
    expect(runRequest(train, optionsOf("train"), standard)).toEqual({
      method: "train", study: "", corpus: "c1", pipeline: null, output: "old_prints", options: { add_characters: true },
    });
  });
  it("trains with options that have labels of the program", () => {
    expect(optionsOf("train").map((one) => optionLabel(one, "en")).filter((label) => languageOf(label, "fr") !== "fr")).toEqual([]);
  });
  it("recognizes with trained models", () => {
    expect(runRequest({ ...form, models: "r1" }, optionsOf("tune"), null)).toMatchObject({ models: "r1", options: {} });
  });
  it("has a recipe, an effort or what they take the place of", () => {
    const typed = { method: "apply" as const, texts: { effort: "high", enough: "80" }, flags: { vote: true } };
    expect(asked(typed)).toEqual({});
    expect(asked({ ...typed, bestOnly: true })).toEqual({ enough: 80, vote: true });
    expect(asked({ ...typed, source: "effort" })).toEqual({ effort: "high" });
    expect(asked({ method: "apply", source: "effort", texts: {} })).toEqual({ effort: "normal" });
    expect(runProblems({ ...form, method: "apply", source: "effort", study: "" }, optionsOf("apply"))).toEqual({});
  });
  it("asks everybody for little, and has all of the rest below", () => {
    const names = (method: (typeof methods)[number]) => {
      const { plain, advanced } = sidesOf(method, optionsOf(method));
      expect([...plain, ...advanced.flatMap((part) => part.options)].map((one) => one.name).sort()).toEqual(optionsOf(method).map((one) => one.name).sort());
      return [plain.map((one) => one.name), advanced[0]?.options.map((one) => one.name)];
    };
    expect(names("apply")).toEqual([["effort", "format"], ["vote"]]);
    expect(names("tune")).toEqual([["budget"], ["trials", "objective"]]);
    expect(names("screen")).toEqual([[], ["exponent", "objective"]]);
    expect(names("train")).toEqual([[], ["add_characters"]]);
    expect(sidesOf("apply", [])).toEqual({ plain: [], advanced: [] });
  });
  it("doesn't say how values are joined in a command", () => {
    const help = "Output formats (page is PAGE XML, pdf is searchable); several joined by commas";
    expect(formHelp(help)).toBe("Output formats (page is PAGE XML, pdf is searchable)");
    for (const one of [help, "Engines whose models are trained; several joined by commas"]) {
      expect(formHelp(translated(one, "fr"))).not.toMatch(/virgule|;$/);
      expect(formHelp(translated(one, "fr"))).not.toBe(formHelp(one));
    }
  });
  it("says what is wrong", () => {
    const wrong = { ...form, texts: { trials: "0", budget: "soon", hold_out: "2.5", jobs: "x" }, study: "a/b" };
    expect(runProblems(wrong, optionsOf("tune"))).toEqual({ trials: "badNumber", budget: "badTime", hold_out: "badNumber", jobs: "badNumber", study: "badName" });
    expect(runProblems(form, optionsOf("tune"))).toEqual({});
  });
  it("reads times", () => {
    expect(["90s", "10m", "2h", "1,5 min", "45"].map(secondsOf)).toEqual([90, 600, 7200, 90, 45]);
    expect(["", "x", "0", "-3m"].map(secondsOf)).toEqual([null, null, null, null]);
  });
  it("has a name of its own", () => expect(freeName("a", ["a", "a_2"])).toBe("a_3"));
});

describe("what the server says of a pipeline", () => {
  it("stands by the field that it names, else above", () => {
    expect([...problemsByField(standard, "h_size = 0: allowed: 1 to 2000").keys()]).toEqual(["h_size"]);
    expect([...problemsByField(standard, "`h`: low is above high").keys()]).toEqual(["h"]);
    expect([...problemsByField(standard, "too many stages").keys()]).toEqual([""]);
    expect(problemsByField(standard, "").size).toBe(0);
  });
});

describe("a corpus", () => {
  const page = (index: number, baseline: CorpusPage["baseline"], expected: number | null): CorpusPage => ({ index, name: `${9 - index}`, width: 1, height: 1, dpi: 0, lang: "eng", truth: baseline?.cer !== undefined, version: "v", baseline, expected_cer: expected, reasons: [] });
  const mixed = [page(0, { confidence: 40 }, 0.05), page(1, { confidence: 90, cer: 0.1 }, 0.02), page(2, null, null), page(3, { confidence: 99 }, 0)];
  it("shows those with the most wrong characters first, unread ones last", () => expect(orderedPages(mixed, "worst", false).map((one) => one.index)).toEqual([1, 0, 3, 2]));
  it("has the measured errors where there is truth, else the expected ones", () => expect(mixed.map(wrongCharacters)).toEqual([0.05, 0.1, null, 0]));
  it("find a page again by its name, whatever comes, goes, is split or left out", () => {
    const corpus = (names: string[], excluded = 0) => ({
      pages: names.map((name, index) => ({ name, index })), excluded: Array.from({ length: excluded }, () => ({})),
    }) as unknown as CorpusInfo;
    const before = corpus(["a.png", "b.png", "c.png"]);
    expect(indexAfter(before, 1, corpus(["0.png", "a.png", "b.png"]))).toBe(2);
    expect(indexAfter(before, 1, corpus(["a.png", "c.png"]))).toBeNull();
    expect(indexAfter(before, 1, corpus(["0.png", "a.png", "b.png#1", "b.png#2", "c.png"]))).toBe(2);
    expect(indexAfter(corpus(["a.pdf#1", "a.pdf#2", "b.png"]), 1, corpus(["a.pdf#1", "b.png"], 1))).toBe(1);
    expect(indexAfter(null, 4, before)).toBe(4);
    expect([["a.png", "a.png"], ["a.png", "a.png#1"], ["a.png#2", "a.png"]].every(([a, b]) => isSamePage(a!, b!))).toBe(true);
    expect([["a.png", "b.png"], ["a.pdf#1", "a.pdf#2"], ["a.png", ""]].some(([a, b]) => isSamePage(a!, b!))).toBe(false);
    const [old, now] = [before.pages!, corpus(["0.png", "b.png", "1.png"]).pages!];
    expect(pageChanges(old, now)).toEqual({ came: 2, went: 2 });
  });
  it("leaves out pages without truth where asked", () => expect(orderedPages(mixed, "name", true).map((one) => one.index)).toEqual([1]));
  it("has means of what there is", () => {
    expect(meanOf([0.25, null, 0.75, undefined])).toBe(0.5);
    expect(meanOf([null, undefined])).toBeNull();
  });
});

describe("OCR results", () => {
  it("differences put together give both texts", () => {
    const next = random(9);
    const words = () => Array.from({ length: Math.floor(next() * 30) }, () => "abc"[Math.floor(next() * 3)]!).join(" ");
    for (let step = 0; step < 200; step += 1) {
      const [truth, ocrResult] = [words(), words()];
      const parts = differences(truth, ocrResult);
      const text = (leaveOut: string) => parts.filter((part) => part.kind !== leaveOut).map((part) => part.text).join(" ");
      expect(text("added")).toBe(truth);
      expect(text("missing")).toBe(ocrResult);
    }
  });
  it("compared, both texts stay as they are, and what is not marked is the same", () => {
    const next = random(10);
    const text = () => Array.from({ length: Math.floor(next() * 30) }, () => "abc"[Math.floor(next() * 3)]! + " \n"[Math.floor(next() * 2)]!).join("");
    for (let step = 0; step < 200; step += 1) {
      const [a, b] = [text(), text()];
      const { first, second, differing } = compared(a, b);
      const joined = (pieces: typeof first) => pieces.map((piece) => piece.text).join("");
      const words = (pieces: typeof first, differs: boolean) => pieces.filter((piece) => piece.text.trim() !== "" && piece.differs === differs).map((piece) => piece.text);
      expect([joined(first), joined(second)]).toEqual([a, b]);
      expect(words(first, false)).toEqual(words(second, false));
      expect(words(first, true).length + words(second, true).length).toBe(differing);
    }
  });
  it("words are those of the result, in order", () => {
    const pieces = piecesOf("a b\na", [["a", 1, 0, 0, 0, 0], ["b", 2, 0, 0, 0, 0], ["a", 3, 0, 0, 0, 0]]);
    expect(pieces.filter((one) => one.at !== null).map((one) => one.at)).toEqual([0, 1, 2]);
    expect(pieces.map((one) => one.text).join("")).toBe("a b\na");
  });
  it("words of a script without spaces are too", () => {
    const pieces = piecesOf("中文书 ab", [["left out", 9, 0, 0, 0, 0], ["中", 1, 0, 0, 0, 0], ["文书", 2, 0, 0, 0, 0], ["ab", 3, 0, 0, 0, 0]]);
    expect(pieces).toEqual([{ text: "中", at: 1 }, { text: "文书", at: 2 }, { text: " ", at: null }, { text: "ab", at: 3 }]);
    expect(piecesOf("中文", [["中", 1, 0, 0, 0, 0], ["文书", 2, 0, 0, 0, 0]])).toEqual([{ text: "中文", at: null }]);
  });
  it("differences of a script without spaces are those of its characters", () => {
    expect(differences("中文书 a", "中立书 a")).toEqual([
      { kind: "same", text: "中" }, { kind: "missing", text: "文" }, { kind: "added", text: "立" }, { kind: "same", text: "书 a" }]);
    expect(differences("他说，好！", "他说，好！")).toEqual([{ kind: "same", text: "他说，好！" }]);
    const { first, differing } = compared("中文 a", "中立 a");
    expect(first.filter((piece) => piece.differs).map((piece) => piece.text)).toEqual(["文"]);
    expect(differing).toBe(2);
  });
});

describe("a list of texts", () => {
  const found = (page: number): FoundText => ({ page, name: "", version: "", expected_cer: 0, confidence: 0, words: 0, pipeline: "", reasons: [], truth: false, found: [] });
  const list = (from: number, count: number, total: number) => ({ from, total, edited: 0, pages: Array.from({ length: count }, (_, at) => found(from + at)) });
  it("is shown in parts that meet", () => {
    expect(neighbours(list(0, 18, 18))).toEqual({ before: null, behind: null });
    expect(neighbours(list(0, pagesShown, 250))).toEqual({ before: null, behind: pagesShown });
    expect(neighbours(list(200, 50, 250))).toEqual({ before: 200 - pagesShown, behind: null });
    expect(neighbours(list(30, 100, 250))).toEqual({ before: 0, behind: 130 });
    expect(neighbours(list(300, 0, 250))).toEqual({ before: 200, behind: null });
  });
  it("knows the pages beside one", () => {
    const pages = [7, 3, 9].map(found);
    expect([7, 3, 9, 1].map((page) => beside(pages, page))).toEqual([
      { before: null, behind: 3 }, { before: 7, behind: 9 }, { before: 3, behind: null }, { before: null, behind: null },
    ]);
  });
  it("names files as apply does", () => {
    expect(["a.png", "b/c.tif", "c.tif#2", "d.e.pdf#10", "none"].map(textFileName)).toEqual(["a.txt", "c.txt", "c.2.txt", "d.e.10.txt", "none.txt"]);
  });
});

describe("the history of a run", () => {
  const info = { baseline: 40, best_number: 2 } as RunInfo;
  const score = { name: "confidence", unit: "points", scale: 1, minimized: false } as Score;
  const trial = (number: number, value: number | null, pruned = false) => ({ number, value, scores: {}, delta: null, settings: [], finished_ms: 0, pruned });
  it("has pruned trials too, at their numbers, and ends at the last trial", () => {
    const history = runHistory(info, [trial(0, 40), trial(3, null, true), trial(2, 60), trial(9, null, true)], score);
    expect(history.numbers).toEqual([0, 2]);
    expect(history.pruned).toEqual([[3, null], [9, null]]);
    const view = historyChart(history, { language: "en", dark: false, width: 600 });
    const option = view.option as { xAxis: { max: number }; yAxis: { min: number }; series: { id: string; data: unknown[] }[] };
    expect(option.xAxis.max).toBe(9);
    expect(option.series.find((one) => one.id === "pruned")?.data).toEqual([[3, option.yAxis.min, null], [9, option.yAxis.min, null]]);
  });
});

describe("languages", () => {
  it("have names, where there are some", () => {
    expect(languageName("eng", "en")).toBe("English");
    expect(languageName("fra", "fr")).toBe("français");
    expect(languageName("chi_sim", "en")).toMatch(/Chinese/);
    expect(languageName("deu_latf", "en")).toBe("German (deu_latf)");
    expect(languageName("frk", "en")).toBe("German (frk)");
    expect(languageName("no such", "en")).toBe("no such");
    expect(languageName("qqq", "en")).toBe("qqq");
    expect(languageNames("eng+fra", "en")).toBe("English, French");
  });
});
