import { isAllowed } from "../../plan/levels.js";
import { ownManifest } from "../../manifest.js";
import type { FileOutcome, RunReport } from "../../types.js";
import { counted } from "../style.js";
import { summarise, type Site, type Summary } from "../summary.js";
import { byFolder, byKind } from "./charts.js";
import { sideBySide } from "./diff.js";
import { script } from "./script.js";
import { idOf, reasonPages, siteTable, stateOf } from "./sites.js";
import { stylesheet } from "./stylesheet.js";
import { html, type Markup, raw } from "./text.js";

/**
 * One page that needs nothing besides itself: totals, bars, every site with a filter, the changes side by side, and the
 * reasons. After a dry run each change can be taken or not, and the choice saved for `--write --select <file>`.
 * It can be read without scripts.
 */
export function htmlPage(report: RunReport): string {
  const summary = summarise(report);
  const isOpen = ({ finding }: Site): boolean =>
    finding.decision.action === "rewrite" &&
    isAllowed(finding.level, report.safety) &&
    finding.standing.is === "new";
  const changed = report.files.flatMap((file) => (file.status === "changed" ? [file] : []));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>resource-codemod: ${titleOf(report, summary)}</title>
        <style>
          ${raw(stylesheet)}
        </style>
      </head>
      <body>
        <header>
          <h1>${titleOf(report, summary)}</h1>
          <p class="dim">resource-codemod ${ownManifest().version}, ${report.mode}, level ${report.safety}</p>
        </header>
        <main>
          ${totals(report, summary)}
          <div class="charts">${byFolder(summary.sites, isOpen)}${byKind(summary.sites, isOpen)}</div>
          ${failures(summary)}
          <section>
            <h2 id="all">Sites</h2>
            ${filters(summary.sites, report)} ${siteTable(summary.sites, report)}
          </section>
          ${diffs(changed, report)} ${reasonPages(summary.left.map(({ reason }) => reason))}
        </main>
        <script>
          ${raw(script)};
        </script>
      </body>
    </html>`;
  return `${page.markup}\n`;
}

function titleOf({ mode }: RunReport, { applied, changed }: Summary): string {
  const verb = { dry: "would change", check: "need changing", write: "changed" }[mode];
  return `${counted(applied.length, "site")} in ${counted(changed, "file")} ${verb}`;
}

function totals(report: RunReport, summary: Summary): Markup {
  const rows: readonly (readonly [string, number])[] = [
    ["files", report.scanned],
    ["sites", summary.sites.length],
    [
      report.mode === "check" ? "new" : report.mode === "write" ? "changed" : "would change",
      summary.applied.length,
    ],
    ...Object.entries(summary.above).map(([level, count]) => [`held back, ${level}`, count] as const),
    ["left", summary.left.reduce((sum, group) => sum + group.sites.length, 0)],
    ["suppressed", summary.suppressed],
    ["in baseline", summary.inBaseline],
    ["failed", summary.failed.length],
  ];
  return html`<dl class="totals">
    ${rows.map(
      ([name, count]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${count}</dd>
        </div>`,
    )}
  </dl>`;
}

function failures({ failed }: Summary): Markup {
  if (failed.length === 0) return html``;
  const rows = failed.map(
    ({ file, stage, error }) => html`<li><code>${file}</code> (${stage}): ${error}</li>`,
  );
  return html`<section class="failed">
    <h2>Could not be processed</h2>
    <ul>
      ${rows}
    </ul>
  </section>`;
}

function filters(sites: readonly Site[], report: RunReport): Markup {
  const states = [...new Set(sites.map((site) => stateOf(site, report)))].sort();
  const kinds = [...new Set(sites.map(({ finding }) => finding.acquisition.kind))].sort();
  const saving = html`<p class="choice" hidden>
    <button type="button" id="all-on">take all shown</button>
    <button type="button" id="all-off">take none shown</button>
    <button type="button" id="save">save selection</button> <span id="chosen"></span>
  </p>`;
  return html`<form class="filters" hidden>
      <label>find <input type="search" id="find" placeholder="path, call, reason" /></label>
      <label
        >state
        <select id="state">
          <option value="">all</option>
          ${states.map((one) => option(one, one === "change"))}
        </select></label
      >
      <label
        >kind
        <select id="kind">
          <option value="">all</option>
          ${kinds.map((one) => option(one, false))}
        </select></label
      >
      <output id="shown" for="find state kind" aria-live="polite"></output>
    </form>
    ${report.mode === "dry" ? saving : html``}`;
}

/** What is to be looked at is shown first; the rest is one choice away, and counted. */
function option(value: string, isChosen: boolean): Markup {
  return isChosen ? html`<option selected>${value}</option>` : html`<option>${value}</option>`;
}

function diffs(changed: readonly Extract<FileOutcome, { status: "changed" }>[], { mode }: RunReport): Markup {
  if (changed.length === 0) return html``;
  const files = changed.map(
    (file) =>
      html`<details id="${idOf(file.file)}" class="file">
        <summary><code>${file.file}</code></summary>
        <div class="scroll" tabindex="0" role="region" aria-label="changes of ${file.file}">
          ${sideBySide(file)}
        </div>
      </details>`,
  );
  return html`<section>
    <h2>${mode === "write" ? "What was changed" : "What would change"}</h2>
    ${files}
  </section>`;
}
