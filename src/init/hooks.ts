import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Something that a project may put into a file of its own; we do not touch that file. */
export interface Snippet {
  readonly title: string;
  readonly text: string;
}

const check = "npx resource-codemod --check --staged";

/** How the hook that the project has runs the check; without one, how git does. */
export function hookSnippets(top: string): readonly Snippet[] {
  const manifest = textAt(join(top, "package.json"));
  const usesLintStaged =
    manifest.includes('"lint-staged"') ||
    [".lintstagedrc", ".lintstagedrc.json"].some((name) => isAt(top, name));
  const found = [
    ...(isAt(top, ".pre-commit-config.yaml") ? [preCommit] : []),
    ...(usesLintStaged ? [lintStaged] : []),
    ...(isAt(top, ".husky")
      ? [{ title: "husky: add this line to .husky/pre-commit", text: `${check}\n` }]
      : []),
  ];
  if (found.length > 0) return found;
  return [
    { title: "A hook: make .git/hooks/pre-commit executable, with", text: `#!/bin/sh\nexec ${check}\n` },
  ];
}

const preCommit: Snippet = {
  title: "pre-commit: add this below repos: in .pre-commit-config.yaml",
  text: `  - repo: local
    hooks:
      - id: resource-codemod
        name: resource-codemod
        entry: ${check}
        language: system
        types_or: [javascript, jsx, ts, tsx, vue, svelte]
        pass_filenames: false
`,
};

const lintStaged: Snippet = {
  title: "lint-staged: add this to its configuration",
  text: `"*.{js,jsx,cjs,mjs,ts,tsx,cts,mts,vue,svelte}": "resource-codemod --check --staged"
`,
};

const isAt = (top: string, name: string): boolean => existsSync(join(top, name));

const textAt = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
