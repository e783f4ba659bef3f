import { defineConfig } from "vitest/config";

// The flow against a real server: see real_server.ts.
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["tests/app/real_server.ts", "tests/app/real_journey.ts"],
    fileParallelism: false,
    environment: "node",
    bail: 1,
    reporters: ["default", "json"],
    outputFile: { json: "../build/web/server.json" },
  },
});
