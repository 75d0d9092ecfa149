import { advice, verdictTexts } from "../../advice.js";
import { isApplied } from "../../plan/levels.js";
import { leaveReasons } from "../../reasons.js";
import type { LeaveReason, RunReport } from "../../types.js";
import { calleeOf } from "../rules.js";
import type { Site } from "../summary.js";
import { html, type Markup, prose } from "./text.js";

/** What happens to a site, in one word: what the filter offers. */
export function stateOf({ finding }: Site, { safety, mode }: RunReport): string {
  const { decision, standing } = finding;
  if (standing.is === "suppressed") return "suppressed";
  if (standing.is === "declined") return "declined";
  if (standing.is === "baseline" && mode === "check") return "baseline";
  if (decision.action === "leave") return "left";
  if (!isApplied(finding, safety)) return "held back";
  return mode === "write" ? "changed" : "change";
}

/** A row for each site; whoever filters reads `data-text` and the attributes beside it. */
export function siteTable(sites: readonly Site[], report: RunReport): Markup {
  const canChoose = report.mode === "dry";
  return html`<table class="sites" id="sites">
    <caption class="hidden">
      Every site
    </caption>
    <thead>
      <tr>
        ${canChoose ? html`<th scope="col">apply</th>` : html``}
        <th scope="col">place</th>
        <th scope="col">call</th>
        <th scope="col">state</th>
        <th scope="col">why</th>
      </tr>
    </thead>
    <tbody>
      ${sites.map((site) => row(site, report, canChoose))}
    </tbody>
  </table>`;
}

function row(site: Site, report: RunReport, canChoose: boolean): Markup {
  const { file, finding } = site;
  const { acquisition, decision, ownership, level, message } = finding;
  const { line, api, symbol, kind, fingerprint } = acquisition;
  const state = stateOf(site, report);
  const reason = decision.action === "leave" ? decision.reason : null;
  const place = `${file}:${String(line)}`;
  const box = html`<td>
    ${
      state === "change"
        ? html`<input
            type="checkbox"
            checked
            data-file="${file}"
            data-print="${fingerprint}"
            aria-label="apply the change at ${place}"
          />`
        : html``
    }
  </td>`;
  return html`<tr
    data-state="${state}"
    data-kind="${kind}"
    data-level="${level}"
    data-text="${`${place} ${api} ${symbol} ${reason ?? ""} ${ownership.verdict}`.toLowerCase()}"
  >
    ${canChoose ? box : html``}
    <th scope="row">
      ${state.startsWith("change") ? html`<a href="#${idOf(file)}">${place}</a>` : html`${place}`}
    </th>
    <td>
      <code>${calleeOf(api)}</code>${symbol === "" ? html`` : html` <span class="dim">in ${symbol}</span>`}
    </td>
    <td>
      <span class="state">${state}</span>
      ${decision.action === "rewrite" ? html`<span class="dim">${level}</span>` : html``}
    </td>
    <td>
      ${prose(message)} ${reason === null ? html`` : html`<a href="#reason-${reason}">${reason}</a>`}
      <span class="dim" title="${verdictTexts[ownership.verdict]}">${ownership.verdict}</span>
    </td>
  </tr>`;
}

/** The place of a file in the page. */
export function idOf(file: string): string {
  return `file-${encodeURIComponent(file)}`;
}

/** What each reason of this report means, and what a human can do. */
export function reasonPages(reasons: readonly LeaveReason[]): Markup {
  if (reasons.length === 0) return html``;
  const pages = [...reasons].sort().map(
    (reason) =>
      html`<div class="reason" id="reason-${reason}">
        <dt>${reason}</dt>
        <dd>${prose(leaveReasons[reason])} <span class="dim">${prose(advice[reason])}</span></dd>
      </div>`,
  );
  return html`<section>
    <h2>Why sites are left</h2>
    <dl>${pages}</dl>
  </section>`;
}
