import type { Health, PackageHealth, SiteCounts } from "../doctor/health.js";
import { stepsOf } from "../doctor/steps.js";
import { visible } from "./diff-lines.js";
import { counted, type Colors } from "./style.js";

/** How ready a project is, for people. */
export function doctorPretty(health: Health, colors: Colors): string {
  const sections = [
    project(health, colors),
    packages(health, colors),
    scopes(health, colors),
    sites(health, colors),
    verdicts(health, colors),
    failures(health, colors),
    steps(health, colors),
  ];
  return sections.filter((section) => section !== "").join("\n\n") + "\n";
}

/** The same for other tools. */
export function doctorJson(health: Health): string {
  return `${JSON.stringify({ version: 1, ...health, steps: stepsOf(health) }, null, 2)}\n`;
}

const gitTexts: Readonly<Record<Health["git"], string>> = {
  clean: "clean: what is written can be taken back",
  dirty: "files with uncommitted changes: --write refuses those",
  none: "not under git",
};

function project({ git, configs, unread, baseline, scanned, candidates }: Health, colors: Colors): string {
  const rows: readonly (readonly [string, string])[] = [
    ["Looked at", `${counted(scanned, "file")}, ${counted(candidates, "candidate")}`],
    ["Git", gitTexts[git]],
    ["Configuration", configs.length === 0 ? "none: defaults hold" : configs.map(visible).join(", extends ")],
    ...unread.map((path): readonly [string, string] => [
      "Not read",
      `${visible(path)}, below: runs from there read it`,
    ]),
    ["Baseline", baseline === null ? "none" : visible(baseline)],
  ];
  return rows.map(([name, value]) => `${colors.bold(name.padEnd(13))} ${value}`).join("\n");
}

const shownPackages = 12;

function packages({ packages: all }: Health, colors: Colors): string {
  if (all.length === 0) return "";
  const rest = all.length - shownPackages;
  const more = rest > 0 ? [`  and ${counted(rest, "package")} more (--reporter json has all)`] : [];
  return [colors.bold("Packages"), ...all.slice(0, shownPackages).map(packageLine), ...more].join("\n");
}

function packageLine({ manifest, command, runtime, changes }: PackageHealth): string {
  const dependency = runtime === null ? "is no dependency yet" : `is a dependency (${runtime})`;
  return `  ${visible(manifest)}: ${counted(changes, "change")}; resource-context ${dependency}; ${command}`;
}

/** Each form with its reason once: packages of a monorepo are seldom built in ways of their own. */
function scopes({ packages: all }: Health, colors: Colors): string {
  if (all.length === 0) return "";
  const places = new Map<string, string[]>();
  for (const { manifest, scopes: own } of all)
    for (const { form, because, files } of own) {
      const key = `${form === "using" ? "await using" : "try/finally"}: ${because}`;
      places.set(key, [...(places.get(key) ?? []), `${files} of ${manifest}`]);
    }
  const lines = [...places].flatMap(([key, [first = "", ...others]]) => [
    `  ${key}`,
    colors.dim(
      `    ${visible(first)}${others.length > 0 ? ` and of ${counted(others.length, "package")} more` : ""}`,
    ),
  ]);
  return [colors.bold("How scopes are written"), ...lines].join("\n");
}

const columns = ["safe", "likely", "unsafe", "left", "accepted"] as const;

function sites({ kinds }: Health, colors: Colors): string {
  if (kinds.length === 0) return "";
  const row = (name: string, counts: SiteCounts): string =>
    `  ${name.padEnd(15)}${columns.map((column) => String(counts[column]).padStart(10)).join("")}`;
  const sum = (column: keyof SiteCounts): number =>
    kinds.reduce((all, { counts }) => all + counts[column], 0);
  const total = {
    safe: sum("safe"),
    likely: sum("likely"),
    unsafe: sum("unsafe"),
    left: sum("left"),
    accepted: sum("accepted"),
  };
  return [
    colors.bold(
      "Sites by kind: rewritten at a level, left with a reason, accepted by a comment or the baseline",
    ),
    colors.dim(`  ${"".padEnd(15)}${columns.map((column) => column.padStart(10)).join("")}`),
    ...kinds.map(({ kind, counts }) => row(kind, counts)),
    ...(kinds.length > 1 ? [row("all", total)] : []),
  ].join("\n");
}

function verdicts({ kinds }: Health, colors: Colors): string {
  if (kinds.length === 0) return "";
  const lines = kinds.map(({ kind, verdicts: own }) => {
    const sorted = Object.entries(own).sort(([, one], [, other]) => other - one);
    const counts = sorted.map(([verdict, count]) => `${verdict} ${String(count)}`);
    return `  ${kind.padEnd(15)} ${counts.join(", ")}`;
  });
  return [colors.bold("Who must release them"), ...lines].join("\n");
}

function failures({ failures: all }: Health, colors: Colors): string {
  if (all.length === 0) return "";
  const lines = all.map(({ file, error }) => `  ${visible(file)} (${visible(error.split("\n")[0] ?? "")})`);
  return [colors.red(colors.bold("Could not be processed")), ...lines].join("\n");
}

function steps(health: Health, colors: Colors): string {
  const lines = stepsOf(health).map((step, index) => `  ${String(index + 1)}. ${visible(step)}`);
  return [colors.bold("What to do first"), ...lines].join("\n");
}
