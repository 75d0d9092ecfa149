import type { Site } from "../summary.js";
import { html, type Markup } from "./text.js";

const foldersAtMost = 20;

/** How many sites there are of each sort, and how many of them need changing. */
interface Bar {
  readonly name: string;
  readonly all: number;
  readonly open: number;
}

/** Bars by folder: the first two names of each path. */
export function byFolder(sites: readonly Site[], isOpen: (site: Site) => boolean): Markup {
  return chart(
    "By folder",
    barsOf(sites, ({ file }) => file.split("/").slice(0, -1).slice(0, 2).join("/") || ".", isOpen),
  );
}

export function byKind(sites: readonly Site[], isOpen: (site: Site) => boolean): Markup {
  return chart(
    "By kind",
    barsOf(sites, ({ finding }) => finding.acquisition.kind, isOpen),
  );
}

function barsOf(
  sites: readonly Site[],
  nameOf: (site: Site) => string,
  isOpen: (site: Site) => boolean,
): readonly Bar[] {
  const bars = new Map<string, { all: number; open: number }>();
  for (const site of sites) {
    const bar = bars.get(nameOf(site)) ?? { all: 0, open: 0 };
    bars.set(nameOf(site), { all: bar.all + 1, open: bar.open + (isOpen(site) ? 1 : 0) });
  }
  return [...bars]
    .map(([name, counts]) => ({ name, ...counts }))
    .sort((a, b) => b.open - a.open || b.all - a.all || (a.name < b.name ? -1 : 1));
}

function chart(title: string, bars: readonly Bar[]): Markup {
  const longest = Math.max(1, ...bars.map(({ all }) => all));
  const shown = bars.slice(0, foldersAtMost);
  const rest = bars.length - shown.length;
  return html`<section class="chart">
    <h2>${title}</h2>
    <table>
      <thead class="hidden">
        <tr>
          <th>name</th>
          <th>need changing, of all</th>
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${shown.map((bar) => row(bar, longest))}
      </tbody>
    </table>
    ${rest > 0 ? html`<p class="dim">and ${rest} more</p>` : html``}
  </section>`;
}

function row({ name, all, open }: Bar, longest: number): Markup {
  const width = (count: number): string => `${((count / longest) * 100).toFixed(1)}%`;
  return html`<tr>
    <th scope="row"><button type="button" class="link" data-find="${name}">${name}</button></th>
    <td class="count">${open} <span class="dim">of ${all}</span></td>
    <td class="bars" aria-hidden="true">
      <span class="bar" style="width:${width(all)}"
        ><span style="width:${all === 0 ? "0" : `${((open / all) * 100).toFixed(1)}%`}"></span
      ></span>
    </td>
  </tr>`;
}
