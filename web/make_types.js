/**
 * Types of what the program gives to the pages: `node make_types.js OUT` makes OUT/contract.d.ts of the schemas in
 * docs/reference/json that have the server's API, a study's data and a training's result. `npm run check` does it before it checks.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

/** @typedef {Record<string, any>} Schema */

const folder = fileURLToPath(new URL("../docs/reference/json/", import.meta.url));

/**
 * The names that the program's tables have, which a program that uses the library may add to.
 *
 * @type {Record<string, Schema>}
 */
const names = {
  score_name: { type: "string" },
  scores: { type: "object", description: "Values by the names of scores", additionalProperties: { type: "number" } },
};

/**
 * The definition that a reference leads to, by its name: the library takes those of one schema alone.
 *
 * @param {string} reference
 */
function target(reference) {
  const [file, name] = reference.split("#/$defs/");
  if (name === undefined) return String(file).replace(/\.schema\.json$/, "").replace(/-/g, "_");
  if (file !== "names.schema.json") return name;
  const named = name === "scores" ? name : `${name}_name`;
  if (!(named in names)) throw new Error(`${reference}: say in make_types.js what it is`);
  return named;
}

/**
 * A schema as the library reads it: it takes a reference alone, so that what stands beside one is put around it, and tuples as
 * earlier drafts have them.
 *
 * @param {any} schema
 * @returns {any}
 */
function adapted(schema) {
  if (Array.isArray(schema)) return schema.map(adapted);
  if (typeof schema !== "object" || schema === null) return schema;
  const { $ref, prefixItems, ...rest } = schema;
  const others = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, adapted(value)]));
  if (prefixItems !== undefined) return { ...others, items: adapted(prefixItems) };
  if ($ref === undefined) return others;
  const reference = { $ref: `#/definitions/${target($ref)}` };
  if (Object.keys(others).length === 0) return reference;
  const { description, ...extended } = others;
  return { description, allOf: "properties" in extended ? [reference, extended] : [reference] };
}

/** @param {string} name */
const read = (name) => /** @type {Schema} */ (JSON.parse(readFileSync(resolve(folder, `${name}.schema.json`), "utf8")));

/** @type {Record<string, Schema>} */
const definitions = { ...names };
/** @param {string} name @param {Schema} schema */
function define(name, schema) {
  if (name in definitions) throw new Error(`two definitions are called ${name}`);
  definitions[name] = adapted(schema);
}
for (const file of ["common", "study-data", "train", "api"]) {
  const { $defs = {}, ...root } = read(file);
  for (const [name, schema] of Object.entries(/** @type {Schema} */ ($defs))) define(name, schema);
  if (root["properties"] !== undefined) define(target(`${file}.schema.json`), root);
}
for (const schema of Object.values(definitions)) delete schema["title"];

const types = await compile({ definitions, type: "object" }, "Contract", {
  additionalProperties: false,
  bannerComment: "/** Made by make_types.js. */",
  ignoreMinAndMaxItems: false,
  unreachableDefinitions: true,
});
const out = process.argv[2];
if (!out) throw new Error("node make_types.js OUT");
mkdirSync(out, { recursive: true });
writeFileSync(resolve(out, "contract.d.ts"), types);
