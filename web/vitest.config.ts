import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// Unit tests: tests/**/*.test.ts. A test that needs a document says `// @vitest-environment jsdom` in its first line.
export default defineConfig({
  plugins: [svelte({ hot: false })],
  resolve: { conditions: ["browser"] },
  test: { include: ["tests/**/*.test.ts"], environment: "node", reporters: ["default", "json"], outputFile: { json: "../build/web/unit.json" } },
});
