// Judges BPMN files with other people's software: bpmn-moddle, bpmnlint and bpmn-js, the library in Camunda Modeler.
//
// Reads one JSON object from standard input: {"chromium": path, "jobs": [{"check": "moddle" | "lint" | "import", "file": path,
// "picture": path or absent, "save": true or absent}, …]}. Writes a JSON list with one answer per job, in their order.

import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";

import { BpmnModdle } from "bpmn-moddle";

const require = createRequire(import.meta.url);
const zeebe = require("zeebe-bpmn-moddle/resources/zeebe.json");
const camunda = require("camunda-bpmn-moddle/resources/camunda.json");

const CHROMIUM_ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const MARGIN_PX = 20;
const LARGEST_PICTURE_PX = 8000;

function firstLine(problem) {
  return String(problem?.message ?? problem).split("\n")[0];
}

async function judgeWithModdle({ file }) {
  const { warnings, elementsById } = await new BpmnModdle().fromXML(await readFile(file, "utf8"));
  return { warnings: warnings.map(firstLine), elements: Object.keys(elementsById).length };
}

async function judgeWithLint({ file, rules = "bpmnlint:recommended" }) {
  const { Linter } = require("bpmnlint");
  const NodeResolver = require("bpmnlint/lib/resolver/node-resolver");
  const platform = rules.includes("cloud") ? { zeebe } : rules.includes("platform") ? { camunda } : {};
  const { rootElement } = await new BpmnModdle(platform).fromXML(await readFile(file, "utf8"));
  // a linter for each file: some rules remember what they saw in the file before
  const linter = new Linter({ resolver: new NodeResolver({ require }) });
  const reports = await linter.lint(rootElement, { extends: rules });
  const found = Object.entries(reports).flatMap(([rule, list]) =>
    list.map(({ id, message, category }) => ({ category, text: `${rule} ${id}: ${message}` })),
  );
  return {
    errors: found.filter(({ category }) => category !== "warn").map(({ text }) => text),
    warnings: found.filter(({ category }) => category === "warn").map(({ text }) => text),
  };
}

async function openModeler(chromiumPath) {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath: chromiumPath, args: CHROMIUM_ARGUMENTS });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const dist = path.join(path.dirname(require.resolve("bpmn-js/package.json")), "dist");
  await page.setContent(
    "<!doctype html><meta charset='utf-8'><style>html, body, #canvas { margin: 0; height: 100% }</style><div id='canvas'></div>",
  );
  await page.addStyleTag({ path: path.join(dist, "assets", "diagram-js.css") });
  await page.addStyleTag({ path: path.join(dist, "assets", "bpmn-js.css") });
  await page.addScriptTag({ path: path.join(dist, "bpmn-modeler.production.min.js") });
  return { browser, page };
}

// Runs inside the page.
async function importInPage({ xml, save, picture }) {
  // whether a text is drawn higher than the room that the file gives it, in the font that this machine has
  const spills = (element, registry) => {
    const isBand = ["bpmn:Participant", "bpmn:Lane"].includes(element.type);
    if (!element.labelTarget && !isBand && element.type !== "bpmn:TextAnnotation") return false;
    const lines = registry.getGraphics(element).querySelectorAll(":scope > .djs-visual > text tspan").length;
    const font = element.labelTarget ? 11 : 12;
    // bpmn-js makes a label as high as its text; what counts is what the file says
    const stated = element.labelTarget ? element.di.label?.bounds : element;
    if (!stated) return false;
    const room = isBand ? 30 : stated.height + 4;
    return lines * font * 1.2 > room && !(isBand && lines <= 1);
  };
  const lines = (problems) => problems.map((problem) => String(problem.message ?? problem).split("\n")[0]);
  const modeler = new window.BpmnJS({ container: "#canvas" });
  try {
    const { warnings } = await modeler.importXML(xml);
    const registry = modeler.get("elementRegistry");
    const count = (accept) => registry.filter(accept).length;
    const seen = {
      warnings: lines(warnings),
      shapes: count((element) => !element.waypoints && !element.labelTarget && element.parent),
      connections: count((element) => element.waypoints),
      labels: count((element) => element.labelTarget),
      spilled: registry.filter((element) => spills(element, registry)).map((element) => element.id),
      saved: save ? (await modeler.saveXML({ format: true })).xml : null,
      svg: picture ? (await modeler.saveSVG()).svg : null,
      further: [],
    };
    const further = modeler.getDefinitions().diagrams.slice(1);
    for (const diagram of further.filter(({ plane }) => plane.bpmnElement?.$type === "bpmn:Collaboration")) {
      seen.warnings.push(...lines((await modeler.open(diagram)).warnings));
      seen.further.push(count((element) => element.parent && !element.labelTarget));
    }
    return seen;
  } catch (error) {
    return { error: lines([error])[0], warnings: lines(error.warnings ?? []) };
  } finally {
    modeler.destroy();
  }
}

async function savePicture(browser, svg, file) {
  const [width, height] = ["width", "height"].map((name) => Number(svg.match(new RegExp(`<svg[^>]* ${name}="([0-9.]+)"`))[1]));
  const scale = Math.min(1, LARGEST_PICTURE_PX / Math.max(width, height));
  const page = await browser.newPage({
    viewport: { width: Math.ceil(width * scale) + 2 * MARGIN_PX, height: Math.ceil(height * scale) + 2 * MARGIN_PX },
  });
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  await page.setContent(
    `<body style="margin:${MARGIN_PX}px;background:white"><img width="${width * scale}" src="${source}"></body>`,
    { waitUntil: "load" },
  );
  await page.screenshot({ path: file });
  await page.close();
}

async function judgeWithBpmnJs({ file, save = false, picture = null }, { browser, page }) {
  const xml = await readFile(file, "utf8");
  const { svg, ...answer } = await page.evaluate(importInPage, { xml, save, picture });
  if (picture && svg) {
    await savePicture(browser, svg, picture);
  }
  return answer;
}

async function main() {
  const { chromium, jobs } = JSON.parse(await text(process.stdin));
  console.error = () => {}; // moddle writes to it what it also returns
  const modeler = jobs.some(({ check }) => check === "import") ? await openModeler(chromium) : null;
  const judges = { moddle: judgeWithModdle, lint: judgeWithLint, import: (job) => judgeWithBpmnJs(job, modeler) };
  const answers = [];
  for (const job of jobs) {
    try {
      answers.push(await judges[job.check](job));
    } catch (error) {
      answers.push({ error: firstLine(error), warnings: (error.warnings ?? []).map(firstLine) });
    }
  }
  await modeler?.browser.close();
  process.stdout.write(JSON.stringify(answers));
}

await main();
