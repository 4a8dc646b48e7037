// Opens a report in Chromium and tells what a reader meets: on a desktop, on a phone, on paper.
//
// Reads {"chromium": path, "page": path} from standard input, writes one JSON object.

import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

const ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const job = JSON.parse(await text(process.stdin));
const browser = await chromium.launch({ executablePath: job.chromium, args: ARGUMENTS });
const answer = { requests: [], complaints: [], overflow: {}, broken: [], unopened: [] };
for (const [name, width] of [["desktop", 1280], ["phone", 390]]) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  page.on("request", (request) => answer.requests.push(request.url()));
  page.on("console", (message) => answer.complaints.push(message.text()));
  page.on("pageerror", (error) => answer.complaints.push(String(error)));
  await page.goto(pathToFileURL(job.page).href);
  answer.overflow[name] = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (name === "desktop") {
    Object.assign(answer, await page.evaluate(() => {
      const links = [...document.querySelectorAll("a[href^='#'], svg a")]
        .map((link) => link.getAttribute("href") ?? link.getAttribute("xlink:href"));
      const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
      return {
        links: links.length,
        broken: links.filter((link) => !document.getElementById(decodeURIComponent(link.slice(1)))),
        double: ids.filter((id, place) => ids.indexOf(id) !== place),
        headings: [...document.querySelectorAll("h1, h2, h3, h4")].map((heading) => Number(heading.tagName[1])),
        unnamed: [...document.querySelectorAll("svg[role=img]")].filter((svg) => !svg.querySelector("title")).length,
        language: document.documentElement.lang,
        title: document.title,
      };
    }));
    answer.pages = (await page.pdf({ format: "A4" })).toString("latin1").split("/Type /Page\n").length - 1;
  }
  await page.close();
}
await browser.close();
process.stdout.write(JSON.stringify(answer));
