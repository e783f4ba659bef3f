/** What people do, by mouse and by keyboard, against made-up data. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Browser, Page, Route } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { axeFindings, built, launch, openPage, screenshot } from "../browser.ts";
import { makeVerdict } from "../make_study.ts";
import { standard } from "./mock_server/registry.ts";
import { corpusOf } from "./mock_server/pages.ts";
import { MockServer } from "./mock_server/server.ts";
import { chooseFolder, fromPreset, makeCorpus, setParameter, waitForState } from "./steps.ts";

const patience = 50_000;
const soon = { timeout: patience, interval: 100 };
vi.setConfig({ testTimeout: 4 * patience });
let browser: Browser;
let server: MockServer;
let page: Page;
let errors: string[];

async function begin(options: { empty?: boolean; draft?: boolean; trials?: number } = {}): Promise<void> {
  server = new MockServer({ page: resolve(built, "app"), ...options });
  await server.start();
  ({ page, errors } = await openPage(browser, { viewport: { width: 1280, height: 900 } }));
  page.setDefaultTimeout(patience);
  const drafts = JSON.stringify(options.draft ? [{ id: "d1", form: standard, changedMs: 1 }] : []);
  await page.addInitScript((kept) => {
    if (localStorage.getItem("ocrtune.drafts") === null) localStorage.setItem("ocrtune.drafts", kept);
  }, drafts);
}

beforeAll(async () => {
  browser = await launch();
});
beforeEach(() => {
  errors = [];
});
afterEach(async () => {
  await page.context().close();
  await server.stop();
});
afterAll(async () => {
  await browser.close();
});

/** The choice of this name in the form of a run. */
const field = (name: string) => page.locator("label.field", { has: page.locator(`.name:text-is("${name}")`) }).locator("select");
const stageNames = () => page.locator(".stages > li .title").allTextContents();

describe("from nothing to texts", () => {
  it("by mouse", async () => {
    await begin({ empty: true });
    await page.goto(server.address + "#/corpora");
    await chooseFolder(page, ["reader", "ledgers"]);
    await makeCorpus(page, patience);
    expect(await page.locator(".tile").count()).toBe(12);

    await page.getByRole("link", { name: "Pipelines" }).click();
    await fromPreset(page, "standard");
    await page.waitForSelector(".strip img");
    const before = server.requests.filter((one) => one === "POST /api/preview").length;
    await setParameter(page, "denoise_nlm", "h", "14");
    await expect.poll(() => server.requests.filter((one) => one === "POST /api/preview").length, soon).toBeGreaterThan(before);
    await page.waitForSelector(".figures dd");

    await page.getByRole("link", { name: "Start a run with this pipeline" }).click();
    await page.getByLabel("Trials", { exact: false }).first().fill("400");
    await page.getByLabel("Device for the stages").selectOption("auto");
    await page.getByLabel("Device for ocrtune's LSTM engine").selectOption({ label: "cuda:0: NVIDIA H200, CUDA 12.8" });
    const asked = page.waitForRequest((one) => one.method() === "POST" && one.url().endsWith("/api/runs"));
    await page.getByRole("button", { name: "Start" }).click();
    expect((await asked).postDataJSON()).toMatchObject({ options: { device: "auto", ocr_device: "cuda:0" } });
    await waitForState(page, "running", patience);
    await page.waitForSelector("canvas");
    await page.getByRole("button", { name: "Cancel" }).click();
    await waitForState(page, "cancelled", patience);
    await page.getByRole("button", { name: "Resume" }).click();
    await waitForState(page, "running", patience);
    expect(await page.locator("pre").first().textContent()).toContain("--trials 400");
    expect(errors).toEqual([]);
  });
});

describe("the languages of new pages", () => {
  it("that are chosen are seen among many", async () => {
    await begin({ empty: true });
    const many = ["afr", "ara", "bul", "cat", "ces", "chi_sim", "dan", "deu", "ell", "eng", "est", "fin", "fra", "hun", "osd"];
    await page.route("**/api/server", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), languages: many } });
    });
    await page.goto(server.address + "#/corpora");
    await page.getByText("Selected: English", { exact: true }).waitFor();
    const box = (name: RegExp) => page.getByRole("checkbox", { name });
    expect(await box(/^English eng/).isVisible()).toBe(true);
    expect(await box(/^French fra/).isVisible()).toBe(false);
    await page.getByText("Other languages (6)").click();
    await box(/^French fra/).check();
    await page.getByText("Selected: English, French", { exact: true }).waitFor();
    await box(/^Find the language of each page/).check();
    await page.getByText("Selected: that of each page", { exact: true }).waitFor();
    await page.getByText("A language is missing?").click();
    await page.getByLabel("Language that is not installed").selectOption({ label: "Italian (ita)" });
    await page.getByText("install it: apt install tesseract-ocr-ita").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
});

