import { structuredPatch } from "diff";
import { html, type Markup } from "./text.js";

interface Texts {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** One side of a row; `null` where the other side has a line more. */
interface Line {
  readonly number: number;
  readonly text: string;
}

interface Row {
  readonly old: Line | null;
  readonly fresh: Line | null;
  readonly isChange: boolean;
}

/** Both texts next to each other, with three lines around each change. */
export function sideBySide({ file, before, after }: Texts): Markup {
  const { hunks } = structuredPatch(file, file, before, after, undefined, undefined, { context: 3 });
  const bodies = hunks.map(
    (hunk) =>
      html`<tbody>
        <tr class="gap">
          <td colspan="4">line ${hunk.oldStart}</td>
        </tr>
        ${rowsOf(hunk).map(row)}
      </tbody>`,
  );
  return html`<table class="diff">
    <caption class="hidden">
      Changes of ${file}, before on the left, after on the right
    </caption>
    <colgroup>
      <col class="number" />
      <col />
      <col class="number" />
      <col />
    </colgroup>
    <thead class="hidden">
      <tr>
        <th>line</th>
        <th>before</th>
        <th>line</th>
        <th>after</th>
      </tr>
    </thead>
    ${bodies}
  </table>`;
}

function row({ old, fresh, isChange }: Row): Markup {
  return html`<tr>
    ${side(old, isChange ? "del" : "")}${side(fresh, isChange ? "add" : "")}
  </tr>`;
}

function side(line: Line | null, change: string): Markup {
  if (line === null)
    return html`<td class="number"></td>
      <td class="none"></td>`;
  const sign = change === "" ? "" : change === "del" ? "removed: " : "added: ";
  return html`<td class="number">${line.number}</td>
    <td class="${change}"><span class="hidden">${sign}</span><code>${line.text}</code></td>`;
}

interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly string[];
}

/** Removed and added lines that follow each other stand side by side. */
function rowsOf({ oldStart, newStart, lines }: Hunk): readonly Row[] {
  const rows: Row[] = [];
  const removed: Line[] = [];
  const added: Line[] = [];
  let old = oldStart;
  let fresh = newStart;
  const flush = (): void => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++)
      rows.push({ old: removed[i] ?? null, fresh: added[i] ?? null, isChange: true });
    removed.length = 0;
    added.length = 0;
  };
  for (const line of lines) {
    const text = line.slice(1).replace(/\r$/, "");
    if (line.startsWith("-")) removed.push({ number: old++, text });
    else if (line.startsWith("+")) added.push({ number: fresh++, text });
    else if (line.startsWith(" ")) {
      flush();
      rows.push({ old: { number: old++, text }, fresh: { number: fresh++, text }, isChange: false });
    }
  }
  flush();
  return rows;
}
