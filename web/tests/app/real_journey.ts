/**
 * From a folder of scans to checked texts, against a real `ocrtune serve`: text without tuning, three pages corrected, tuned, applied, searched,
 * taken away. On a phone with a pointer, and on a large screen with the keyboard alone; with OCRTUNE_TESTS_FULL the other way round too. Run as
 * real_server.ts; OCRTUNE_SCANS is a folder of at least three pages without ground truth. How long each task takes and its clicks or keys go to build/web/journey.json.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, openPage, out } from "../browser.ts";
import { Keyboard, Pointer, type Hand } from "./hands.ts";
import { patience, RealServer } from "./real_process.ts";
import { looked, waitForState } from "./steps.ts";

const given = process.env.OCRTUNE_SCANS ?? "";
if (given === "") throw new Error("say a folder of pages in OCRTUNE_SCANS");

interface Task {
  name: string;
  by: string;
  actions: number;
  seconds: number;
}
const tasks: Task[] = [];
const corrections = 3;

interface Way {
  name: string;
  options: BrowserContextOptions;
  hand: (page: Page) => Hand;
}
const further: Way[] = [
  { name: "pointer", options: { viewport: { width: 1440, height: 900 } }, hand: (page) => new Pointer(page) },
  { name: "phone with keys", options: { viewport: { width: 390, height: 844 } }, hand: (page) => new Keyboard(page) },
];
const ways: Way[] = [
  { name: "phone", options: { viewport: { width: 390, height: 844 } }, hand: (page) => new Pointer(page) },
  { name: "keyboard", options: { viewport: { width: 1440, height: 900 } }, hand: (page) => new Keyboard(page) },
  ...(process.env.OCRTUNE_TESTS_FULL ? further : []),
];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  mkdirSync(out, { recursive: true });
  writeFileSync(resolve(out, "journey.json"), JSON.stringify(tasks, null, 1));
});

for (const way of ways) {
  describe(`from scans to checked texts: ${way.name}`, () => {
    const place = realpathSync(mkdtempSync(join(tmpdir(), "ocrtune-journey-")));
    const [studies, scans] = [join(place, "studies"), join(place, "scans")];
    let server: RealServer;
    let page: Page;
    let hand: Hand;
    let errors: string[];

    beforeAll(async () => {
      mkdirSync(studies);
      cpSync(given, scans, { recursive: true });
      server = new RealServer(studies, scans);
      const address = await server.start();
      ({ page, errors } = await openPage(browser, { ...way.options, acceptDownloads: true }));
      page.setDefaultTimeout(patience / 4);
      hand = way.hand(page);
      await page.goto(address);
    }, patience);
    afterAll(async () => {
      await page?.context().close();
      await server?.stop();
      rmSync(place, { recursive: true, force: true });
    });

    /** A task, whose time without the machine's own work is what `work` takes. */
    async function task(name: string, work: () => Promise<void>): Promise<void> {
      const [begin, before] = [performance.now(), hand.count];
      await work();
      tasks.push({ name, by: way.name, actions: hand.count - before, seconds: Math.round((performance.now() - begin) / 100) / 10 });
    }
    const link = (name: string) => page.getByRole("link", { name, exact: true }).first();
    const button = (name: string) => page.getByRole("button", { name, exact: true }).first();
    async function finished(name: string): Promise<void> {
      await waitForState(page, "done", patience);
      await looked(page, `journey_${way.name}_${name}`);
    }
    async function download(name: string): Promise<Buffer> {
      const saved = page.waitForEvent("download");
      await hand.press(link(name));
      return readFileSync(await (await saved).path());
    }
    const edits = () =>
      readdirSync(scans).filter((name) => name.endsWith(".edit.toml"))
        .flatMap((name) => readFileSync(join(scans, name), "utf8").split("\n").filter((line) => /^(rotate|crop) =/.test(line)));
    const truths = () => readdirSync(scans).filter((name) => name.endsWith(".gt.txt"));

    it("recognizes a folder without tuning", async () => {
      await task("choose a folder of scans", async () => {
        await hand.press(link("Choose your scans"));
        await hand.press(page.getByRole("checkbox", { name: /scans$/ }));
        await looked(page, `journey_${way.name}_pages`);
      });
      await task("have the language of each page found", async () => {
        await hand.press(page.getByRole("checkbox", { name: /^Find the language of each page/ }));
        await page.getByText("Selected: that of each page", { exact: true }).waitFor();
      });
      await task("see the pages", async () => {
        await hand.press(button("Use these pages"));
        await page.waitForSelector(".tile img");
      });
      await task("rotate a page that lies on its side, crop it, and take it back", async () => {
        await hand.press(page.locator(".tile").first());
        await hand.press(link("Edit this page by hand"));
        await page.waitForSelector(".page img");
        await hand.press(button("↻ Rotate right"));
        await page.getByText("Saved.").waitFor();
        expect(edits()).toEqual(["rotate = 90"]);
        await looked(page, `journey_${way.name}_edit`);
        await hand.pick("crop");
        await hand.press(page.getByRole("checkbox", { name: "Keep a part of the page only" }));
        await expect.poll(edits, { timeout: patience }).toEqual(["rotate = 90", expect.stringMatching(/^crop = /)]);
        await hand.press(button("↶ Undo"));
        await hand.press(button("↶ Undo"));
        await expect.poll(edits, { timeout: patience }).toEqual([]);
        await hand.press(link("← All pages"));
        await page.waitForSelector(".tile img");
      });
      await task("have the text recognized without tuning", async () => {
        await hand.press(link("Recognize the text"));
        await page.waitForSelector(".method.chosen input[value=apply]");
        await looked(page, `journey_${way.name}_apply`);
        await hand.press(button("Start"));
        await page.waitForFunction(() => location.hash.startsWith("#/runs/"));
      });
      await finished("applied");
      await task("find the worst page, and read it beside its picture", async () => {
        await hand.press(link("Read the texts"));
        await page.waitForSelector("tbody a");
        await looked(page, `journey_${way.name}_texts`);
        await hand.press(page.locator("tbody a").first());
        await page.waitForSelector(".text");
      });
      await task("see what is doubtful on it", async () => {
        await page.waitForSelector("svg rect");
        await looked(page, `journey_${way.name}_text`);
      });
      await task("see what preprocessing has changed", async () => {
        await hand.tab("Without preprocessing");
        await page.waitForSelector(".text");
      });
    }, patience);

    it("corrects the pages that tell most", async () => {
      const done = new Set<string>();
      for (let at = 0; at < corrections; at += 1) {
        await hand.press(link("← All texts"));
        await page.waitForSelector("tbody a");
        await expect.poll(() => page.locator("tbody .badge.good").count(), { timeout: patience }).toBe(at);
        await task("find the page to correct next", async () => {
          if (at === 0) await hand.press(button("Which pages to correct first?"));
          const first = page.locator("ol a").first();
          await expect.poll(async () => (await first.count()) > 0 && !done.has((await first.textContent()) ?? ""), { timeout: patience }).toBe(true);
          done.add((await first.textContent()) ?? "");
          await hand.press(page.locator("ol a").first());
          await page.waitForSelector("textarea");
        });
        await task("correct a word of it and save", async () => {
          const text = page.getByRole("textbox");
          const typed = `Corrected ${way.name} ${at}\n${await text.inputValue()}`;
          await hand.type(text, typed.slice(0, 300));
          if (at === 0) await looked(page, `journey_${way.name}_correction`);
          await hand.press(button("Save the correction"));
          await page.getByText("Saved as").waitFor();
        });
        expect(truths()).toHaveLength(at + 1);
      }
      expect(truths().map((name) => readFileSync(join(scans, name), "utf8")).every((text) => text.startsWith("Corrected"))).toBe(true);
    }, patience);

    it("tunes with them, and applies what was found", async () => {
      await task("begin to tune on these pages", async () => {
        await hand.press(link("Pages"));
        await hand.press(link("scans"));
        await page.waitForSelector(".tile");
        await hand.press(link("Find better settings"));
        await page.waitForSelector(".method.chosen input[value=tune]");
        await hand.press(page.locator("summary", { hasText: "Advanced" }));
        await hand.type(page.getByLabel("Trials").first(), "8");
        await looked(page, `journey_${way.name}_tune`);
        await hand.press(button("Start"));
        await page.waitForFunction(() => location.hash.startsWith("#/runs/"));
      });
      await finished("tuned");
      await task("see what was found", async () => {
        await hand.press(link("Open the study"));
        await page.waitForSelector(".verdict strong");
        await looked(page, `journey_${way.name}_study`);
      });
      await task("see which pages gained, and why one of them did", async () => {
        await hand.tab("Pages");
        await hand.press(page.locator("tr.choice").first());
        await page.waitForSelector(".beside .text");
        await looked(page, `journey_${way.name}_gain`);
      });
      await task("apply what was found", async () => {
        await hand.press(link("Studies"));
        await hand.press(page.locator(".studies a").first());
        await page.waitForSelector(".verdict strong");
        await hand.press(page.getByRole("link", { name: /^Recognize the pages with the / }).first());
        await page.waitForSelector(".method.chosen input[value=apply]");
        await hand.press(button("Start"));
        await page.waitForFunction(() => location.hash.startsWith("#/runs/"));
      });
      await finished("applied_again");
    }, patience * 2);

    it("searches and takes all pages away", async () => {
      await hand.press(link("Read the texts"));
      await page.waitForSelector("tbody a");
      await task("find the pages with a word", async () => {
        await hand.type(page.getByRole("searchbox"), `corrected ${way.name}`);
        await page.waitForSelector("mark");
      });
      expect(await page.locator("tbody tr").count()).toBe(corrections);
      await task("save all texts and one PDF", async () => {
        const zip = await download("All texts (ZIP)");
        expect(zip.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
        for (const name of truths()) expect(zip.includes(name.replace(".gt.txt", ".ocr.txt"))).toBe(true);
        const pdf = await download("One searchable PDF");
        expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
      });
      expect(errors).toEqual([]);
    }, patience);

    it("is found again tomorrow", async () => {
      await server.stop();
      const address = await server.start();
      await task("come back to the texts", async () => {
        await page.goto(address);
        await hand.press(link("Runs"));
        await hand.press(link("Read the texts"));
        await page.waitForSelector("tbody a");
      });
      expect(await page.locator("tbody .badge.good").count()).toBe(corrections);
    }, patience);
  });
}
