/** What a person does on the page, for tests against any server; texts are the English ones. */
import { expect } from "vitest";
import type { Page } from "playwright-core";
import { axeFindings, screenshot } from "../browser.ts";

/** axe finds nothing serious, and a picture is kept. */
export async function looked(page: Page, name: string): Promise<void> {
  expect(await axeFindings(page), name).toEqual([]);
  await screenshot(page, name);
}

/** Goes through the folders to the last of `names` and ticks it. */
export async function chooseFolder(page: Page, names: string[]): Promise<void> {
  for (const name of names.slice(0, -1)) await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("checkbox", { name: names.at(-1)!, exact: true }).first().check();
}

/** Makes a corpus of what is chosen, and waits until its pages were read. */
export async function makeCorpus(page: Page, timeout: number): Promise<void> {
  await page.getByRole("button", { name: "Use these pages" }).click();
  await page.waitForSelector(".tile img", { timeout });
  await page.waitForFunction(() => document.querySelectorAll("main progress").length === 0, undefined, { timeout });
}

/** A new draft from a preset. */
export async function fromPreset(page: Page, preset: string): Promise<void> {
  await page.locator(".presets button", { has: page.locator(`strong:text-is("${preset}")`) }).click();
  await page.waitForSelector(".stages .place");
}

/** Opens a stage and gives a parameter another value by its number field. */
export async function setParameter(page: Page, stage: string, parameter: string, value: string): Promise<void> {
  const place = page.locator(".place", { has: page.locator(`.title:has-text("${stage}")`) }).first();
  const title = place.locator(".title").first();
  if ((await title.getAttribute("aria-expanded")) !== "true") await title.click();
  await place.getByRole("spinbutton", { name: new RegExp(`^${parameter}: `) }).fill(value);
}

/** The run's state as the page has it. */
export async function waitForState(page: Page, state: string, timeout: number): Promise<void> {
  await page.waitForSelector(`article[data-state="${state}"]`, { timeout });
}
