// Reads exported files with the programs they are made for, and prints one
// line of JSON for each: what was read, or why not.
//
//	DBCHAPTER_NODE=DIR node read.mjs FILE...
//
// DIR holds node_modules with mermaid, jsdom, @dbml/core and ajv.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const dir = process.env.DBCHAPTER_NODE;
const require = createRequire(path.join(dir, "x.js"));

// Mermaid cleans labels with a sanitiser that wants a document.
const { JSDOM } = require("jsdom");
const dom = new JSDOM("");
globalThis.window = dom.window;
globalThis.document = dom.window.document;
const mermaid = (await import(pathToFileURL(path.join(dir, "node_modules/mermaid/dist/mermaid.core.mjs")))).default;
const { Parser } = require("@dbml/core");
const Ajv = require("ajv/dist/2020").default;

const readers = {
  async ".mmd"(text) {
    await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const entities = [...db.getEntities().values()];
    return { tables: entities.length, columns: entities.reduce((n, e) => n + e.attributes.length, 0), refs: db.getRelationships().length };
  },
  async ".dbml"(text) {
    const { tables, refs } = new Parser().parse(text, "dbmlv2").schemas[0];
    return { tables: tables.length, columns: tables.reduce((n, t) => n + t.fields.length, 0), refs: refs.length };
  },
  async ".json"(text, file) {
    const check = new Ajv({ strict: true, allowUnionTypes: true }).compile(JSON.parse(fs.readFileSync(file.replace(/\.[^.]+\.json$/, ".schema"), "utf8")));
    if (!check(JSON.parse(text))) throw new Error(JSON.stringify(check.errors.slice(0, 3)));
    return {};
  },
};

for (const file of process.argv.slice(2)) {
  let out;
  try {
    out = await readers[path.extname(file)](fs.readFileSync(file, "utf8"), file);
  } catch (e) {
    out = { error: (e.message || JSON.stringify(e.diags ?? e)).slice(0, 400) };
  }
  console.log(JSON.stringify({ file: path.basename(file), ...out }));
}
