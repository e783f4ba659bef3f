/**
 * From corrections to trained models, against a real `ocrtune serve`: pages recognized, corrected in the browser, trained with and recognized
 * again, on a phone. Run as real_server.ts where OCRTUNE_TRAINING names a folder of pages, each with its right text in NAME.gt.txt, with whose
 * lines training surely wins; OCRTUNE_TRAINING_LANG is their language [eng], OCRTUNE_TRAINING_ENGINE the only engine that is trained [all].
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, parse } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, openPage } from "../browser.ts";
import { patience, RealServer } from "./real_process.ts";
import { chooseFolder, looked, makeCorpus, waitForState } from "./steps.ts";

const given = process.env.OCRTUNE_TRAINING ?? "";
const lang = process.env.OCRTUNE_TRAINING_LANG ?? "eng";
const engine = process.env.OCRTUNE_TRAINING_ENGINE ?? "";
const ending = ".gt.txt";
/** What people type, by the pages' names. */
const truths = new Map(readdirSync(given).filter((name) => name.endsWith(ending))
  .map((name) => [name.slice(0, -ending.length), readFileSync(join(given, name), "utf8")] as const));

const place = realpathSync(mkdtempSync(join(tmpdir(), "ocrtune-training-")));
const [studies, scans] = [join(place, "studies"), join(place, "scans")];
const server = new RealServer(studies, place);
let browser: Browser;
let page: Page;
let errors: string[];

const press = (role: "link" | "button", name: string) => page.getByRole(role, { name, exact: true }).first().click();
const section = () => page.getByRole("region", { name: "Train with your corrections" });
async function ended(name: string): Promise<void> {
  await page.waitForFunction(() => location.hash.startsWith("#/runs/"));
  await waitForState(page, "done", patience);
  await looked(page, `training_${name}`);
}

/** How many of the words that the pages have stand in the texts that were recognized. */
async function rightWords(): Promise<number> {
  await press("link", "Read the texts");
  let right = 0;
  for (const name of truths.keys()) {
    await page.getByRole("link", { name: new RegExp(`^${name}\\.`) }).first().click();
    const text = new Set((await page.locator(".text").first().textContent())!.split(/\s+/));
    right += truths.get(name)!.split(/\s+/).filter((word) => text.has(word)).length;
    await press("link", "← All texts");
    await page.waitForSelector("tbody a");
  }
  return right;
}
let before = 0;

beforeAll(async () => {
  for (const folder of [studies, scans]) mkdirSync(folder);
  for (const name of readdirSync(given).filter((one) => truths.has(parse(one).name))) copyFileSync(join(given, name), join(scans, name));
  const address = await server.start();
  browser = await launch();
  ({ page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } }));
  page.setDefaultTimeout(patience / 3);
  await page.goto(`${address}#/corpora`);
}, patience);
afterAll(async () => {
  await browser?.close();
  await server.stop();
  rmSync(place, { recursive: true, force: true });
});

it("recognizes pages", async () => {
  await chooseFolder(page, [place, "scans"]);
  const language = (code: string) => page.getByRole("checkbox", { name: new RegExp(` ${code}$`) });
  await language(lang).check();
  if (lang !== "eng" && (await language("eng").count())) await language("eng").uncheck();
  await makeCorpus(page, patience);
  await press("link", "Recognize the text");
  await page.waitForSelector(".method.chosen input[value=apply]");
  expect(await page.getByRole("combobox", { name: /^Models/ }).count()).toBe(0);
  await press("button", "Start");
  await ended("applied");
  before = await rightWords();
  expect(await section().count()).toBe(0);
}, patience);

it("says what is to be expected of training with corrections", async () => {
  for (const [name, text] of truths) {
    await page.getByRole("link", { name: new RegExp(`^${name}\\.`) }).first().click();
    await page.getByRole("tab", { name: "Correct" }).click();
    await page.getByRole("textbox", { name: /^Correct the text of/ }).fill(text);
    await press("button", "Save the correction");
    await page.getByText("Saved as").waitFor();
    await press("link", "← All texts");
    await section().getByRole("button", { name: "Start training" }).waitFor();
  }
  await section().getByText(new RegExp(`^${truths.size} pages, \\d+ lines; about \\d+ `)).waitFor();
  await looked(page, "training_corrected");
}, patience);

it("trains, and says what is won", async () => {
  if (engine === "") await press("button", "Start training");
  else {
    await page.evaluate(() => (location.hash = "#/run?method=train"));
    await page.getByRole("checkbox", { name: engine, exact: true }).check();
    await page.getByRole("checkbox", { name: /add.characters/i }).check();
    await press("button", "Start");
  }
  await ended("trained");
  await page.getByText(/^[^:]+: of 100 characters .* on lines of pages left out$/).first().waitFor();
  await page.getByRole("img", { name: /wrong characters on pages left out from/ }).waitFor();
  expect(await page.locator(".verdict.gained").count()).toBeGreaterThan(0);
}, patience * 2);

it("recognizes the pages again, and better", async () => {
  await press("link", "Recognize the pages again with it");
  await page.waitForSelector(".method.chosen input[value=apply]");
  await expect.poll(() => page.getByRole("combobox", { name: /^Models/ }).locator("option:checked").textContent(), { timeout: patience }).toMatch(/^models, /);
  await looked(page, "training_again");
  await press("button", "Start");
  await ended("applied_again");
  expect(await rightWords()).toBeGreaterThan(before);
  await section().getByRole("button", { name: "Train again with all corrections" }).waitFor();
}, patience);

it("nobody complained", () => expect(errors).toEqual([]));
