// Loads XForms into ODK's engine in three languages: node load.mjs OUTDIR REGISTER_DIR
//
// Fails when a form does not load, when a language is missing, or when a question has no label in it.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { begin, nameOf, nodesBelow } from "./engine.mjs";

const LANGUAGES = ["en", "ru", "kk"];
const [outDir, registerDir] = process.argv.slice(2);
const files = readdirSync(outDir).filter((name) => name.endsWith(".xml")).sort();
let failures = 0;

function fail(text) {
  failures += 1;
  console.error(text);
}

/** Loads one form; returns how many labels it read in each language. */
async function check(file) {
  const form = basename(file, ".xml");
  const { root, warnings } = await begin(readFileSync(join(outDir, file), "utf8"), registerDir);
  if (warnings !== null) {
    fail(`${form}: ${JSON.stringify(warnings)}`);
  }
  const counts = [];
  for (const code of LANGUAGES) {
    const language = root.languages.find((found) => found.language?.endsWith(`(${code})`));
    if (language === undefined) {
      fail(`${form}: no language ${code}`);
      continue;
    }
    root.setLanguage(language);
    const nodes = [...nodesBelow(root)];
    const labels = nodes.filter((node) => node.currentState.label !== null);
    const empty = labels.filter((node) => node.currentState.label.asString.trim() === "");
    empty.forEach((node) => fail(`${form}: ${nameOf(node)} has no label in ${code}`));
    counts.push(`${code} ${labels.length} of ${nodes.length}`);
  }
  console.log(`${form}: loaded; labels ${counts.join(", ")}`);
}

for (const file of files) {
  try {
    await check(file);
  } catch (error) {
    fail(`${file}: ${error?.stack ?? error}`);
  }
}
if (files.length === 0) {
  fail(`no form in ${outDir}`);
}
process.exit(failures === 0 ? 0 : 1);