describe("the form of a run", () => {
  it("asks for one of two things, says what it costs, and has the rest below", async () => {
    await begin({});
    const done = server.runs.start({ method: "apply", study: "", corpus: "c1", pipeline: null, output: "texts", options: { effort: "normal" } }, "done");
    Object.assign(server.runs.all.get(done)!.info, { done: 18, busy_s: 180 });
    await page.goto(server.address + "#/run");
    await page.getByText("Expected: about 3 minutes for 18 pages").waitFor();
    expect(await page.locator("input[name=method]:visible").count()).toBe(2);
    await field("Effort per page").selectOption({ label: "quick" });
    await page.getByText("Each page is recognized once or a few times.").waitFor();
    await page.getByRole("radio", { name: /^Find better settings/ }).check();
    expect(await page.getByLabel("Trials").first().isVisible()).toBe(false);
    await page.getByLabel("Time limit (minutes)").fill("30");
    await page.getByText("Expected: about 30 minutes, the time limit").waitFor();
    await screenshot(page, "two_ways");
    const asked = page.waitForRequest((one) => one.method() === "POST" && one.url().endsWith("/api/runs"));
    await page.getByRole("button", { name: "Start" }).click();
    expect((await asked).postDataJSON()).toMatchObject({ method: "tune", options: { budget: 1800 } });
    expect(errors).toEqual([]);
  });
  it("opens what is wrong", async () => {
    await begin({});
    await page.goto(server.address + "#/run?method=tune");
    await page.getByText("Advanced", { exact: true }).click();
    await page.getByLabel("Name of the study").fill("a/b");
    await page.getByText("Advanced", { exact: true }).click();
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByText("Use letters, digits, - and _ only.").waitFor();
  });
  it("says which pipeline is searched where none is chosen", async () => {
    await begin({});
    await page.goto(server.address + "#/run?method=tune");
    await page.getByText("Advanced", { exact: true }).click();
    for (const [method, preset] of [["tune", "auto"], ["optimize", "standard"], ["screen", "standard"]]) {
      await page.locator(`input[name="method"][value="${method}"]`).check();
      const usual = page.locator("select").filter({ has: page.locator('option[value=""]') }).first().locator('option[value=""]');
      await expect.poll(() => usual.textContent(), soon).toMatch(new RegExp(`^${preset}:`));
    }
    expect(errors).toEqual([]);
  });
  it("says how many points an exponent means", async () => {
    await begin({});
    await page.goto(server.address + "#/run?method=screen");
    const exponent = page.locator("label.field", { hasText: "exponent" }).locator("input");
    await page.getByText("= 64 points").waitFor();
    await exponent.fill("9");
    await page.getByText("= 512 points").waitFor();
    await exponent.fill("21");
    await page.getByText("= 512 points").waitFor({ state: "detached" });
    expect(await page.getByText(/^= .* points$/).count()).toBe(0);
  });
  it("applies a preset, into a folder that no other run has", async () => {
    await begin({});
    server.runs.start({ method: "apply", study: "ledgers.db", corpus: "c1", pipeline: null, output: "texts", options: {} }, "done");
    await page.goto(server.address + "#/run?method=apply");
    await field("Recognize with").selectOption("pipeline");
    await field("Pipeline").selectOption({ label: "standard" });
    const asked = page.waitForRequest((one) => one.method() === "POST" && one.url().endsWith("/api/runs"));
    await page.getByRole("button", { name: "Start" }).click();
    expect((await asked).postDataJSON()).toMatchObject({ method: "apply", study: "", pipeline: { name: "standard" }, output: "texts_2" });
    expect(errors).toEqual([]);
  });
});

describe("points to start from", () => {
  it("are those of a study, of an uploaded file and of one on the machine", async () => {
    await begin({});
    await page.goto(server.address + "#/run?method=tune");
    await page.getByText("Advanced", { exact: true }).click();
    await page.getByText("Points to start from", { exact: true }).first().click();
    await page.getByLabel("Best points of a study").selectOption({ label: "ledgers" });
    const header = "point_id,score_tesseract,line_h\n1,80.5,50\n";
    await page.locator("details input[type=file]").setInputFiles(["old.csv", "old_config.csv"].map((name) => ({ name, mimeType: "text/csv", buffer: Buffer.from(header) })));
    const list = page.getByRole("list", { name: "Points to start from" });
    await list.getByText("uploads/old.csv").waitFor();
    await page.getByRole("button", { name: "Look for files" }).click();
    await page.getByRole("button", { name: "/home/reader", exact: true }).or(page.getByRole("button", { name: "reader", exact: true })).click();
    await page.getByRole("button", { name: "ledgers", exact: true }).click();
    await page.getByRole("checkbox", { name: /^screening\.csv/ }).check();
    expect(await page.getByRole("checkbox", { name: /^1\.png/ }).count()).toBe(0);
    await screenshot(page, "points_to_start_from");
    expect(await axeFindings(page)).toEqual([]);
    const paths = ["/home/reader/studies/ledgers.db", "/home/reader/studies/uploads/old.csv", "/home/reader/ledgers/screening.csv"];
    expect(await list.locator("li > span").allTextContents()).toEqual(paths);
    await list.getByRole("button").first().click();
    const asked = page.waitForRequest((one) => one.method() === "POST" && one.url().endsWith("/api/runs"));
    await page.getByRole("button", { name: "Start" }).click();
    expect((await asked).postDataJSON()).toMatchObject({ method: "tune", start_from: paths.slice(1) });
    expect(errors).toEqual([]);
  });
});

describe("the files of a study", () => {
  it("are those that the command exports", async () => {
    await begin({});
    await page.goto(`${server.address}#/studies/ledgers`);
    await page.getByRole("tab", { name: "Pipeline and files" }).click();
    for (const [name, file] of [["Configuration as CSV", "configuration.csv"], ["Files of OCR quality audit (ZIP)", "audit.zip"]]) {
      const saved = page.waitForEvent("download");
      await page.getByRole("link", { name: name! }).click();
      expect((await saved).suggestedFilename()).toBe(file);
    }
    expect(errors).toEqual([]);
  });
});

