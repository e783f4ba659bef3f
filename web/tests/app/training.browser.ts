/** Training in the browser, against made-up data: from a correction to pages that are recognized again. */
import { resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { makeVerdict } from "../make_study.ts";
import { axeFindings, built, launch, openPage } from "../browser.ts";
import { MockServer } from "./mock_server/server.ts";
import { waitForState } from "./steps.ts";

const patience = 50_000;
const soon = { timeout: patience, interval: 100 };
vi.setConfig({ testTimeout: 4 * patience });
let browser: Browser;
let server: MockServer;
let page: Page;
let errors: string[];

/** The texts of a corpus: `c1` has nine pages with ground truth, `c2` none. */
async function texts(corpus: string): Promise<void> {
  server = new MockServer({ page: resolve(built, "app") });
  await server.start();
  ({ page, errors } = await openPage(browser, { viewport: { width: 1280, height: 900 } }));
  page.setDefaultTimeout(patience);
  const id = server.runs.start({ method: "apply", study: "", corpus, pipeline: null, output: "texts", options: { effort: "normal" } }, "done");
  await page.goto(`${server.address}#/runs/${id}/texts`);
  await page.waitForSelector("tbody a");
}
async function correct(at: number): Promise<void> {
  await page.locator("tbody a").nth(at).click();
  await page.getByRole("tab", { name: "Correct" }).click();
  await page.getByRole("textbox", { name: /^Correct the text of/ }).fill(`Corrected ${at}`);
  await page.getByRole("button", { name: "Save the correction" }).click();
  await page.getByText("Saved as").waitFor();
  await page.getByRole("link", { name: "All texts" }).click();
  await page.waitForSelector("tbody a");
}
const section = () => page.getByRole("region", { name: "Train with your corrections" });
const models = () => page.getByRole("combobox", { name: /^Models/ });
/** What was chosen stays and is said not to be there; nothing begins until something else is chosen. */
async function modelsAreGone(): Promise<void> {
  await page.getByText("These models are not available. Choose others.").waitFor();
  expect(await models().getAttribute("aria-invalid")).toBe("true");
  expect(await axeFindings(page)).toEqual([]);
  const begun = () => server.requests.filter((one) => one === "POST /api/runs").length;
  await page.getByRole("button", { name: "Start" }).press("Enter");
  await page.getByRole("combobox", { name: "Recognize with" }).selectOption("effort");
  expect(begun()).toBe(0);
  await models().selectOption({ label: "as installed" });
  expect(await requestOf("Start")).not.toHaveProperty("models");
}
const requestOf = async (button: string) => {
  const asked = page.waitForRequest((one) => one.method() === "POST" && one.url().endsWith("/api/runs"));
  await page.getByRole("button", { name: button }).press("Enter");
  return (await asked).postDataJSON() as unknown;
};

beforeAll(async () => {
  browser = await launch();
});
afterEach(async () => {
  await page.context().close();
  await server.stop();
});
afterAll(async () => {
  await browser.close();
});

describe("training", () => {
  it("with corrections leads to pages that are recognized again", async () => {
    await texts("c2");
    expect(await section().count()).toBe(0);
    await correct(0);
    await section().getByText("24 lines of 1 page can be trained with; at least 10 lines of 2 pages are needed").waitFor();
    expect(await section().getByRole("button", { name: "Start training" }).isDisabled()).toBe(true);
    await correct(1);
    await section().getByText("2 pages, 48 lines; about 1 minute").waitFor();
    expect(await requestOf("Start training")).toEqual({
      method: "train", study: "", corpus: "c2", pipeline: null, output: "models", options: { add_characters: true },
    });

    await waitForState(page, "running", patience);
    await page.getByText(/^\d+ of at most 40 epochs, /).waitFor();
    await page.getByText("Time left").waitFor();
    await page.getByRole("heading", { name: "Errors on pages left out" }).waitFor();
    await page.waitForSelector("canvas");
    await waitForState(page, "done", patience);
    await page.getByText(/^24 epochs, /).waitFor();
    await page.getByText("2 pages, 44 of 48 lines, 1,848 characters of ground truth").waitFor();
    await page.getByText(/^Tesseract: of 100 characters 5\.97 are wrong before training, 2\.\d\d after it \(gain 3\.\d\d, 95 % interval 2\.\d\d to 4\.\d\d\), on lines of pages left out$/).waitFor();
    await page.getByText("Lines with these characters, which the model lacks, were left out: ſ ☞").waitFor();
    await page.getByText("Written to /home/reader/studies/models/eng.traineddata.").waitFor();
    await page.getByText(/^PP-OCRv6: of 100 characters 4\.71 are wrong before training, 4\.71 after it/).waitFor();
    expect(await page.getByText("Nothing was won for sure; the model stays as it is.").count()).toBe(1);
    // The epoch with the fewest errors of the curve, which is a diamond there.
    expect(await page.getByText("Trained for 7 epochs.").count()).toBe(1);
    expect(await page.getByText(/Trained for/).count()).toBe(1);
    await page.getByRole("img", { name: /^Tesseract: wrong characters on pages left out from 5\.97/ }).waitFor();

    await page.getByRole("link", { name: "Recognize the pages again with it" }).click();
    await page.waitForSelector(".method.chosen input[value=apply]");
    const chosen = models().locator("option:checked");
    await expect.poll(() => chosen.textContent(), soon).toMatch(/^models, .*\d{4} at /);
    expect(await requestOf("Start")).toMatchObject({ method: "apply", study: "", corpus: "c2", models: "r5", output: "texts_2", options: { effort: "normal" } });
    await waitForState(page, "running", patience);
    expect(errors).toEqual([]);
  });
  it("asks the server once a second at most", async () => {
    await texts("c1");
    await section().getByRole("button", { name: "Start training" }).click();
    await waitForState(page, "done", patience);
    await page.getByText("What training wins", { exact: true }).waitFor();
    // 24 epochs of 120 ms.
    const asked = server.requests.filter((one) => one.endsWith("/training") && one.startsWith("GET /api/runs/"));
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.length).toBeLessThan(8);
  });
  it("that won nothing says what to do, and has no models", async () => {
    await texts("c1");
    server.runs.trainingWins = false;
    const id = server.runs.start({ method: "train", study: "", corpus: "c1", pipeline: null, output: "models", options: {} }, "done");
    await page.goto(`${server.address}#/runs/${id}`);
    await page.getByText("Correct more pages and train again with all of them.").waitFor();
    expect(await page.getByText("Nothing was won for sure; the model stays as it is.").count()).toBe(2);
    expect(await page.getByRole("link", { name: "Recognize the pages again with it" }).count()).toBe(0);
    await page.goto(`${server.address}#/run?method=apply&models=${id}`);
    await modelsAreGone();
    expect(errors).toEqual([]);
  });
  it("again has all corrections, and isn't begun twice", async () => {
    await texts("c1");
    server.runs.start({ method: "train", study: "", corpus: "c1", pipeline: null, output: "models", options: {} }, "done");
    await section().getByText(/^Last training: .*, with 9 pages and 216 lines\.$/).waitFor();
    expect(await requestOf("Train again with all corrections")).toMatchObject({ corpus: "c1", output: "models_2" });
    await waitForState(page, "running", patience);
    await page.getByRole("button", { name: "Pause" }).click();
    await waitForState(page, "paused", patience);
    await page.goBack();
    await section().getByRole("link", { name: "Resume the training" }).click();
    await page.getByRole("button", { name: "Resume" }).click();
    await waitForState(page, "running", patience);
    await page.goBack();
    await section().getByRole("link", { name: "See the training" }).waitFor();
    expect(await section().getByRole("button").count()).toBe(0);
    expect(errors).toEqual([]);
  });
  it("whose result cannot be asked for keeps the models that were chosen", async () => {
    await texts("c1");
    const id = server.runs.start({ method: "train", study: "", corpus: "c1", pipeline: null, output: "models", options: {} }, "done");
    const result = `**/api/runs/${id}/training`;
    await page.route(result, (route) => route.fulfill({ status: 503, json: { error: "too many connections" } }));
    await page.goto(`${server.address}#/run?method=apply&corpus=c1&models=${id}`);
    const problem = page.getByRole("alert").filter({ hasText: "too many connections" });
    await problem.waitFor();
    expect(await models().inputValue()).toBe(id);
    expect(await axeFindings(page)).toEqual([]);
    await page.unroute(result);
    await problem.getByRole("button").click();
    await problem.waitFor({ state: "detached" });
    expect(await models().getAttribute("aria-invalid")).toBe("false");
    expect(await requestOf("Start")).toMatchObject({ models: id });
  });
  it("that is gone has no models, which is said", async () => {
    await texts("c1");
    await page.goto(`${server.address}#/run?method=apply&models=r99`);
    await modelsAreGone();
    expect(errors).toEqual([]);
  });
  it("is followed by tuning whose result is applied with the same models", async () => {
    await texts("c1");
    const id = server.runs.start({ method: "train", study: "", corpus: "c1", pipeline: null, output: "models", options: {} }, "done");
    const tuned = server.runs.start({ method: "tune", study: "ledgers.db", corpus: "c1", pipeline: null, models: id, options: {} }, "done");
    server.runs.start({ method: "tune", study: "ledgers.db", corpus: "c1", pipeline: null, options: {} }, "running");
    for (const [recommends, name] of [[true, "Recognize the pages with the result"], [false, "Recognize the pages with the effort normal"]] as const) {
      server.studies.set("ledgers", { ...server.studies.get("ledgers")!, verdict: makeVerdict(recommends) });
      for (const view of [`runs/${tuned}`, "studies/ledgers"]) {
        await page.goto(`${server.address}#/${view}`);
        await page.reload();
        await page.getByRole("link", { name }).click();
        await page.waitForSelector(".method.chosen input[value=apply]");
        await expect.poll(() => models().inputValue(), soon).toBe(id);
      }
    }
    expect(errors).toEqual([]);
  });
  it("is a method of the form", async () => {
    await texts("c1");
    await page.goto(`${server.address}#/run`);
    await page.getByText("Advanced", { exact: true }).click();
    await page.locator('input[name="method"][value="train"]').check();
    expect(await page.locator("label.field .name").allTextContents()).not.toContain("Name of the study");
    await page.getByLabel("Output folder").fill("old_prints");
    await page.getByRole("checkbox", { name: "Add characters that a model lacks" }).check();
    expect(await requestOf("Start")).toEqual({
      method: "train", study: "", corpus: "c1", pipeline: null, output: "old_prints", options: { add_characters: true },
    });
    expect(errors).toEqual([]);
  });
});
