/**
 * The server's page beside a running `ocrtune serve`, as its files change: `npx vite` in this folder. What is shipped is
 * built by build.js.
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { poForVite } from "./po.js";

const here = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  root: resolve(here, "src/app"),
  server: { fs: { allow: [resolve(here, "..")] }, host: "127.0.0.1", proxy: { "/api": process.env.OCRTUNE_SERVER ?? "http://127.0.0.1:8765" } },
  plugins: [poForVite(), svelte({ configFile: resolve(here, "svelte.config.js") })],
});