describe("a run", () => {
  const request = { method: "tune" as const, study: "ledgers.db", corpus: "c1", pipeline: null, options: {} };
  /** The card of a run in this state, which tells of a study with results. */
  async function card(state: "failed" | "done", message: string) {
    await begin({});
    const id = server.runs.start(request, state);
    const run = server.runs.all.get(id)!;
    run.info = { ...run.info, done: 120, total: 120, best: 1000, best_number: 7, message, exit_status: state === "failed" ? 5 : 0 };
    await page.goto(`${server.address}#/runs/${id}`);
    await page.waitForSelector(`article[data-state="${state}"]`);
    return page.locator("article");
  }
  it("that failed says why, and nothing of the study that it was refused", async () => {
    const article = await card("failed", "forms.db: the study cannot be resumed");
    expect(await article.textContent()).toContain("cannot be resumed");
    for (const gone of ["progress", "dt:has-text('Gain')", "a:has-text('Open the study')", "button:has-text('Resume')"]) {
      expect(await article.locator(gone).count(), gone).toBe(0);
    }
    await article.getByRole("button", { name: "Try again" }).waitFor();
  });
  it("has a line for each trial, with its scores and parameters, and the best one's", async () => {
    await begin({});
    const id = server.runs.start({ ...request, method: "optimize" });
    await page.goto(`${server.address}#/runs/${id}`);
    const table = page.getByRole("table", { name: "Trial by trial" });
    await table.getByRole("columnheader", { name: "denoise_h" }).waitFor();
    await expect.poll(() => server.runs.all.get(id)!.trials.length, soon).toBeGreaterThan(12);
    server.runs.steer(id, "pause");
    const { info, trials } = server.runs.all.get(id)!;
    await expect.poll(() => table.locator("tbody tr[aria-rowindex]").first().locator("td").first().textContent(), soon).toMatch(new RegExp(`^${trials.at(-1)!.number}\\b`));
    expect(await table.getByRole("columnheader").allTextContents()).toHaveLength(10);
    const best = trials.find((one) => one.number === info.best_number)!;
    const settings = page.getByLabel("Parameters of the best trial so far");
    await expect.poll(() => settings.locator("div").allTextContents(), soon).toEqual(best.settings.map((one) => one.replace("=", " ")));
    await table.getByRole("button", { name: "Gain in confidence" }).click();
    const least = Math.min(...trials.filter((one) => one.delta !== null).map((one) => one.delta!));
    const cells = () => table.locator("tbody tr[aria-rowindex]").first().locator("td").allTextContents();
    await expect.poll(async () => (await cells())[3], soon).toBe((least < 0 ? "-" : "+") + Math.abs(least).toFixed(2));
    await screenshot(page, "journal_of_a_run");
    expect(await axeFindings(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
  it("that has tuned leads to the texts", async () => {
    const article = await card("done", "next: `ocrtune apply CORPUS --recipe /tmp/best.toml -o texts/`");
    expect(await article.textContent()).not.toContain("best.toml");
    await article.getByRole("link", { name: "Recognize the pages with the result" }).click();
    await page.waitForSelector(".method.chosen input[value=apply]");
    await expect.poll(() => field("Study").inputValue(), soon).toBe("ledgers");
  });
});

describe("the verdict of a study", () => {
  const request = { method: "tune" as const, study: "ledgers.db", corpus: "c1", pipeline: null, options: {} };
  it("that recommends an effort is told, and the form begins with that effort", async () => {
    await begin({});
    const data = { ...server.studies.get("ledgers")!, verdict: makeVerdict(false) };
    server.studies.set("ledgers", data);
    const id = server.runs.start(request, "done");
    await page.goto(`${server.address}#/runs/${id}`);
    await page.locator("article").getByText("Nothing was won over ocrtune untuned.").waitFor();
    await page.getByRole("link", { name: "Recognize the pages with the effort normal" }).click();
    await page.waitForSelector(".method.chosen input[value=apply]");
    await expect.poll(() => field("Recognize with").inputValue(), soon).toBe("effort");
    await expect.poll(() => field("Effort per page").inputValue(), soon).toBe("normal");
    await page.goto(`${server.address}#/studies/ledgers`);
    await page.locator(".verdict").getByText("Of 100 characters, about 16 are wrong.").waitFor();
    expect(await page.locator(".verdict").textContent()).not.toContain("validation");
    await page.getByRole("img", { name: /ways of recognizing/ }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
  it("that recommends what was found leads to it", async () => {
    await begin({});
    server.studies.set("ledgers", { ...server.studies.get("ledgers")!, verdict: makeVerdict(true) });
    await page.goto(`${server.address}#/studies/ledgers`);
    await page.locator(".verdict").getByText("What was found is recommended.").waitFor();
    await page.getByRole("link", { name: "Recognize the pages with the result" }).click();
    await expect.poll(() => field("Study").inputValue(), soon).toBe("ledgers");
  });
});

describe("the texts of a run", () => {
  async function applied() {
    await begin({});
    const id = server.runs.start({ method: "apply", study: "ledgers.db", corpus: "c1", pipeline: null, output: "texts", options: {} }, "done");
    const run = server.runs.all.get(id)!;
    run.info = { ...run.info, done: 18, total: 18, exit_status: 0 };
    await page.goto(`${server.address}#/runs/${id}`);
    await page.getByRole("link", { name: "Read the texts" }).click();
    await page.waitForSelector("tbody tr");
  }
  const names = () => page.locator("tbody a").allTextContents();
  it("are listed, searched, read beside the page, and saved", async () => {
    await applied();
    expect(await page.locator("tbody tr").count()).toBe(18);
    const search = page.getByRole("searchbox");
    await search.pressSequentially("harbour off", { delay: 60 });
    await page.waitForSelector("mark:has-text('harbour')");
    expect(await search.inputValue()).toBe("harbour off");
    expect(await page.locator("tbody tr").count()).toBe(6);
    expect(new URL(page.url()).hash).toMatch(/\/texts\?words=harbour\+off$/);
    const [first, second] = await names();
    await page.getByRole("link", { name: first! }).click();
    await page.waitForSelector(".text:has-text('harbour office')");
    await page.waitForSelector(".page img");
    await page.getByRole("link", { name: "Next" }).click();
    await page.waitForSelector(`h1:has-text("${second}")`);
    const saved = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save the text" }).click();
    expect((await saved).suggestedFilename()).toBe(second!.split("/").at(-1)!.replace(/\.\w+$/, ".txt"));
    await page.getByRole("link", { name: "All texts" }).click();
    await page.waitForSelector("mark");
    await page.getByRole("searchbox").fill("nowhere");
    await page.getByText("No page has all of these words.").waitFor();
    expect(errors).toEqual([]);
  });
  it("are reached by keyboard alone", async () => {
    await applied();
    await page.getByRole("searchbox").focus();
    await page.keyboard.type("penny");
    await page.waitForSelector("mark");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".text:has-text('twelve pounds')");
    expect(errors).toEqual([]);
  });
});

describe("the correction of a text", () => {
  async function correcting() {
    await begin({});
    const id = server.runs.start({ method: "apply", study: "ledgers.db", corpus: "c1", pipeline: null, output: "texts", options: {} }, "done");
    await page.goto(`${server.address}#/runs/${id}/texts/1`);
    await page.getByRole("tab", { name: "Correct" }).click();
    await page.waitForSelector("textarea");
    return id;
  }
  const text = () => page.getByRole("textbox", { name: "Correct the text of" });
  it("takes what another OCR result has in the place of a doubtful word", async () => {
    await correcting();
    await text().focus();
    await page.keyboard.press("F8");
    await page.getByRole("button", { name: "harbours" }).click();
    expect(await text().inputValue()).toContain("the harbours office");
    await page.keyboard.press("Control+z");
    expect(await text().inputValue()).toContain("the harbour office");
    await page.keyboard.press("Control+y");
    expect(await text().inputValue()).toContain("the harbours office");
    await page.getByText("Other OCR results have here:").waitFor({ state: "detached" });
    await page.keyboard.press("F8");
    await page.getByText("the: confidence 43").waitFor();
    await page.getByRole("button", { name: "thes" }).waitFor();
  });
  it("goes from doubtful word to doubtful word by keyboard alone, and is saved and undone", async () => {
    await correcting();
    await text().focus();
    await page.keyboard.press("F8");
    await page.getByText("harbour: confidence 43").waitFor();
    await page.waitForSelector("svg rect.marked");
    await page.keyboard.type("harbor");
    await page.keyboard.press("F8");
    await page.getByText("the: confidence 43").waitFor();
    await page.keyboard.press("F8");
    await page.getByText("Doubtful words left: 0").waitFor();
    await page.getByText("No doubtful word is left.").waitFor();
    await page.keyboard.press("Control+s");
    await page.getByText("Saved as page_1.gt.txt").waitFor();
    expect(server.truths.of("c1", 1)).toBe("Invoice of the harbor office, paid in full.\nPage 2 of the ledger.\n");
    await page.getByRole("tab", { name: "Differences from the ground truth" }).waitFor();
    await text().focus();
    for (let i = 0; i < 8; i += 1) await page.keyboard.press("Control+z");
    expect(await text().inputValue()).toContain("harbour office");
    await page.keyboard.press("Control+s");
    await expect.poll(() => server.truths.of("c1", 1), soon).toContain("harbour");
    expect(errors).toEqual([]);
  });
  it("loses no keystroke at a reload, and can be given up", async () => {
    await correcting();
    await text().fill("typed so far");
    await page.reload();
    await page.getByRole("tab", { name: "Correct" }).click();
    await page.getByText("Your corrections that were not saved are here again.").waitFor();
    expect(await text().inputValue()).toBe("typed so far");
    await page.getByRole("button", { name: "Discard them" }).click();
    expect(await text().inputValue()).toContain("harbour office");
    expect(server.truths.of("c1", 1)).toBeNull();
  });
  it("goes to a word that is clicked on the page, shows its line, and is saved from anywhere", async () => {
    await correcting();
    const middle = async (at: number) => {
      const box = (await page.locator("svg rect").nth(at).boundingBox())!;
      return [box.x + box.width / 2, box.y + box.height / 2] as const;
    };
    await page.mouse.click(...(await middle(4)));
    await page.waitForSelector("rect.marked");
    const chosen = () => text().evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd));
    await expect.poll(chosen, soon).toBe("office,");
    await page.waitForSelector(".line img");
    await page.waitForSelector(".line span");
    await page.keyboard.type("offices,");
    await page.getByRole("application").focus();
    await page.keyboard.press("Control+s");
    await expect.poll(() => server.truths.of("c1", 1), soon).toContain("harbour offices, paid");
    await page.getByRole("tab", { name: "Differences from the ground truth" }).click();
    expect(await page.locator(".text del").textContent()).toContain("office,");
    expect(await page.locator(".text ins").textContent()).toContain("offices,");
    await page.getByRole("tab", { name: "Recognized text" }).click();
    await page.locator("[data-at]").first().click();
    await page.waitForSelector("[data-at].here");
    await page.waitForSelector("rect.marked");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.locator(".here").textContent(), soon).toBe("of");
    expect(errors).toEqual([]);
  });
  it("has doubtful words outlined, and its marks below the letters that are typed", async () => {
    await correcting();
    await page.waitForSelector(".page rect.hardly");
    const looks = await page.locator(".page rect").evaluateAll((all) => all.map((one) => getComputedStyle(one)).map(({ fill, stroke }) => `${fill}, ${stroke === "none" ? "no line" : "a line"}`));
    expect([...new Set(looks)]).toEqual(["none, a line"]);
    const [marks, typed] = await page.locator(".mirror, .paper textarea").evaluateAll((all) =>
      all.map((one) => getComputedStyle(one)).map((style) => [style.fontFamily, style.fontSize, style.lineHeight, style.letterSpacing, style.whiteSpace, style.padding]));
    expect(marks).toEqual(typed);
    expect(marks![0]).toContain("mono");
    expect(errors).toEqual([]);
  });
  it("is what is copied and saved once it is there", async () => {
    await correcting();
    await page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => void (document.body.dataset.copied = text);
    });
    const copied = () => page.evaluate(() => document.body.dataset.copied);
    const saved = async (name: string) => {
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name, exact: true }).click();
      return readFileSync((await (await download).path())!, "utf8");
    };
    await page.getByRole("tab", { name: "Recognized text" }).click();
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await expect.poll(copied, soon).toContain("harbour office");
    expect(await saved("Save the text")).toContain("harbour office");
    await page.getByRole("tab", { name: "Correct" }).click();
    await text().fill("As a person typed it.\n");
    await page.getByRole("button", { name: "Save the correction" }).click();
    await page.getByText("Saved as page_1.gt.txt").waitFor();
    await page.getByRole("tab", { name: "Recognized text" }).click();
    await page.getByText("This page is corrected.").waitFor();
    await page.getByRole("button", { name: "Copy the corrected text" }).click();
    await expect.poll(copied, soon).toBe("As a person typed it.\n");
    expect(await saved("Save the corrected text")).toBe("As a person typed it.\n");
    expect(await page.locator(".text").textContent()).toContain("harbour office");
    expect(await axeFindings(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
  it("is saved, and the next page is corrected, with one key", async () => {
    await correcting();
    const name = (await page.locator("h1").textContent())!;
    await text().fill("As a person typed it.\n");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(`h1:has-text("${name}")`, { state: "detached" });
    expect(server.requests.filter((one) => /^PUT .*\/truth/.test(one)).length).toBe(1);
    await expect.poll(() => page.getByRole("tab", { name: "Correct" }).getAttribute("aria-selected"), soon).toBe("true");
    await page.waitForSelector("textarea");
    // What has not been changed is no correction to save, but a page without ground truth becomes one.
    await page.getByRole("button", { name: "Save, next page" }).click();
    await expect.poll(() => server.requests.filter((one) => /^PUT .*\/truth/.test(one)).length, soon).toBe(2);
  });
  it("that is refused is not left for the next page", async () => {
    await correcting();
    const name = (await page.locator("h1").textContent())!;
    const byAnother = (route: Route) => {
      server.truths.save("c1", 1, { text: "by another window", version: "" });
      return route.continue();
    };
    await page.route("**/truth", byAnother, { times: 1 });
    await text().fill("As a person typed it.\n");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("alert").getByText("Nothing was overwritten.").waitFor();
    await page.keyboard.press("Control+Enter");
    expect(await page.locator("h1").textContent()).toBe(name);
  });
  it("that was begun is marked in the list", async () => {
    const id = await correcting();
    await text().fill("typed so far");
    await page.getByRole("link", { name: "All texts" }).click();
    const { name } = server.corpora.get("c1")!.pages![1]!;
    await page.locator("tbody tr", { hasText: name }).getByText("begun, not saved").waitFor();
    expect(await page.getByText("begun, not saved").count()).toBe(1);
    await page.goto(`${server.address}#/runs/${id}/texts/1?correct`);
    await page.getByRole("button", { name: "Discard them" }).click();
    await page.getByRole("link", { name: "All texts" }).click();
    await page.waitForSelector("tbody tr");
    expect(await page.getByText("begun, not saved").count()).toBe(0);
  });
  it("has nothing of the page before while the next one is loaded", async () => {
    await correcting();
    const name = await page.locator("h1").textContent();
    await page.route("**/texts/*", () => undefined);
    await page.getByRole("link", { name: "Next →" }).click();
    await page.waitForSelector(`h1:has-text("${name}")`, { state: "detached" });
    expect([await page.locator(".page img").count(), await page.locator("textarea").count()]).toEqual([0, 0]);
    await page.unroute("**/texts/*");
  });
  it("of two windows overwrites nothing", async () => {
    await correcting();
    await text().fill("mine");
    server.truths.save("c1", 1, { text: "theirs", version: "" });
    await page.getByRole("button", { name: "Save the correction" }).click();
    await page.getByText("Nothing was overwritten.").waitFor();
    expect(server.truths.of("c1", 1)).toBe("theirs");
    expect(await text().inputValue()).toBe("mine");
    await page.getByRole("button", { name: "Replace it with mine" }).click();
    await expect.poll(() => server.truths.of("c1", 1), soon).toBe("mine");
    server.truths.save("c1", 1, { text: "theirs again", version: server.truths.version("c1", 1) });
    await text().fill("mine again");
    await page.getByRole("button", { name: "Save the correction" }).click();
    await page.getByRole("button", { name: "Take the saved text" }).click();
    expect(await text().inputValue()).toBe("theirs again");
    expect(server.truths.of("c1", 1)).toBe("theirs again");
  });
  it("begins with the pages that tell most", async () => {
    const id = await correcting();
    await page.goto(`${server.address}#/runs/${id}/texts`);
    await page.getByRole("button", { name: "Which pages to correct first?" }).click();
    await page.getByText("Correct these pages first").waitFor();
    expect(await page.locator("ol li").count()).toBe(5);
    await page.locator("ol a").first().click();
    await text().waitFor();
    expect(new URL(page.url()).hash).toMatch(/texts\/\d+\?correct=$/);
  });
  it("shows what preprocessing has changed, and all pages can be saved", async () => {
    const id = await correcting();
    await page.getByRole("tab", { name: "Without preprocessing" }).click();
    await page.waitForSelector(".text ins");
    await page.goto(`${server.address}#/runs/${id}/texts`);
    for (const [name, file] of [["All texts (ZIP)", "texts-texts.zip"], ["One searchable PDF", "texts-pages.pdf"]] as const) {
      const saved = page.waitForEvent("download");
      await page.getByRole("link", { name }).click();
      expect((await saved).suggestedFilename()).toBe(file);
    }
  });
});

describe("a folder's list of pages", () => {
  const tiles = () => page.locator(".tile .cut").allTextContents();
  const came = { ...corpusOf("c1", "ledgers", [], "eng", 1, 0).pages![0]!, name: "00-came.png", version: "came", baseline: null, expected_cer: null, reasons: [] };
  async function listed(address = "#/corpora/c1") {
    await begin({});
    await page.goto(server.address + address);
    const before = server.corpora.get("c1")!.pages!;
    server.folderPages.set("c1", [came, ...before.slice(0, -1)]);
    return before;
  }
  it("has the pages with the most wrong characters first, and says why", async () => {
    await begin({});
    await page.goto(server.address + "#/corpora/c1");
    await page.waitForSelector(".tile");
    const badges = await page.locator(".tile .badge:has-text('wrong')").allTextContents();
    const wrong = badges.map((text) => Number(/([\d.]+)\s*%/.exec(text)![1]));
    expect(wrong.length).toBe(server.corpora.get("c1")!.pages!.length);
    expect(wrong).toEqual([...wrong].sort((a, b) => b - a));
    expect(badges.some((text) => text.includes("about "))).toBe(true);
    const faint = page.locator(".tile", { has: page.locator(".badge.warn", { hasText: "faint" }) });
    await faint.first().click();
    await page.getByText("try local contrast").waitFor();
    await page.locator(".figures dt", { hasText: "Expected wrong characters" }).waitFor();
  });
  it("has tiles of one height in a row, with all of their texts inside", async () => {
    await begin({});
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(server.address + "#/corpora/c1");
      await page.waitForSelector(".tile");
      const found = await page.evaluate(() => {
        const tiles = [...document.querySelectorAll<HTMLElement>(".tile")];
        // What is not seen yet has no size of its own.
        for (const tile of tiles) tile.style.contentVisibility = "visible";
        const outside = tiles.flatMap((tile) => [...tile.querySelectorAll("*")].filter((one) =>
          one.getBoundingClientRect().right > tile.getBoundingClientRect().right + 0.5).map((one) => one.textContent));
        const [first, second] = tiles.map((tile) => tile.getBoundingClientRect());
        return { outside, heights: [first!.height, second!.height], sameRow: first!.top === second!.top };
      });
      expect(found.outside).toEqual([]);
      expect(found.sameRow).toBe(true);
      expect(found.heights[0]).toBe(found.heights[1]);
    }
  });
  it("is refreshed by a button: what came is shown, and what went is gone", async () => {
    const before = await listed();
    await page.waitForSelector(".tile");
    await page.getByLabel("Order").selectOption("given");
    expect(await tiles()).toEqual(before.map((one) => one.name));
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByText("Pages that came: 1; pages that went: 1").waitFor();
    await expect.poll(tiles, soon).toEqual([came.name, ...before.slice(0, -1).map((one) => one.name)]);
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByText("No page has come or gone.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await screenshot(page, "corpus_refreshed");
    expect(errors).toEqual([]);
  });
  it("keeps the page that is looked at, and saves its edits with it", async () => {
    const before = await listed("#/corpora/c1/1?edit");
    await page.getByRole("button", { name: "Rotate right" }).waitFor();
    await page.waitForSelector(".page img");
    await page.evaluate(() => fetch("/api/corpora/c1/refresh", { method: "POST", headers: { "X-Requested-With": "ocrtune" } }));
    await expect.poll(() => new URL(page.url()).hash, soon).toBe("#/corpora/c1/2?edit");
    await page.waitForSelector(`h1:has-text("${before[1]!.name}")`);
    await page.getByRole("button", { name: "Rotate right" }).click();
    await page.getByText("Saved.").waitFor();
    const corpus = server.corpora.get("c1")!;
    expect([1, 2].map((at) => server.edits.of(corpus, at).edit.rotate)).toEqual([0, 90]);
    expect(errors).toEqual([]);
  });
  it("keeps a correction with its page", async () => {
    await begin({});
    const id = server.runs.start({ method: "apply", study: "ledgers.db", corpus: "c1", pipeline: null, output: "texts", options: {} }, "done");
    await page.goto(`${server.address}#/runs/${id}/texts/1`);
    await page.getByRole("tab", { name: "Correct" }).click();
    const { name } = server.corpora.get("c1")!.pages![1]!;
    const text = page.getByRole("textbox", { name: "Correct the text of" });
    await text.fill("typed so far");
    server.folderPages.set("c1", [came, ...server.corpora.get("c1")!.pages!]);
    await page.evaluate(() => fetch("/api/corpora/c1/refresh", { method: "POST", headers: { "X-Requested-With": "ocrtune" } }));
    await expect.poll(() => new URL(page.url()).hash, soon).toMatch(/texts\/2\?correct=$/);
    await page.waitForSelector(`h1:has-text("${name}")`);
    await expect.poll(() => text.inputValue(), soon).toBe("typed so far");
    await page.getByRole("button", { name: "Save the correction" }).click();
    await expect.poll(() => server.truths.of("c1", 2), soon).toBe("typed so far");
    expect(server.truths.of("c1", 1)).toBeNull();
    expect(errors).toEqual([]);
  });
  it("leaves the view of a page that went", async () => {
    const before = await listed(`#/corpora/c1/17`);
    await page.waitForSelector(`h1:has-text("${before[17]!.name}")`);
    await page.evaluate(() => fetch("/api/corpora/c1/refresh", { method: "POST", headers: { "X-Requested-With": "ocrtune" } }));
    await expect.poll(() => new URL(page.url()).hash, soon).toBe("#/corpora/c1");
    await page.waitForSelector(".tile");
    await page.getByText("Pages that came: 1; pages that went: 1").waitFor();
  });
});

describe("a page by hand", () => {
  const edited = () => server.edits.of(server.corpora.get("c1")!, 1).edit;
  async function editing() {
    await begin({});
    await page.goto(`${server.address}#/corpora/c1/1`);
    await page.getByRole("link", { name: "Edit this page by hand" }).click();
    // The view before has a picture too.
    await page.getByRole("button", { name: "Rotate right" }).waitFor();
    await page.waitForSelector(".page img");
  }
  it("is rotated, straightened, cropped and split by mouse", async () => {
    await editing();
    await page.getByRole("button", { name: "Rotate right" }).click();
    await page.getByRole("radio", { name: "Straighten" }).check();
    expect(await page.getByRole("checkbox", { name: "Make a photographed sheet a rectangle" }).isChecked()).toBe(false);
    const corner = page.getByRole("button", { name: /^Lower right: / });
    const at = (await corner.boundingBox())!;
    await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
    await page.mouse.down();
    await page.mouse.move(at.x + at.width / 2 - 40, at.y + at.height / 2 - 30);
    await page.mouse.up();
    await page.getByRole("radio", { name: "Split" }).check();
    await page.getByRole("checkbox", { name: "Divide into two pages" }).check();
    await page.getByText("Saved.").waitFor();
    const { rotate, corners, crop, split, exclude } = edited();
    expect([rotate, crop, split, exclude]).toEqual([90, null, 877, false]);
    expect(corners!.slice(0, 2)).toEqual([[88, 62], [1666, 62]]);
    expect(corners![2]![0]).toBeLessThan(1650);
    expect(corners![2]![1]).toBeLessThan(1160);
    await page.goto(`${server.address}#/pipeline`);
    expect(errors).toEqual([]);
  });
  it("is cropped by keyboard alone, and given back", async () => {
    await editing();
    await page.getByRole("radio", { name: "Rotate" }).focus();
    for (const key of ["ArrowDown", "ArrowDown", "Tab", "Space"]) await page.keyboard.press(key);
    const corner = page.getByRole("button", { name: /^Upper left: / });
    await corner.focus();
    const [, left] = /: (\d+), /.exec((await corner.getAttribute("aria-label"))!)!;
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("ArrowUp");
    await page.getByRole("spinbutton", { name: "Lower right, from the top, px" }).fill("900");
    await page.keyboard.press("Tab");
    await page.getByText("Saved.").waitFor();
    const [x = 0, y = 0, , bottom] = edited().crop!;
    expect(x).toBeGreaterThanOrEqual(Number(left) + 10);
    expect(y).toBeLessThan(88);
    expect(bottom).toBe(900);
    await page.getByRole("button", { name: "Without edits" }).press("Enter");
    await expect.poll(() => edited().crop, soon).toBeNull();
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    await expect.poll(() => edited().crop?.[3], soon).toBe(900);
    await page.keyboard.press("Control+z");
    await expect.poll(() => edited().crop?.[3], soon).not.toBe(900);
    expect(errors).toEqual([]);
  });
  it("is saved when the next page is opened, whose picture is its own", async () => {
    await editing();
    const { name } = server.corpora.get("c1")!.pages![1]!;
    await page.getByRole("button", { name: "Rotate right" }).click();
    await page.route("**/edit", (route) => (route.request().method() === "GET" ? undefined : route.continue()));
    await page.getByRole("link", { name: "Next page" }).click();
    await page.waitForSelector(`h1:has-text("${name}")`, { state: "detached" });
    expect(await page.locator(".page img").count()).toBe(0);
    await expect.poll(() => edited().rotate, soon).toBe(90);
    await page.unroute("**/edit");
  });
  it("is left out, and included again", async () => {
    await editing();
    const { name } = server.corpora.get("c1")!.pages![1]!;
    await page.getByRole("checkbox", { name: "Leave this page out" }).check();
    await page.getByText(`${name} is left out.`).waitFor();
    expect(await page.locator("h1").textContent()).not.toContain(name);
    await page.getByRole("button", { name: "Include again" }).click();
    await expect.poll(() => server.corpora.get("c1")!.excluded, soon).toEqual([]);
    await page.goto(`${server.address}#/corpora/c1/0?edit`);
    await page.getByRole("checkbox", { name: "Leave this page out" }).check();
    await page.getByText("is left out.").waitFor();
    await page.getByRole("link", { name: "All pages" }).first().click();
    await page.getByRole("heading", { name: "Pages left out: 1" }).waitFor();
    expect(await page.locator(".tile").count()).toBe(17);
    await page.getByRole("button", { name: /^Include again/ }).click();
    await page.getByRole("heading", { name: "Pages left out" }).waitFor({ state: "detached" });
    expect(errors).toEqual([]);
  });
  it("of a collection of hundreds is reached", async () => {
    await begin({});
    server.corpora.set("many", corpusOf("many", "many", ["/home/reader/many"], "eng", 450, 0));
    await page.goto(`${server.address}#/corpora/many`);
    await page.getByRole("button", { name: "Show more pages (250 left)" }).click();
    await expect.poll(() => page.locator(".tile").count(), soon).toBe(400);
    expect(await page.evaluate(() => [...document.querySelectorAll(".tile")].indexOf(document.activeElement!))).toBe(200);
    await page.getByRole("button", { name: "Show more pages (50 left)" }).press("Enter");
    await expect.poll(() => page.locator(".tile").count(), soon).toBe(450);
    expect(errors).toEqual([]);
  });
  it("edited in two windows overwrites nothing", async () => {
    await editing();
    // The other window's comes between what this one has seen and what it saves.
    let others = 0;
    await page.route("**/edit", (route) => {
      if (route.request().method() === "PUT" && others++ === 0) server.edits.save(server.corpora.get("c1")!, 1, { ...edited(), rotate: 180 }, "");
      return route.continue();
    });
    await page.getByRole("button", { name: "Rotate left" }).click();
    await page.getByRole("alert").getByText("Nothing was overwritten.").waitFor();
    expect(edited().rotate).toBe(180);
    await page.getByRole("button", { name: "Replace them with mine" }).click();
    await expect.poll(() => edited().rotate, soon).toBe(270);
  });
});

describe("keyboard and phone", () => {
  it("the table of trials is a few stops away, and its headings are one", async () => {
    await begin({});
    await page.goto(server.address + "#/studies/ledgers");
    await page.getByRole("tab", { name: "Analysis" }).click();
    await page.waitForSelector("tr.choice");
    await page.getByRole("link", { name: "To the table of trials" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.matches("tr.choice"));
    await page.keyboard.press("Shift+Tab");
    await page.waitForFunction(() => document.activeElement?.matches("thead button"));
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.waitForSelector("th:nth-child(2)[aria-sort]");
    await page.keyboard.press("Tab");
    await page.waitForFunction(() => document.activeElement?.matches("tr.choice"));
    expect(errors).toEqual([]);
  });
  it("an arrow moves a slider by a hundredth, Page Up by a tenth", async () => {
    await begin({ draft: true });
    await page.goto(server.address + "#/pipeline/d1");
    await page.waitForSelector(".stages .place");
    await page.locator(".place .title").nth(1).click();
    const slider = page.locator("input[type=range]").first();
    const value = async () => Number(await page.locator("input.number").first().inputValue());
    await slider.focus();
    const before = await value();
    await page.keyboard.press("ArrowRight");
    const after = await value();
    await page.keyboard.press("PageUp");
    const far = await value();
    expect(after).toBeGreaterThan(before);
    expect(far - after).toBeGreaterThan(3 * (after - before));
    await page.keyboard.press("PageDown");
    await page.keyboard.press("ArrowLeft");
    expect(await value()).toBeCloseTo(before, 1);
  });
  it("on a phone the preview stays in sight of the sliders, and no select is cut", async () => {
    await begin({ draft: true });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(server.address + "#/pipeline/d1");
    await page.waitForSelector(".page img");
    await page.locator(".place .title").nth(1).click();
    await page.locator("input[type=range]").first().scrollIntoViewIfNeeded();
    await page.locator("input[type=range]").first().focus();
    await page.keyboard.press("ArrowRight");
    const [picture, slider] = await Promise.all([page.locator(".frame-box").first().boundingBox(), page.locator("input[type=range]:focus").boundingBox()]);
    expect(picture!.y).toBeLessThan(slider!.y);
    expect(picture!.y + picture!.height).toBeGreaterThan(0);
    expect(slider!.y).toBeLessThan(844);
    const cut = await page.locator("header select").evaluateAll((all) => (all as HTMLSelectElement[]).filter((one) => one.scrollWidth > one.clientWidth + 1).length);
    expect(cut).toBe(0);
  });
});

describe("a pipeline", () => {
  it("is put in order and changed by keyboard alone", async () => {
    await begin({ draft: true });
    await page.goto(server.address + "#/pipeline/d1");
    await page.waitForSelector(".stages .place");
    await page.getByRole("button", { name: "Move denoise_nlm up" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(stageNames, soon).toMatchObject([expect.stringContaining("denoise_nlm"), expect.stringContaining("remove_lines"), expect.anything()]);
    // At the top the focus goes to the button that still does something.
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Move denoise_nlm down");
    await page.locator(".stages .title").first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("slider", { name: /^h: / }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("button", { name: "+ Add a stage" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("contrast tile");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(stageNames, soon).toHaveLength(4);
    // What was changed is there after the page was loaded anew.
    await page.reload();
    await expect.poll(stageNames, soon).toHaveLength(4);
    expect(errors).toEqual([]);
  });

  it("is put in order by dragging", async () => {
    await begin({ draft: true });
    await page.goto(server.address + "#/pipeline/d1");
    await page.waitForSelector(".stages .place");
    await page.locator(".grip").nth(2).dragTo(page.locator(".stages > li").first());
    await expect.poll(async () => (await stageNames())[0], soon).toContain("binarize_adaptive");
  });

  it("says by the field what isn't allowed", async () => {
    await begin({ draft: true });
    await page.goto(server.address + "#/pipeline/d1");
    await page.waitForSelector(".stages .place");
    await setParameter(page, "binarize_adaptive", "block", "4");
    await expect.poll(() => page.locator(".parameter .problem").first().textContent(), soon).toContain("must be odd");
    await setParameter(page, "binarize_adaptive", "block", "5");
    await expect.poll(() => page.locator(".parameter .problem").first().textContent(), soon).not.toContain("odd");
  });

  it("asks only for what is seen of a page", async () => {
    await begin({ draft: true });
    const regions: unknown[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/api/preview")) regions.push((request.postDataJSON() as { region: unknown }).region);
    });
    await page.goto(server.address + "#/pipeline/d1");
    await page.waitForSelector(".page img");
    await page.getByRole("application").focus();
    await page.keyboard.press("+");
    await page.keyboard.press("+");
    await page.keyboard.press("+");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => regions.some((one) => one !== null), soon).toBe(true);
  });
});

describe("the connection", () => {
  it("that is lost is shown, and mended by itself", async () => {
    await begin();
    await page.goto(server.address + "#/runs");
    await page.waitForSelector("article");
    await page.route("**/api/events", (route) => route.abort());
    server.dropStreams();
    await page.waitForSelector(".banner");
    server.runs.steer("r3", "resume");
    await page.unroute("**/api/events");
    await page.waitForSelector(".banner", { state: "detached" });
    await waitForState(page, "running", patience);
  });
});

describe("a study", () => {
  it("goes from a trial to a page and to a pipeline, and keeps notes", async () => {
    await begin();
    await page.goto(server.address + "#/studies/ledgers");
    await page.getByRole("tab", { name: "Analysis" }).click();
    await page.waitForSelector("tr.choice");
    await page.locator("tr.choice").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector("h2:has-text('Trial')");
    await page.locator("tr.choice").nth(1).click();
    await page.waitForSelector(".page img");
    await page.waitForSelector(".text");
    await page.getByRole("link", { name: "← Back to the trial" }).click();
    await page.getByRole("button", { name: "Edit as a pipeline" }).click();
    await page.waitForSelector(".stages .place");
    await page.goto(server.address + "#/studies/ledgers");
    await page.getByRole("tab", { name: "Notes" }).click();
    await page.locator("textarea").fill("Seen with Anna.");
    await page.waitForSelector('text="Saved"');
    await page.reload();
    await page.getByRole("tab", { name: "Notes" }).click();
    await expect.poll(() => page.locator("textarea").inputValue(), soon).toBe("Seen with Anna.");
    expect(errors).toEqual([]);
  });

  it("of 10,000 trials has few rows in the document, and shows those drawn around in a chart", async () => {
    await begin({ trials: 10_000 });
    await page.goto(server.address + "#/studies/ledgers");
    await page.getByRole("tab", { name: "Analysis" }).click();
    await page.waitForSelector("tr.choice");
    expect(await page.locator("tr.choice").count()).toBeLessThan(60);
    const chart = page.locator(".chart").first();
    await chart.scrollIntoViewIfNeeded();
    await chart.locator("canvas").first().waitFor();
    const box = (await chart.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.8, { steps: 4 });
    await page.mouse.up();
    await page.waitForSelector("text=/\\d trials selected/");
    // By key: the table below is becoming shorter, and the page with it, so that a click may land beside the button.
    await page.getByRole("button", { name: "Clear the selection" }).press("Enter");
    await page.waitForSelector("text=/\\d trials selected/", { state: "detached" });
  });

  it("on a server is followed, beside a server that is away", async () => {
    await begin();
    await page.goto(server.address + "#/studies");
    const card = page.locator(".studies li", { hasText: "postgresql://anna@db.example.org/ocr/cards" });
    await card.getByText("running").waitFor();
    expect(await page.locator(".studies li", { hasText: "away.example.org" }).locator(".problem").textContent()).toContain("no connection");
    const shows = (trials: number) => card.getByText(`${trials} trials`).waitFor();
    await shows(41);
    server.addTrial();
    await shows(42);
    await card.getByRole("link", { name: "cards" }).click();
    const figure = page.locator("dl.figures div", { hasText: "trials" }).locator("dd");
    await expect.poll(() => figure.last().textContent(), soon).toBe("41");
    server.addTrial();
    await expect.poll(() => figure.last().textContent(), soon).toBe("42");
    expect(await page.locator("h1").textContent()).toContain("cards");
    expect(errors).toEqual([]);
  });

  it("is compared with another", async () => {
    await begin();
    await page.goto(server.address + "#/studies");
    await page.getByRole("checkbox", { name: "Select ledgers" }).check();
    await page.getByRole("checkbox", { name: "Select letters" }).check();
    await page.getByRole("link", { name: "Compare the 2 selected studies" }).click();
    await page.waitForSelector("canvas");
    expect(await page.locator("thead a").allTextContents()).toEqual(["ledgers", "letters"]);
  });
});
