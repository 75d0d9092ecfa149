// VitePress checks that a linked page exists; this checks that the linked heading does.
import { posix } from "node:path";

/** `collect` takes each page as it is rendered, `check` fails the build for an anchor that no page has. */
export function anchors() {
  const ids = new Map();
  const links = [];

  function collect(page, html) {
    const path = page.replace(/\.md$/, ".html");
    ids.set(path, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)));
    for (const [, to, anchor] of html.matchAll(/ href="([^":#]*)#([^"]+)"/g))
      links.push({ from: path, to: targetOf(path, to), anchor: decodeURIComponent(anchor) });
  }

  function check() {
    if (links.length === 0)
      throw new Error("No page has a link to an anchor. Expected some: was it rendered?");
    const dead = links.filter(({ to, anchor }) => ids.get(to)?.has(anchor) !== true);
    const lines = dead.map(
      ({ from, to, anchor }) => `${from} links to #${anchor}, which ${to} does not have.`,
    );
    if (dead.length > 0) throw new Error([...new Set(lines), "Mend the link, or the heading."].join("\n"));
  }

  return { collect, check };
}

function targetOf(path, to) {
  if (to === "") return path;
  const joined = to.startsWith("/") ? to.slice(1) : posix.join(posix.dirname(path), to);
  const page = joined === "" || joined.endsWith("/") ? `${joined}index.html` : joined;
  return page.endsWith(".html") ? page : `${page}.html`;
}
