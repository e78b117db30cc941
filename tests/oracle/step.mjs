// Times one answer at a time in ODK's engine: node step.mjs FORM.xml REGISTER_DIR
//
// Reads lines, each a round: [{ begun: [[question, answer] …], steps: [[question, answer] …] } …], an answer
// being a text or a list of choice codes. Begins a report for each, gives it what is known beforehand, and then
// answers step by step. Writes a line a round: { us: [microseconds of each step …], whole_us: [the same with
// reading what every question then is], refused: [question …] }.
//
// A step is the call that changes the answer, and whatever the engine works out before it returns.
// What asks is `crates/rehearsal/src/bench/engine.rs`.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { load, nameOf, nodesBelow } from "./engine.mjs";

const [form, registerDir] = process.argv.slice(2);
const { createInstance } = await load(readFileSync(form, "utf8"), registerDir);

/** Gives the answer; false when the engine takes none now. */
function give(node, answer) {
  if (node === undefined || node.currentState.readonly || !node.currentState.relevant) {
    return false;
  }
  if (node.nodeType === "select") {
    node.selectValues([].concat(answer));
  } else if (node.nodeType === "trigger") {
    node.setValue(true);
  } else if (node.nodeType === "input") {
    node.setValue(String(answer));
  } else {
    return false;
  }
  return true;
}

/** Everything that our engine's view tells a screen of a question; a sum, so that nothing of it is left out. */
function readAll(nodes) {
  let seen = 0;
  for (const { currentState, validationState } of nodes) {
    seen += Number(currentState.relevant) + Number(currentState.required);
    seen += Number(validationState?.violation != null) + Number(currentState.label != null);
    seen += Number(currentState.value != null);
  }
  return seen;
}

function answerReport({ begun, steps }, timed) {
  const nodes = new Map([...nodesBelow(createInstance().root)].map((node) => [nameOf(node), node]));
  // Some of what the device knows is read-only for a person, and for this engine then too.
  begun.forEach(([question, answer]) => give(nodes.get(question), answer));
  for (const [question, answer] of steps) {
    const node = nodes.get(question);
    const begin = performance.now();
    const taken = give(node, answer);
    const set = performance.now();
    timed.seen += readAll(nodes.values());
    const read = performance.now();
    if (taken) {
      timed.us.push((set - begin) * 1000);
      timed.whole_us.push((read - begin) * 1000);
    } else {
      timed.refused.push(question);
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const timed = { us: [], whole_us: [], refused: [], seen: 0 };
  JSON.parse(line).forEach((report) => answerReport(report, timed));
  console.log(JSON.stringify(timed));
}
