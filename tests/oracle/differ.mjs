// Answers each form at random and compares, after every step, which questions apply in ODK's engine and
// in ours: node differ.mjs OUTDIR MISSION_DIR RELEVANCE_PROGRAM [STEPS] [SEED]
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { begin, nameOf, nodesBelow } from "./engine.mjs";

const [outDir, missionDir, program, steps = "400", seed = "1"] = process.argv.slice(2);
/** Lists longer than this come from the register, and relevance does not hang on them. */
const LONGEST_LIST = 40;

/** A small generator (mulberry32), so that a seed replays a run. */
function generator(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function randomText(node, random) {
  const figures = ["", "0", "1", "3", "7", "100", "944", "5000"];
  const times = ["", "06:45:00.000", "07:00:00.000", "07:15:00.000", "07:16:00.000", "20:00:00.000"];
  const pool = { int: figures, decimal: figures, time: times, string: ["", "seen"] }[node.valueType];
  return pool?.[Math.floor(random() * pool.length)];
}

/** Gives one question a random answer; returns its text, or undefined when it takes none. */
function answer(node, random, mayNotClear) {
  if (node.nodeType === "select") {
    const codes = node.currentState.valueOptions.map((option) => option.value);
    const pick = Math.floor(random() * (codes.length + (mayNotClear ? 0 : 1)));
    const chosen = node.selectType === "select" ? codes.filter(() => random() < 0.3) : codes.slice(pick, pick + 1);
    node.selectValues(chosen);
    return chosen.join(" ");
  }
  const text = randomText(node, random);
  if (mayNotClear && text === "") {
    return undefined;
  }
  if (text !== undefined) {
    node.setValue(text);
  }
  return text;
}

function takesAnswer(node) {
  if (node.currentState.readonly || node.definition.bind?.calculate != null) {
    return false;
  }
  return node.nodeType === "select"
    ? node.currentState.valueOptions.length <= LONGEST_LIST
    : node.nodeType === "input";
}

async function compare(file) {
  const form = basename(file, ".xml");
  const { root } = await begin(readFileSync(join(outDir, file), "utf8"), join(missionDir, "register"));
  const nodes = [...nodesBelow(root)];
  // A default comes back here when its question is cleared, and in ODK's engine it does not: leave those be.
  const asked = nodes.filter((node) => takesAnswer(node) && node.currentState.instanceValue === "");
  const outcome = nodes.filter((node) => takesAnswer(node) && node.currentState.instanceValue !== "");
  const random = generator(Number(seed));
  const given = {};
  const [inputs, theirs] = [[], []];
  for (let step = 0; step < Number(steps); step += 1) {
    const preset = outcome.length > 0 && random() < 0.05;
    const pool = preset ? outcome : asked;
    const node = pool[Math.floor(random() * pool.length)];
    if (!node.currentState.relevant) {
      continue;
    }
    const text = answer(node, random, preset);
    if (text !== undefined) {
      given[nameOf(node)] = text;
    }
    inputs.push(JSON.stringify(given));
    theirs.push(Object.fromEntries(nodes.map((seen) => [nameOf(seen), seen.currentState.relevant])));
  }
  const run = spawnSync(program, [join(missionDir, "forms", `${form}.csv`)], {
    input: inputs.join("\n"), encoding: "utf8", maxBuffer: 1 << 28,
  });
  if (run.status !== 0) {
    throw new Error(`${form}: ${run.stderr}`);
  }
  const ours = run.stdout.trim().split("\n").map((line) => JSON.parse(line));
  let compared = 0;
  for (const [step, relevance] of ours.entries()) {
    for (const [name, relevant] of Object.entries(relevance)) {
      if (theirs[step][name] === undefined) {
        continue;
      }
      compared += 1;
      if (theirs[step][name] !== relevant) {
        throw new Error(`${form}: step ${step}: ${name} applies: ODK ${theirs[step][name]}, ours ${relevant}\n${inputs[step]}`);
      }
    }
  }
  console.log(`${form}: ${ours.length} steps, ${compared} comparisons, none differs (${run.stderr.trim()})`);
}

let failed = false;
for (const file of readdirSync(outDir).filter((name) => name.endsWith(".xml")).sort()) {
  try {
    await compare(file);
  } catch (error) {
    failed = true;
    console.error(String(error?.stack ?? error));
  }
}
process.exit(failed ? 1 : 0);
