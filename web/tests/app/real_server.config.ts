import { defineConfig } from "vitest/config";

// The flows against a real server: see real_server.ts.
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    // Training takes minutes, and pages of its own.
    include: ["tests/app/real_server.ts", "tests/app/real_journey.ts", ...(process.env.OCRTUNE_TRAINING ? ["tests/app/real_training.ts"] : [])],
    fileParallelism: false,
    environment: "node",
    bail: 1,
    reporters: ["default", "json"],
    outputFile: { json: "../build/web/server.json" },
  },
});
