import { relative, sep } from "node:path";
import { git, parts } from "../git.js";
import { isApplied } from "../plan/levels.js";
import { run } from "../run.js";
import type { FileOutcome, Finding, Kind, Options, Progress } from "../types.js";
import type { Health, SiteCounts } from "./health.js";
import { packagesOf } from "./packages.js";
import { areaOf } from "../folders.js";

interface Examined {
  readonly options: Options;
  /** Absolute paths of the configurations that count. */
  readonly configs: readonly string[];
}

/** Looks at a project as a check does, and at what is around it. Reads only. */
export async function examine({ options, configs }: Examined, progress: Progress): Promise<Health> {
  const report = await run({ ...options, mode: "check", verify: "parse", install: false }, progress);
  const { root, safety } = options;
  const { files, scanned, candidates } = report;
  const way = (path: string): string => relative(root, path).split(sep).join("/");
  const own = configs.map(way);
  return {
    safety,
    scanned,
    candidates,
    git: await stateOf(root),
    configs: own,
    unread: (await configsBelow(root)).filter((path) => !own.includes(path)),
    baseline: report.baseline?.file ?? null,
    packages: packagesOf(files, options),
    kinds: kindsOf(files.flatMap((file) => file.findings)),
    failures: files.flatMap((one) =>
      one.status === "failed" ? [{ file: one.file, error: `${one.stage}: ${one.error}` }] : [],
    ),
    folders: foldersOf(files, options),
  };
}

async function stateOf(root: string): Promise<Health["git"]> {
  const answer = await git(root, ["status", "--porcelain=v1", "-z", "--untracked-files=no", "--", "."]);
  if (answer.status === "failed") return "none";
  return answer.stdout.length === 0 ? "clean" : "dirty";
}

async function configsBelow(root: string): Promise<readonly string[]> {
  const answer = await git(root, ["ls-files", "-z", "--", ":(glob)**/resource-codemod.config.*"]);
  return answer.status === "failed" ? [] : parts(answer.stdout);
}

function kindsOf(findings: readonly Finding[]): Health["kinds"] {
  const kinds = new Map<Kind, Finding[]>();
  for (const finding of findings) {
    const { kind } = finding.acquisition;
    kinds.set(kind, [...(kinds.get(kind) ?? []), finding]);
  }
  return [...kinds]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([kind, all]) => ({ kind, counts: countsOf(all), verdicts: verdictsOf(all) }));
}

function countsOf(findings: readonly Finding[]): SiteCounts {
  const counts = { safe: 0, likely: 0, unsafe: 0, left: 0, accepted: 0 };
  for (const { decision, level, standing } of findings) {
    if (decision.action === "leave") counts.left++;
    else if (standing.is === "new") counts[level]++;
    else counts.accepted++;
  }
  return counts;
}

function verdictsOf(findings: readonly Finding[]): Health["kinds"][number]["verdicts"] {
  const verdicts: { [verdict in Finding["ownership"]["verdict"]]?: number } = {};
  for (const { ownership } of findings) verdicts[ownership.verdict] = (verdicts[ownership.verdict] ?? 0) + 1;
  return verdicts;
}

/** Where a migration can begin: two steps deep, so that a package of a monorepo is one folder. */
function foldersOf(files: readonly FileOutcome[], { safety }: Options): Health["folders"] {
  const folders = new Map<string, number>();
  for (const { file, findings } of files) {
    const folder = areaOf(file);
    const changes = findings.filter((finding) => isApplied(finding, safety)).length;
    if (changes > 0) folders.set(folder, (folders.get(folder) ?? 0) + changes);
  }
  return [...folders]
    .map(([folder, changes]) => ({ folder, changes }))
    .sort((one, other) => other.changes - one.changes || (one.folder < other.folder ? -1 : 1));
}
