// Memory and times of the web interface in Chromium, with a large applied collection.
//
//   node bench/browser_memory.mjs ADDRESS CORPUS RUN
//
// ADDRESS is the one that `ocrtune serve` prints. Opens the pages of the corpus, the list of texts, searches and twenty texts; prints what each
// took until it was drawn, the elements in the document and the JavaScript heap after a garbage collection. bench/many_texts.py runs it.
import { createRequire } from "node:module";

const require = createRequire(new URL("../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const [address, corpus, run] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.OCRTUNE_CHROMIUM ?? "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
page.setDefaultTimeout(120_000);
const session = await page.context().newCDPSession(page);
await session.send("Performance.enable");

async function step(name, hash, ready) {
  const begin = performance.now();
  await page.evaluate((to) => void (location.hash = to), hash);
  await page.waitForFunction(ready);
  const seconds = (performance.now() - begin) / 1000;
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const value = (wanted) => metrics.find((one) => one.name === wanted)?.value ?? 0;
  console.log(`${name.padEnd(34)} ${seconds.toFixed(3).padStart(8)} s ${String(value("Nodes")).padStart(8)} nodes ${(value("JSHeapUsedSize") / 1e6).toFixed(1).padStart(8)} MB`);
}

await page.goto(address);
await page.waitForSelector("main h1");
await step("start", "#/", () => document.querySelector("main h1"));
await step("pages of the corpus", `#/corpora/${corpus}`, () => document.querySelector(".tile img")?.complete);
await step("texts", `#/runs/${run}/texts`, () => document.querySelector("tbody a"));
await step("search", `#/runs/${run}/texts?words=the`, () => document.querySelector("tbody mark"));
const pages = 20;
const read = "[role=tabpanel] .text, [role=tabpanel] .soft"; // a page without text says so
for (let at = 0; at < pages; at += 1) {
  await page.evaluate((to) => void (location.hash = to), `#/runs/${run}/texts/${at * 7}`);
  await page.waitForSelector(read);
}
await step(`a text, after ${pages} others`, `#/runs/${run}/texts/${pages * 7}`, () => document.querySelector("[role=tabpanel] .text, [role=tabpanel] .soft"));
await step("texts again", `#/runs/${run}/texts`, () => document.querySelector("tbody a"));
await browser.close();
