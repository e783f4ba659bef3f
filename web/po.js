/** Catalogues of translations, po/*.po of the repository, as modules: the English sentences with their translations. */
import { readFileSync } from "node:fs";
import { po } from "gettext-parser";

/**
 * The translations in a catalogue by their English sentences, one or, where there is a plural, two. A context stands before the
 * sentence, as in a .mo file.
 *
 * @param {string | Uint8Array} catalogue
 * @returns {Record<string, string[]>}
 */
export function translations(catalogue) {
  const contexts = Object.entries(po.parse(Buffer.from(catalogue)).translations);
  return Object.fromEntries(
    contexts.flatMap(([context, entries]) =>
      Object.values(entries).flatMap(({ msgid, msgstr }) => (msgid && msgstr[0] ? [[context ? `${context}\u0004${msgid}` : msgid, msgstr]] : [])),
    ),
  );
}

/**
 * For esbuild.
 *
 * @type {import("esbuild").Plugin}
 */
export const poForEsbuild = {
  name: "po",
  setup({ onLoad }) {
    onLoad({ filter: /\.po$/ }, ({ path }) => ({ contents: JSON.stringify(translations(readFileSync(path))), loader: "json" }));
  },
};

/**
 * For Vite and Vitest.
 *
 * @returns {import("vite").Plugin}
 */
export function poForVite() {
  return {
    name: "po",
    load: (id) => (id.endsWith(".po") ? `export default ${JSON.stringify(translations(readFileSync(id)))};` : null),
  };
}
