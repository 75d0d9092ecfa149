import { existsSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { git } from "../git.js";
import { ownManifest } from "../manifest.js";
import { ciFiles, gitlabInclude, type CiName } from "./ci.js";
import { hookSnippets, type Snippet } from "./hooks.js";
import { repositoryOf, foldersUp } from "../folders.js";

interface NewFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** What a project gets; nothing that is there is touched. */
export interface Setup {
  readonly create: readonly NewFile[];
  /** There already; absolute. */
  readonly kept: readonly string[];
  /** For files of the project. */
  readonly snippets: readonly Snippet[];
}

interface Asked {
  readonly root: string;
  /** The configuration that counts here; null when there is none. */
  readonly config: string | null;
  /** Empty: what the repository shows that it uses. */
  readonly ci: readonly CiName[];
}

/** Plans the files of a project: configuration, CI, and snippets for hooks. */
export async function planSetup({ root, config, ci }: Asked): Promise<Setup> {
  const top = repositoryOf(root) ?? root;
  const names = ci.length > 0 ? ci : await ciOf(top);
  const wanted = [
    ...(config === null
      ? [{ path: join(root, "resource-codemod.config.json"), text: configText(root) }]
      : []),
    ...names.flatMap((name) => filesOf(name, { top, root })),
  ];
  const kept = wanted.map(({ path }) => path).filter((path) => existsSync(path));
  return {
    create: wanted.filter(({ path }) => !kept.includes(path)),
    kept: [...(config === null ? [] : [config]), ...kept],
    snippets: [...ciSnippets(names, top), ...hookSnippets(top)],
  };
}

interface Places {
  readonly top: string;
  readonly root: string;
}

function filesOf(name: CiName, { top, root }: Places): readonly NewFile[] {
  const way = relative(top, root).split(sep).join("/");
  const pinned = { version: ownManifest().version, place: way === "" ? "" : ` --cwd ${way}` };
  const { path, text } = ciFiles[name];
  const pipeline = join(top, ".gitlab-ci.yml");
  return [
    { path: join(top, path), text: text(pinned) },
    ...(name === "gitlab" && !existsSync(pipeline) ? [{ path: pipeline, text: gitlabInclude }] : []),
  ];
}

/** The schema is found where the package is installed; without it an editor says so, and the command does not care. */
function configText(root: string): string {
  const installed = upwards(root, (folder) => existsSync(join(folder, "node_modules"))) ?? root;
  const way = relative(root, installed).split(sep).join("/");
  const $schema = `${way === "" ? "." : way}/node_modules/resource-codemod/schema.json`;
  return `${JSON.stringify({ $schema, safety: "safe" }, null, 2)}\n`;
}

function ciSnippets(names: readonly CiName[], top: string): readonly Snippet[] {
  if (names.length === 0)
    return [
      {
        title: "No CI was recognised. For one of these, run",
        text: "npx resource-codemod init --ci github\nnpx resource-codemod init --ci gitlab\n",
      },
    ];
  const pipeline = join(top, ".gitlab-ci.yml");
  const isMissing = existsSync(pipeline) && !readFileSync(pipeline, "utf8").includes(ciFiles.gitlab.path);
  return names.includes("gitlab") && isMissing
    ? [{ title: "GitLab: add this to .gitlab-ci.yml", text: gitlabInclude }]
    : [];
}

/** By the files that are there, else by where the repository is pushed to. */
async function ciOf(top: string): Promise<readonly CiName[]> {
  const found = [
    ...(existsSync(join(top, ".github")) ? (["github"] as const) : []),
    ...(existsSync(join(top, ".gitlab-ci.yml")) ? (["gitlab"] as const) : []),
  ];
  if (found.length > 0) return found;
  const remotes = await git(top, ["remote", "-v"]);
  const text = remotes.status === "done" ? remotes.stdout.toString("utf8") : "";
  return (["github", "gitlab"] as const).filter((name) => new RegExp(`[@/.]${name}\\.`).test(text));
}

function upwards(start: string, is: (folder: string) => boolean): string | null {
  for (const folder of foldersUp(start)) {
    if (is(folder)) return folder;
  }
  return null;
}
