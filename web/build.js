/**
 * Builds both pages in one go: `node build.js OUT` makes OUT/report.html, one file that needs no network, and OUT/app,
 * the server's page, without inline scripts or styles; OUT/packages.json names the npm packages that are in them. The
 * bytes are the same wherever it is done.
 *
 * esbuild puts them together, because Rollup, by way of Vite, takes six times the processor time.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { compile, compileModule } from "svelte/compiler";
import { poForEsbuild } from "./po.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = "es2022";
/** What `ocrtune report` replaces with a study's JSON; the report has it exactly once. */
const placeholder = "__STUDY_DATA__";

/**
 * Components and modules of Svelte. A component's styles are a file of their own, which its script imports.
 *
 * @type {import("esbuild").Plugin}
 */
const svelte = {
  name: "svelte",
  setup({ onLoad, onResolve }) {
    /** @type {Map<string, string>} */
    const styles = new Map();
    const told = (/** @type {string} */ filename) => ({ filename, rootDir: here, generate: /** @type {const} */ ("client"), dev: false });

    onLoad({ filter: /\.svelte$/ }, ({ path }) => {
      const { js, css } = compile(readFileSync(path, "utf8"), { ...told(path), css: "external" });
      if (!css) return { contents: js.code };
      styles.set(`${path}.css`, css.code);
      return { contents: `${js.code}\nimport ${JSON.stringify(`${path}.css`)};` };
    });
    onResolve({ filter: /\.svelte\.css$/ }, ({ path }) => ({ path, namespace: "styles" }));
    onLoad({ filter: /()/, namespace: "styles" }, ({ path }) => ({ contents: styles.get(path) ?? "", loader: "css" }));
    onLoad({ filter: /\.svelte\.ts$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "ts", target, sourcefile: path });
      return { contents: compileModule(code, told(path)).js.code };
    });
  },
};

/** Both pages' scripts and styles, as texts by their names, such as "app.css", and the names of the npm packages in them. */
async function bundle() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: here,
    entryPoints: { report: "src/report/main.ts", app: "src/app/main.ts" },
    outdir: "bundle",
    write: false,
    metafile: true,
    bundle: true,
    format: "esm",
    target,
    conditions: ["module", "production"],
    define: { "process.env.NODE_ENV": '"production"' },
    // In the script, since its pages are served without folders.
    loader: { ".webp": "dataurl" },
    minify: true,
    legalComments: "none",
    plugins: [svelte, poForEsbuild],
    logLevel: "warning",
  });
  const inside = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0));
  const packages = inside.flatMap(([path]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return {
    made: new Map(outputFiles.map((file) => [file.path.slice(resolve(here, "bundle").length + 1), file.text])),
    packages: [...new Set(packages)].sort(),
  };
}

/**
 * The page with its styles at its head's end and its script in the place of that of the sources.
 *
 * @param {string} file
 * @param {string} style
 * @param {string} script
 */
function page(file, style, script) {
  const html = readFileSync(resolve(here, "src", file), "utf8");
  const [head, rest, ...more] = html.split('<script type="module" src="./main.ts"></script>');
  if (head === undefined || rest === undefined || more.length > 0 || !head.includes("</head>")) throw new Error(`${file} needs a head and its script once`);
  return head.replace("</head>", () => `  ${style}\n  </head>`) + script + rest;
}

const out = process.argv[2];
if (!out) throw new Error("node build.js OUT");
const { made, packages } = await bundle();
const text = (/** @type {string} */ name) => {
  const found = made.get(name);
  if (found === undefined) throw new Error(`nothing makes ${name}`);
  return found;
};

const script = text("report.js").replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--");
const report = page("report/report.html", `<style>${text("report.css")}</style>`, `<script type="module">${script}</script>`);
if (report.split(placeholder).length !== 2) throw new Error(`report.html needs ${placeholder} exactly once`);
const app = resolve(out, "app");
rmSync(app, { recursive: true, force: true });
mkdirSync(app, { recursive: true });
writeFileSync(resolve(app, "app.css"), text("app.css"));
writeFileSync(resolve(app, "app.js"), text("app.js"));
writeFileSync(resolve(app, "index.html"), page("app/index.html", '<link rel="stylesheet" href="./app.css" />', '<script type="module" src="./app.js"></script>'));
writeFileSync(resolve(out, "report.html"), report);
writeFileSync(resolve(out, "packages.json"), `${JSON.stringify(packages)}\n`);
if (made.size !== 4) throw new Error(`${[...made.keys()].join(", ")}: a page of one script and one style sheet was to come`);
