/**
 * The page against a real `ocrtune serve`: from an empty folder to a report. Run in web/ by
 *
 *     OCRTUNE_COMMAND=../build/release/ocrtune OCRTUNE_PAGES=FOLDER npx vitest run --config tests/app/real_server.config.ts
 *
 * OCRTUNE_COMMAND is the command, with the page built into it; OCRTUNE_PAGES a folder of pages, at least two with truth, that
 * read better with `standard` (01 and 08 of examples/sample_pages do). Pictures go to build/web/screenshots, what the server said to build/web/real_server.log.
 */
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, openPage } from "../browser.ts";
import { patience, RealServer } from "./real_process.ts";
import { chooseFolder, fromPreset, looked, makeCorpus, setParameter, waitForState } from "./steps.ts";

const given = process.env.OCRTUNE_PAGES ?? "";
if (given === "") throw new Error("say a folder of pages in OCRTUNE_PAGES");
const pages = realpathSync(given);
const trials = 128;
const study = "flow";

let browser: Browser;
let page: Page;
let errors: string[];
let address = "";
const folder = realpathSync(mkdtempSync(join(tmpdir(), "ocrtune-flow-")));
const server = new RealServer(folder, dirname(pages));

const to = (hash: string) => page.evaluate((next) => (location.hash = next), hash);

/** Of the study's trials, done ones; as the run's card says. */
async function done(): Promise<number> {
  return page.evaluate(async () => {
    const runs = (await (await fetch("/api/runs", { credentials: "same-origin" })).json()) as { done: number; method: string }[];
    return runs.find((run) => run.method !== "apply")?.done ?? 0;
  });
}

async function download(name: string): Promise<{ file: string; bytes: number }> {
  const [got] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).first().click()]);
  const file = await got.path();
  return { file, bytes: statSync(file).size };
}

beforeAll(async () => {
  address = await server.start();
  browser = await launch();
  ({ page, errors } = await openPage(browser, { viewport: { width: 1440, height: 900 }, acceptDownloads: true }));
  page.setDefaultTimeout(patience);
}, patience);

