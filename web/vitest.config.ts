import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { poForVite } from "./po.js";

// Unit tests: tests/**/*.test.ts. Files of tests share a process and its modules, which saves a third of the time: none may leave
// anything behind.
export default defineConfig({
  plugins: [poForVite(), svelte({ hot: false })],
  resolve: { conditions: ["browser"] },
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "node",
    isolate: false,
    reporters: ["default", "json"],
    outputFile: { json: "../build/web/unit.json" },
  },
});
