// Edits a BPMN file as a person does in Camunda Modeler, with its libraries in headless Chromium.
//
// Reads one JSON object from standard input: {"chromium": path, "file": path, "platform": "camunda-8" | "camunda-7",
// "descriptor": object or null, "templates": list, "actions": [{"do": …}, …], "picture": path or null}.
// Writes {"warnings": […], "problems": […], "answers": […], "saved": xml}.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const HERE = path.dirname(fileURLToPath(import.meta.url));
const ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
const PAGE =
  "<!doctype html><meta charset='utf-8'><style>html, body { margin: 0; height: 100%; font-family: Arial, sans-serif }" +
  "#canvas { position: absolute; inset: 0 380px 0 0 } #panel { position: absolute; inset: 0 0 0 auto; width: 380px;" +
  "overflow: auto; border-left: 1px solid #ccc }</style><div id='canvas'></div><div id='panel'></div>";

async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [path.join(HERE, "modeler_page.js")],
    bundle: true,
    write: false,
    logLevel: "silent",
    loader: { ".json": "json" },
  });
  return outputFiles[0].text;
}

// Runs inside the page.
async function open({ xml, platform, descriptor, templates }) {
  const modeler = window.openModeler({ platform, descriptor, canvas: "#canvas", panel: "#panel" });
  window.modeler = modeler;
  window.problems = [];
  modeler.on("elementTemplates.errors", ({ errors }) => window.problems.push(...errors.map(({ message }) => message)));
  modeler.get("elementTemplatesLoader").setTemplates(templates);
  const { warnings } = await modeler.importXML(xml);
  modeler.get("canvas").zoom("fit-viewport");
  return warnings.map(({ message }) => message);
}

// Runs inside the page.
async function act(action) {
  const get = (name) => window.modeler.get(name);
  const element = (id) => get("elementRegistry").get(id);
  // the panel draws later than the diagram, on a busy machine much later: wait until nothing in it changes any more
  const settle = async () => {
    const panel = document.querySelector("#panel");
    let before;
    let still = 0;
    for (let turn = 0; turn < 80 && still < 4; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 125));
      const now = panel?.innerHTML;
      still = now === before ? still + 1 : 0;
      before = now;
    }
  };
  const modeling = get("modeling");
  switch (action.do) {
    case "rename":
      return void modeling.updateProperties(element(action.id), { name: action.name });
    case "move":
      return void modeling.moveElements([element(action.id)], { x: action.x, y: action.y });
    case "put into": {
      // as a person drops it: the middle of the element lies in the middle of the row of the lane or pool
      const [moved, target] = [element(action.id), element(action.into)];
      const down = target.y + target.height / 2 - moved.y - moved.height / 2;
      return void modeling.moveElements([moved], { x: action.x ?? 0, y: down }, target);
    }
    case "insert": {
      // a task dropped on a line goes between its ends
      const flow = element(action.on);
      const [a, b] = flow.waypoints;
      const shape = get("elementFactory").createShape({ type: action.type ?? "bpmn:Task" });
      const added = modeling.createShape(shape, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, flow);
      modeling.updateProperties(added, { name: action.name });
      return added.id;
    }
    case "append": {
      const shape = { type: action.type ?? "bpmn:UserTask" };
      const added = get("autoPlace").append(element(action.after), get("elementFactory").createShape(shape));
      modeling.updateProperties(added, { name: action.name });
      return added.id;
    }
    case "connect":
      return modeling.connect(element(action.from), element(action.to)).id;
    case "delete":
      return void modeling.removeElements([element(action.id)]);
    case "apply template":
      return void get("elementTemplates").applyTemplate(element(action.id), get("elementTemplates").getAll(element(action.id))[0]);
    case "set":
      return void modeling.updateProperties(element(action.id), { [`ankunft:${action.word}`]: action.text });
    case "select": {
      // a panel that is still being set up shows the whole diagram and misses the selection: then a person clicks again
      let shown = [];
      const root = get("canvas").getRootElement().id;
      for (let turn = 0; turn < 10; turn += 1) {
        get("selection").select([]);
        get("selection").select(element(action.id));
        get("canvas").zoom(0.8);
        get("canvas").scrollToElement(element(action.id), 260);
        await settle();
        document.querySelectorAll("#panel .bio-properties-panel-group-header:not(.open)").forEach((header) => header.click());
        await settle();
        shown = [...document.querySelectorAll("#panel .bio-properties-panel-entry")]
          .map((entry) => {
            const field = entry.querySelector("input, textarea, select");
            const value = field?.tagName === "SELECT" ? field.selectedOptions[0]?.textContent : field?.value;
            return [entry.querySelector("label")?.textContent?.trim() ?? "", value ?? ""];
          })
          .filter(([label]) => label);
        if (shown.length > 0 && !shown.some(([label, value]) => label === "ID" && value === root)) break;
      }
      return shown;
    }
    default:
      throw new Error(`unknown action ${action.do}`);
  }
}

async function main() {
  const { chromium: executablePath, file, actions, picture, ...options } = JSON.parse(await text(process.stdin));
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  const page = await browser.newPage({ viewport: { width: 1500, height: 760 } });
  await page.setContent(PAGE);
  const styles = ["@bpmn-io/properties-panel/dist/assets/properties-panel.css", "bpmn-js/dist/assets/diagram-js.css", "bpmn-js/dist/assets/bpmn-js.css"];
  for (const style of styles) {
    await page.addStyleTag({ path: require.resolve("bpmn-js/package.json").replace("bpmn-js/package.json", style) });
  }
  await page.addScriptTag({ content: await bundle() });
  const warnings = await page.evaluate(open, { xml: await readFile(file, "utf8"), ...options });
  const answers = [];
  for (const action of actions) {
    if (action.do === "type") {
      // as a person does: into the field of the selected element
      const label = page.locator("#panel label", { hasText: action.label }).first();
      const field = page.locator(`#panel [id="${await label.getAttribute("for")}"]`);
      await field.fill(action.text);
      await field.blur();
      await page.waitForTimeout(400);
      answers.push(null);
    } else {
      answers.push((await page.evaluate(act, action)) ?? null);
    }
  }
  if (picture) {
    await page.screenshot({ path: picture });
  }
  const problems = await page.evaluate(() => window.problems);
  const saved = await page.evaluate(async () => (await window.modeler.saveXML({ format: true })).xml);
  await browser.close();
  process.stdout.write(JSON.stringify({ warnings, problems, answers, saved }));
}

await main();
