// ODK's engine in Node: it is written for browsers, and wants a document and two names of CommonJS.
import { createRequire } from "node:module";
import { readFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { JSDOM } from "jsdom";

globalThis.__dirname = dirname(fileURLToPath(import.meta.url));
globalThis.require = createRequire(import.meta.url);
const { window } = new JSDOM("<!doctype html>", { url: "http://localhost/" });
const borrowed = [
  "window", "document", "DOMParser", "XMLSerializer", "Node", "Element", "Document", "Attr", "Text", "Comment",
  "CDATASection", "ProcessingInstruction", "XPathEvaluator", "XPathResult", "XPathException", "NodeFilter",
  "TreeWalker", "localStorage",
];
for (const name of borrowed) {
  if (globalThis[name] === undefined && (window[name] !== undefined || name === "window")) {
    globalThis[name] = name === "window" ? window : window[name];
  }
}

const engine = await import("@getodk/xforms-engine");

/** Register files as form attachments; `prior` stands for earlier reports, of which there are none. */
function attachments(registerDir) {
  return async (url) => {
    const name = String(url).split("/").at(-1);
    const path = join(registerDir, name);
    if (name !== "prior.csv" && !existsSync(path)) {
      return new Response("", { status: 404 });
    }
    const body = name === "prior.csv" ? "key,value\nnone,none\n" : readFileSync(path);
    return new Response(body, { status: 200, headers: { "content-type": "text/csv" } });
  };
}

/** Loads an XForm; throws what the engine says is wrong. Its `createInstance` begins a report. */
export async function load(xml, registerDir) {
  const result = await engine.loadForm(xml, { fetchFormAttachment: attachments(registerDir) });
  if (result.status === "failure") {
    throw result.error;
  }
  return result;
}

/** Loads an XForm and begins a report; throws what the engine says is wrong. */
export async function begin(xml, registerDir) {
  const form = await load(xml, registerDir);
  return { root: form.createInstance().root, warnings: form.warnings };
}

/** Every node below `node`, groups included. */
export function* nodesBelow(node) {
  for (const child of node.currentState.children ?? []) {
    yield child;
    yield* nodesBelow(child);
  }
}

/** The question's name in the workbook: the last step of its path. */
export function nameOf(node) {
  return node.currentState.reference.split("/").at(-1);
}
