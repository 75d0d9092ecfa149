// The documentation site: the pages of this repository as they are, each at its own path. `npm run docs:site` builds it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defineConfig } from "vitepress";
import { anchors } from "./anchors.mjs";

const root = join(import.meta.dirname, "../..");
const { collect, check } = anchors();

export default defineConfig({
  title: "resource-codemod",
  description: "Retrofits resource management onto an existing TypeScript or JavaScript codebase.",
  srcDir: "..",
  cacheDir: "../node_modules/.cache/vitepress",
  // Only the pages at the top and in these folders are for readers.
  srcExclude: ["!(docs|runtime|bench|examples)/**/*", "runtime/{api,test}/**"],
  rewrites: (path) => path.replace(/(^|\/)README\.md$/, "$1index.md"),
  markdown: { config: (md) => md.core.ruler.push("repository-links", repositoryLinks) },
  transformHtml: (html, _file, { page }) => collect(page, html),
  buildEnd: check,
  themeConfig: {
    search: { provider: "local" },
    outline: { level: [2, 3] },
    sidebar: [
      { text: "Start", link: "/" },
      group("Guides", "docs/guides"),
      ...optional("Transforms", "docs/transforms"),
      { ...group("Kinds", "docs/resources"), link: "/docs/resources", collapsed: true },
      { text: "Verdicts and reasons", link: "/docs/reasons" },
      { ...group("Runtime", "docs/runtime"), link: "/runtime/" },
      ...optional("API", "docs/api"),
      {
        text: "Behind it",
        items: [
          { text: "What it does not see", link: "/docs/limits" },
          { text: "Architecture", link: "/docs/architecture" },
          { text: "How fast it is", link: "/bench/" },
          { text: "Contributing", link: "/CONTRIBUTING" },
          { text: "Changes", link: "/CHANGELOG" },
        ],
      },
    ],
  },
});

/** Every page of a folder, under its own first heading: a new guide needs no entry here. */
function group(text, folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const items = entries.flatMap((entry) => {
    const path = entry.isDirectory() ? `${folder}/${entry.name}/README.md` : `${folder}/${entry.name}`;
    if (!path.endsWith(".md") || !existsSync(join(root, path))) return [];
    return [{ text: titleOf(path), link: `/${path.replace(/README\.md$/, "").replace(/\.md$/, "")}` }];
  });
  return { text, collapsed: false, items };
}

/** The API pages are generated, and absent while pages are only looked at. */
function optional(text, folder) {
  return existsSync(join(root, folder)) ? [{ ...group(text, folder), collapsed: true }] : [];
}

function titleOf(path) {
  const [, title] = /^# (.+)$/m.exec(readFileSync(join(root, path), "utf8")) ?? [];
  if (title === undefined) throw new Error(`${path} has no first heading. Add one: the sidebar shows it.`);
  return title.replace(/[`\\]/g, "");
}

/** README.md is the index of its folder; a file of the repository that is no page is named, not linked. */
function repositoryLinks({ tokens, env }) {
  for (const { children } of tokens)
    for (const [index, token] of (children ?? []).entries()) {
      const href = token.type === "link_open" ? token.attrGet("href") : null;
      if (href === null || /^(?:[a-z]+:|#|\/)/.test(href)) continue;
      token.attrSet("href", href.replace(/(^|\/)README\.md(?=#|$)/, "$1./"));
      if (!/\.md(?:#|$)/.test(href)) unlink({ children, index, href, file: env.realPath ?? env.path });
    }
}

function unlink({ children, index, href, file }) {
  if (!existsSync(join(dirname(file), href)))
    throw new Error(`${file} links to ${href}, which is neither a page nor a file. Mend the link.`);
  const end = children.findIndex((token, at) => at > index && token.type === "link_close");
  for (const token of [children[index], children[end]]) {
    token.tag = "span";
    token.type = token.type.replace("link", "span");
    token.attrs = null;
  }
}
