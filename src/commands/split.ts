import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { createText } from "../apply/create.js";
import { ownerOf, packageAt } from "../apply/owners.js";
import { ConfigError } from "../errors.js";
import { git } from "../git.js";
import type { CliOptions } from "../options/build.js";
import type { Split } from "../options/split.js";
import { counted } from "../reporters/style.js";
import { run } from "../run.js";
import {
  changesOf,
  partsOf,
  stepsBetween,
  together,
  transformOf,
  type Part,
  type State,
} from "../split/parts.js";
import { partName, partText } from "../split/text.js";
import { servingTransforms } from "../transform-ids.js";
import type { RunReport } from "../types.js";
import { deliver } from "./deliver.js";
import { watched } from "./run.js";
import type { ExitCode, Session } from "./session.js";
import { areaOf } from "../folders.js";

interface Splitting {
  readonly options: CliOptions;
  readonly split: Split;
}

/** `--split-by`: the patch of a preview in parts, one for each review. */
export async function splitPatch({ options, split }: Splitting, session: Session): Promise<ExitCode> {
  const folder = resolve(options.root, split.folder);
  refuseOldParts(folder, split.folder);
  const report = await work(options, session);
  const parts =
    split.by === "transform" ? await byTransform(options, report, session) : await byFile(split, report);
  refuseDifference(parts, report);
  const author = await authorIn(options.root);
  for (const [index, part] of parts.entries())
    createText(join(folder, partName(part, index)), partText(part, author));
  await deliver(report, { options, session });
  const names = parts.map(
    (part, index) => `  ${split.folder}${partName(part, index)}  ${counted(part.files.length, "file")}\n`,
  );
  if (options.verbosity !== "quiet")
    session.print(
      `${counted(parts.length, "part")}, to be applied in this order: git apply, or git am for a commit each\n${names.join("")}`,
    );
  return report.exitCode;
}

const work = (options: CliOptions, session: Session): Promise<RunReport> =>
  watched(options, session, (progress) => run(options, progress));

/** Patches of another run among the new ones would be applied with them. */
function refuseOldParts(folder: string, given: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new ConfigError(
    `--patch=${given}: the folder is not empty.\nExpected an empty folder, or one that is not there yet: old patches would be applied with the new ones.`,
  );
}

async function byFile({ by }: Split, report: RunReport): Promise<readonly Part[]> {
  if (by === "directory") return partsOf(report, areaOf);
  if (by === "package") return partsOf(report, (file) => packageOf(report.root, file));
  return partsOf(report, (await import("../split/owners.js")).codeOwners(report.root));
}

function packageOf(root: string, file: string): string {
  const owner = ownerOf(dirname(join(root, file)));
  if (owner === null) return ".";
  const { name } = packageAt(owner);
  return typeof name === "string" ? name : relative(root, dirname(owner)).split(sep).join("/");
}

/** Each state is that of a run with one transform more, and so has passed every check by itself. */
async function byTransform(
  options: CliOptions,
  whole: RunReport,
  session: Session,
): Promise<readonly Part[]> {
  const used = new Set(whole.files.flatMap(({ findings }) => findings.map(transformOf)));
  const chosen = options.transforms.filter((id) => used.has(id) && !servingTransforms.includes(id));
  const states: State[] = [];
  for (const [index, id] of chosen.entries()) {
    const transforms = [...chosen.slice(0, index + 1), ...servingTransforms];
    const isWhole = index === chosen.length - 1 && options.ownTransforms.length === 0;
    const report = isWhole ? whole : await work({ ...options, transforms, ownTransforms: [] }, session);
    states.push({ name: id, report });
  }
  const own = options.ownTransforms.map(({ name }) => name).join(", ");
  return stepsBetween(own === "" ? states : [...states, { name: own, report: whole }]);
}

/** The parts together are the whole, or nobody gets any. */
function refuseDifference(parts: readonly Part[], report: RunReport): void {
  const made = together(parts);
  const wanted = changesOf(report);
  const isSame = made?.size === wanted.length && wanted.every(({ file, after }) => made.get(file) === after);
  if (!isSame) throw new Error("The parts do not make the whole. Nothing was written; please report this.");
}

async function authorIn(root: string): Promise<string | null> {
  const answer = await git(root, ["var", "GIT_AUTHOR_IDENT"]);
  if (answer.status === "failed") return null;
  return /^(.* <.*>) \d+ [+-]\d+\s*$/.exec(answer.stdout.toString("utf8"))?.[1] ?? null;
}
