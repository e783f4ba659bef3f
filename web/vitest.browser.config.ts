import { defineConfig } from "vitest/config";

// Tests of the built pages in Chromium: tests/**/*.browser.ts, one file after the other.
export default defineConfig({
  test: {
    include: ["tests/**/*.browser.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", "json"],
    outputFile: { json: "../build/web/browser.json" },
  },
});
