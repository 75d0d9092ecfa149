import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { htmlPage } from "../../src/reporters/html/index.js";
import type { FileOutcome, RunReport } from "../../src/types.js";
import { finding, report as reportWith } from "../support/report.js";

const executablePath = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
]
  .filter((path) => path !== undefined)
  .find((path) => existsSync(path));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const before =
  'import { spawn } from "node:child_process";\n\nexport function serve() {\n  spawn("serve");\n}\n';
const after = before.replace('spawn("serve")', 'ResourceContext.root.process(spawn("serve"))');
const hostile = `</script><img src=x onerror="document.title='hit'">`;
const files: readonly FileOutcome[] = [
  { status: "changed", file: "src/run.ts", before, after, findings: [finding({ line: 4 })] },
  {
    status: "changed",
    file: "lib/a b%.ts",
    before,
    after: `// ${hostile}\n${after}`,
    findings: [finding({ line: 7 })],
  },
  { status: "unchanged", file: "src/left.ts", findings: [finding({ line: 9, leave: "detached" })] },
  { status: "failed", file: `${hostile}.ts`, findings: [], stage: "parse", error: hostile },
];

test("without a browser: one document that loads nothing", () => {
  const page = htmlPage(reportWith(files));
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).not.toMatch(/(?:src|href)="(?!#)/);
  expect(page).not.toContain("<img");
  expect(page.match(/<\/script>/g)).toHaveLength(1);
  expect(page).toContain("2 sites in 2 files would change");
});

describe.skipIf(executablePath === undefined)("in a browser", () => {
  let browser: Browser;
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "page-"));
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(report: RunReport, colorScheme: "light" | "dark" = "light"): Promise<Page> {
    const file = join(folder, "report.html");
    writeFileSync(file, htmlPage(report));
    const page = await browser.newPage({ colorScheme });
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    onTestFinished(async () => {
      await page.close();
      expect(errors).toEqual([]);
    });
    await page.goto(`file://${file}`);
    return page;
  }
  const shown = (page: Page): Promise<readonly string[]> =>
    page.locator("#sites tbody tr:visible th").allInnerTexts();

  test.each(["light", "dark"] as const)("no fault that axe knows, in the %s scheme", async (scheme) => {
    const page = await open(reportWith(files), scheme);
    for (const details of await page.locator("details").all()) await details.locator("summary").click();
    await page.selectOption("#state", "");
    await page.evaluate(axe);
    const found = await page.evaluate<{
      readonly violations: readonly {
        readonly id: string;
        readonly nodes: readonly { readonly html: string }[];
      }[];
    }>("axe.run()");
    expect(
      found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`),
    ).toEqual([]);
  });

  test("shows what is to be looked at first; filters by text, state and kind", async () => {
    const page = await open(reportWith(files));
    expect(await shown(page)).toEqual(["src/run.ts:4", "lib/a b%.ts:7"]);
    await page.selectOption("#state", "");
    expect(await shown(page)).toHaveLength(3);
    await page.fill("#find", "detached");
    expect(await shown(page)).toEqual(["src/left.ts:9"]);
    expect(await page.innerText("#shown")).toBe("1 of 3 shown");
    await page.fill("#find", "SRC/ spawn");
    expect(await shown(page)).toEqual(["src/run.ts:4", "src/left.ts:9"]);
    await page.fill("#find", "");
    await page.getByRole("button", { name: "lib", exact: true }).click();
    expect(await shown(page)).toEqual(["lib/a b%.ts:7"]);
    expect(await page.title()).toBe("resource-codemod: 2 sites in 2 files would change");
  });

  test("a place leads to its change, by keyboard as well", async () => {
    const page = await open(reportWith(files));
    expect(await page.locator("details[open]").count()).toBe(0);
    await page.getByRole("link", { name: "lib/a b%.ts:7" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("details[open]");
    expect(await page.locator("details[open] summary").innerText()).toBe("lib/a b%.ts");
    expect(await page.locator("details[open] td.del code").allInnerTexts()).toEqual(['  spawn("serve");']);
    expect(await page.locator("details[open] td.add code").allInnerTexts()).toEqual([
      `// ${hostile}`,
      '  ResourceContext.root.process(spawn("serve"));',
    ]);
  });

  test("a choice is saved for the command", async () => {
    const page = await open(reportWith(files));
    await page.getByLabel("apply the change at src/run.ts:4").focus();
    await page.keyboard.press("Space");
    expect(await page.innerText("#chosen")).toBe("1 of 2 changes taken");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    const saved = join(folder, "selection.json");
    await download.saveAs(saved);
    expect(download.suggestedFilename()).toBe("resource-codemod-selection.json");
    expect(JSON.parse(readFileSync(saved, "utf8"))).toEqual({
      version: 1,
      accept: [{ file: "lib/a b%.ts", fingerprint: "spawn:serve:7" }],
      reject: [{ file: "src/run.ts", fingerprint: "spawn:serve:4" }],
    });
    await page.fill("#find", "run");
    await page.click("#all-on");
    await page.fill("#find", "lib");
    await page.click("#all-off");
    expect(await page.innerText("#chosen")).toBe("1 of 2 changes taken");
  });

  test("five thousand sites", async () => {
    const many = Array.from({ length: 500 }, (_, i): FileOutcome => ({
      status: "changed",
      file: `packages/p${String(i % 40)}/src/f${String(i)}.ts`,
      before,
      after,
      findings: Array.from({ length: 10 }, (_, line) => finding({ line: line + 1 })),
    }));
    const page = await open(reportWith(many));
    expect(await page.innerText("#shown")).toBe("5000 of 5000 shown");
    await page.fill("#find", "f499.ts");
    expect(await shown(page)).toHaveLength(10);
    expect(await page.innerText(".chart")).toContain("and 20 more");
  });

  test("a check has nothing to choose", async () => {
    const page = await open(reportWith(files, { mode: "check" }));
    expect(await page.locator("#sites input").count()).toBe(0);
  });
});
