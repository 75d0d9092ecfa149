import type { Health } from "./health.js";

/** What to do first, in this order; each names the command where there is one. */
export function stepsOf(health: Health): readonly string[] {
  const changes = health.folders.reduce((sum, one) => sum + one.changes, 0);
  return [
    ...hindrances(health),
    ...(changes > 0 ? migration(health, changes) : []),
    ...watch(health, changes),
  ];
}

/** What makes an answer, or a write, impossible. */
function hindrances({ failures, git, unread }: Health): readonly string[] {
  const [first] = failures;
  return [
    ...(git === "none"
      ? ["Put the project under git: --write needs an old state that git can bring back (or --allow-no-vcs)."]
      : []),
    ...(first === undefined
      ? []
      : [
          `Mend ${first.file}${more(failures.length)}, or leave it out with --ignore: it cannot be read as code.`,
        ]),
    ...(unread.length === 0
      ? []
      : [
          `${unread.join(", ")}: not read by a run from here. Run there as well (--cwd), or take it into the configuration here.`,
        ]),
    ...(git === "dirty"
      ? ["Commit or stash what has changed: --write refuses files with uncommitted changes."]
      : []),
  ];
}

const more = (count: number): string => (count > 1 ? ` and ${String(count - 1)} more` : "");

function migration({ folders, packages, safety }: Health, changes: number): readonly string[] {
  const [folder] = folders;
  const [without] = packages
    .filter(({ runtime, changes: own }) => runtime === null && own > 0)
    .filter(({ manifest }) => touches(folder?.folder ?? ".", manifest))
    .sort((one, other) => other.manifest.length - one.manifest.length);
  const place = folder === undefined || folder.folder === "." ? "" : ` ${folder.folder}`;
  return [
    `Look at the changes: npx resource-codemod --dry${place} (${String(folder?.changes ?? changes)} of ${String(changes)} at level ${safety}).`,
    `Make them: npx resource-codemod --write${place}${
      without === undefined
        ? "."
        : `, then ${without.command}: it adds resource-context to ${without.manifest}.`
    }`,
  ];
}

/** Whether a package lies in a folder, or the folder in it. */
function touches(folder: string, manifest: string): boolean {
  const own = manifest.replace(/(?:^|\/)package\.json$/, "");
  return own === "" || `${folder}/`.startsWith(`${own}/`) || `${own}/`.startsWith(`${folder}/`);
}

/** What keeps the rest from growing. */
function watch({ baseline, configs, kinds }: Health, changes: number): readonly string[] {
  const drift = kinds.reduce((sum, { counts }) => sum + counts.safe + counts.likely + counts.unsafe, 0);
  if (drift === 0 && kinds.length === 0)
    return ["Nothing to do: no resource that the catalogue knows is acquired here."];
  const setUp = configs.length === 0 || (baseline === null && changes > 0);
  return [
    ...(setUp
      ? ["Let the rest stand, and catch what is new: npx resource-codemod init, then commit what it made."]
      : []),
    ...(!setUp && changes === 0 ? ["Keep it so: npx resource-codemod --check in CI."] : []),
  ];
}
