// Documents of the real Yjs, driven by lines of JSON: one question a line, one answer a line.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.argv[2]));
const Y = require("yjs");
const ROOTS = ["map", "records", "comments", "suggestions", "votes", "workshop"];
const TEXTS = ["title", "about", "says"];
const docs = new Map();

const bytes = (text) => Buffer.from(text, "base64");
const text = (data) => Buffer.from(data).toString("base64");

function begin(id) {
  const doc = new Y.Doc();
  for (const name of ROOTS) doc.getMap(name);
  const made = { doc, updates: [] };
  doc.on("update", (update, origin) => origin !== "remote" && made.updates.push(text(update)));
  docs.set(id, made);
}

function shared(fields) {
  const record = new Y.Map();
  for (const [name, value] of Object.entries(fields)) record.set(name, TEXTS.includes(name) ? new Y.Text(value) : value);
  return record;
}

function plain(root) {
  const found = {};
  for (const [key, value] of root.entries())
    found[key] = value instanceof Y.Map ? plain(value) : value instanceof Y.Text ? value.toString() : value;
  return found;
}

// As in Python: places are counted in letters, not in halves of letters.
function typed(into, { at, gone, put }) {
  const letters = Array.from(into.toString());
  const from = Math.min(at, letters.length);
  const length = letters.slice(from, from + gone).join("").length;
  const place = letters.slice(0, from).join("").length;
  if (length) into.delete(place, length);
  if (put) into.insert(place, put);
}

function edit(doc, one) {
  const root = doc.getMap(one.root);
  if (one.kind === "add") root.set(one.key, shared(one.fields));
  else if (one.kind === "put") root.set(one.key, one.value);
  else if (one.kind === "take") root.delete(one.key);
  else {
    const record = root.get(one.key);
    if (!(record instanceof Y.Map)) return;
    const held = record.get(one.field);
    if (one.kind === "set") record.set(one.field, one.value);
    else if (one.kind === "unset") record.delete(one.field);
    else if (one.kind === "type" && held instanceof Y.Text) typed(held, one);
  }
}

const asked = {
  begin: ({ doc }) => begin(doc),
  forget: () => docs.clear(),
  edit: ({ doc, edits }) => {
    const made = docs.get(doc);
    made.updates = [];
    for (const group of edits) made.doc.transact(() => group.forEach((one) => edit(made.doc, one)));
    return made.updates;
  },
  apply: ({ doc, updates }) => {
    for (const update of updates) Y.applyUpdate(docs.get(doc).doc, bytes(update), "remote");
  },
  state: ({ doc }) => text(Y.encodeStateVector(docs.get(doc).doc)),
  lacks: ({ doc, state }) => text(Y.encodeStateAsUpdate(docs.get(doc).doc, bytes(state))),
  read: ({ doc }) => Object.fromEntries(ROOTS.map((name) => [name, plain(docs.get(doc).doc.getMap(name))])),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...said } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(asked[ask](said) ?? null)}\n`);
}
