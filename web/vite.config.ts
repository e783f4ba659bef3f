/**
 * Two outputs below OCRTUNE_WEB_OUT (build/web where it isn't set): `--mode report` makes report.html, one file that
 * needs no network; `--mode app` makes app/, the server's page, without inline scripts or styles.
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { singleFile } from "./single_file.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = resolve(here, process.env.OCRTUNE_WEB_OUT ?? "../build/web");

export default defineConfig(({ mode }) => {
  const report = mode === "report";
  return {
    root: resolve(here, "src", report ? "report" : "app"),
    base: "./",
    // The server's page is also tried beside a running `ocrtune serve`.
    server: { host: "127.0.0.1", proxy: { "/api": process.env.OCRTUNE_SERVER ?? "http://127.0.0.1:8765" } },
    plugins: [svelte({ configFile: resolve(here, "svelte.config.js") }), ...(report ? [singleFile()] : [])],
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    build: {
      target: "es2022",
      outDir: report ? out : resolve(out, "app"),
      // report.html lies beside app/ and what the tests leave there.
      emptyOutDir: !report,
      assetsInlineLimit: report ? 1 << 24 : 0,
      cssCodeSplit: !report,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
      reportCompressedSize: false,
      rollupOptions: {
        input: resolve(here, "src", report ? "report/report.html" : "app/index.html"),
        output: report ? { inlineDynamicImports: true } : {},
      },
    },
  };
});
