import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ignore from "ignore";
import { ConfigError } from "../errors.js";

/** Where GitHub and GitLab look, in their order. */
const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

interface Rule {
  readonly owners: string;
  readonly isFor: (file: string) => boolean;
}

/** Who owns a file of the project: the last line of CODEOWNERS that fits. */
export function codeOwners(root: string): (file: string) => string {
  const { top, text } = fileAbove(root);
  const rules = rulesIn(text);
  const way = relative(top, root).split(sep).join("/");
  return (file) => {
    const path = way === "" ? file : `${way}/${file}`;
    return rules.findLast((rule) => rule.isFor(path))?.owners ?? "nobody";
  };
}

function fileAbove(root: string): { readonly top: string; readonly text: string } {
  for (let top = root; ; top = dirname(top)) {
    const found = places.map((place) => join(top, place)).find((path) => existsSync(path));
    if (found !== undefined) return { top, text: readFileSync(found, "utf8") };
    if (existsSync(join(top, ".git")) || top === dirname(top))
      throw new ConfigError(
        `--split-by owner: there is no CODEOWNERS file.\nExpected one of ${places.join(", ")} in ${top}.`,
      );
  }
}

/** A section of GitLab has default owners, for lines of it that name none. */
function rulesIn(text: string): readonly Rule[] {
  let fallback = "";
  return text.split(/\r?\n/).flatMap((line): readonly Rule[] => {
    const words = line.replace(/(^|\s)#.*$/, "").trim();
    const section = /^\^?\[[^\]]+\](?:\[\d+\])?(.*)$/.exec(words);
    if (section !== null) fallback = (section[1] ?? "").trim();
    if (words === "" || section !== null) return [];
    const [pattern = "", ...owners] = words.match(/(?:\\.|\S)+/g) ?? [];
    const matcher = ignore().add(pattern);
    return [{ owners: owners.join(" ") || fallback || "nobody", isFor: (file) => matcher.ignores(file) }];
  });
}