afterAll(async () => {
  await browser?.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("opens with its token, empty", async () => {
  await page.goto(address);
  await page.waitForSelector(".steps");
  for (const [hash, name] of [["#/", "start"], ["#/corpora", "corpora"], ["#/pipeline", "pipelines"], ["#/run", "run"], ["#/runs", "runs"], ["#/studies", "studies"]]) {
    await to(hash!);
    await page.waitForTimeout(300);
    await looked(page, `real_empty_${name}`);
  }
}, patience);

it("makes a corpus of a folder", async () => {
  await to("#/corpora");
  await page.waitForSelector(".entries li");
  await chooseFolder(page, [dirname(pages), basename(pages)]);
  await makeCorpus(page, patience);
  await looked(page, "real_corpus");
  await page.locator("a.tile").first().click();
  await page.waitForSelector(".text, .canvas");
  await page.waitForSelector("svg rect");
  await looked(page, "real_page");
}, patience);

it("changes a pipeline, with preview", async () => {
  await to("#/pipeline");
  await page.waitForSelector(".presets button");
  await fromPreset(page, "standard");
  await page.waitForSelector(".strip img");
  await page.waitForSelector(".page img");
  const shown = () => page.locator(".page img").first().getAttribute("src");
  const before = await shown();
  await setParameter(page, "denoise_nlm", "denoise_h", "14");
  await expect.poll(shown, { timeout: patience }).not.toBe(before);
  await page.waitForSelector(".figures dd");
  await looked(page, "real_pipeline");
}, patience);

it(`runs ${trials} points, is cancelled and goes on`, async () => {
  await page.getByRole("link", { name: "Start a run with this pipeline" }).click();
  await page.waitForSelector(".method");
  await page.locator("input[type=radio][value=optimize]").check();
  await page.getByLabel("Name of the study").fill(study);
  await page.getByLabel("Trials").first().fill(String(trials));
  await looked(page, "real_new_run");
  await page.getByRole("button", { name: "Start" }).click();
  await waitForState(page, "running", patience);
  await expect.poll(done, { timeout: patience, interval: 20 }).toBeGreaterThan(3);
  // It would end before a slow browser has shown it.
  expect(server.signalRuns("optimize", "SIGSTOP")).toBe(1);
  await page.waitForSelector(".chart canvas");
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect.poll(() => server.isInterrupted("optimize"), { timeout: patience }).toBe(true);
  server.signalRuns("optimize", "SIGCONT");
  await waitForState(page, "cancelled", patience);
  const at = await done();
  expect(at).toBeLessThan(trials);
  await looked(page, "real_run_cancelled");
  await page.getByRole("button", { name: "Resume" }).click();
  await waitForState(page, "done", patience);
  expect(await done()).toBeGreaterThanOrEqual(trials);
  await looked(page, "real_run_done");
}, patience * 2);

it("shows the study, a trial and a page of it", async () => {
  await page.getByRole("link", { name: "Open the study" }).click();
  await page.waitForSelector(".chart canvas");
  await looked(page, "real_study");
  for (const tab of ["Trials", "Pages", "Pipeline and files", "Notes"]) {
    await page.getByRole("tab", { name: tab }).click();
    await page.waitForTimeout(300);
    await looked(page, `real_study_${tab.split(" ")[0]!.toLowerCase()}`);
  }
  await page.getByRole("tab", { name: "Trials" }).click();
  await page.locator("tr.choice").nth(1).click();
  await page.waitForSelector("h2:has-text('Trial')");
  await page.locator("tr.choice").first().waitFor();
  await looked(page, "real_trial");
  await page.locator("tr.choice").first().click();
  await page.waitForSelector(".page img");
  await page.waitForSelector(".text");
  await looked(page, "real_trial_page");
}, patience);

it("applies what it found, and gives a report", async () => {
  await to(`#/studies/${study}`);
  await page.getByRole("link", { name: /^(Apply to pages|Recognize the pages with the .*)$/ }).first().click();
  await page.waitForSelector(".method");
  await page.getByRole("button", { name: "Start" }).click();
  await page.waitForFunction(() => location.hash.startsWith("#/runs/"));
  await waitForState(page, "done", patience);
  await looked(page, "real_apply");
  const texts = readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith(".txt"));
  expect(texts.length).toBeGreaterThan(1);
  await page.getByRole("link", { name: "Read the texts" }).click();
  await page.waitForSelector("tbody a");
  await looked(page, "real_texts");
  const list = (await page.locator("tbody a").allTextContents()).length;
  const word = /(?<![\p{L}\p{N}])[a-z]{6,}(?![\p{L}\p{N}])/u.exec(readFileSync(join(folder, texts[0]!), "utf8"))![0];
  await page.getByRole("searchbox").fill(word);
  await page.waitForSelector(`mark:text-is("${word}")`);
  expect(await page.locator("tbody tr").count()).toBeLessThanOrEqual(list);
  await page.locator("tbody a").first().click();
  await page.waitForSelector(`.text:has-text("${word}")`);
  await page.waitForSelector(".page img");
  await looked(page, "real_text");
  await to(`#/studies/${study}`);
  const report = await download("Report, one file");
  expect(report.bytes).toBeGreaterThan(100_000);
  expect(report.bytes).toBeLessThan(15_000_000);
}, patience);

it("a server that comes back has lost nothing", async () => {
  const before = errors.length;
  await server.stop();
  address = await server.start();
  await page.goto(address);
  await to("#/runs");
  await page.waitForSelector('article[data-state="done"]');
  expect(await page.locator("article").count()).toBe(2);
  await to("#/corpora");
  await page.waitForSelector(".corpora h2");
  // What Chromium calls a request to a server that goes away depends on how far it had come.
  const meanwhile = errors.splice(before);
  errors.push(...meanwhile.filter((line) => !/^Failed to load resource: .*(net::ERR_|status of 401)/.test(line)));
}, patience);

it("nobody complained", () => expect(errors).toEqual([]));
