import { advice, verdictTexts } from "../advice.js";
import type { Attempt } from "../explain/attempts.js";
import type { Explained, Explanation } from "../explain/index.js";
import { isApplied } from "../plan/levels.js";
import { leaveReasons } from "../reasons.js";
import type { Finding, Leak, Level } from "../types.js";
import { coloured, visible } from "./diff-lines.js";
import type { Style } from "./style.js";

/** Lines of source shown before and after each step of a path. */
const around = 2;

/** All there is to say about the sites of one place, for people. */
export function explainPretty(explanation: Explanation, style: Style): string {
  const { file, line, isNearest } = explanation;
  const { bold, yellow } = style.colors;
  const notice = isNearest
    ? [yellow(bold(`Line ${line} of ${visible(file)} has no site. This is the nearest one that has:`)), ""]
    : [];
  return [
    ...notice,
    explanation.sites.map((site) => siteText(site, explanation, style)).join("\n\n"),
    "",
  ].join("\n");
}

function siteText(site: Explained, explanation: Explanation, style: Style): string {
  const { bold } = style.colors;
  const { acquisition } = site.finding;
  const place = `${visible(explanation.file)}:${acquisition.line}:${acquisition.column}`;
  const inside = acquisition.symbol === "" ? "the module itself" : acquisition.symbol;
  return [
    `${bold(place)}  ${acquisition.api} (${acquisition.kind}) in ${visible(inside)}`,
    "",
    ...verdictLines(site.finding, style),
    ...standingLines(site.finding, explanation, style),
    ...pathLines(site.leak, explanation, style),
    ...attemptLines(site.attempts, style),
    ...outcomeLines(site, explanation, style),
  ].join("\n");
}

const levels: Readonly<Record<Level, string>> = {
  safe: "only error and exit paths change",
  likely: "a lifetime or an observable detail may change",
  unsafe: "needs a human",
};

function verdictLines(
  { ownership, level, decision, message }: Finding,
  { colors }: Style,
): readonly string[] {
  const name = (word: string): string => colors.bold(word.padEnd(9));
  const evidence = Object.entries(ownership).flatMap(([key, value]) =>
    typeof value === "string" && key !== "verdict" && key !== "reason"
      ? [` (${key}: ${visible(value)})`]
      : [],
  );
  return [
    `${name("Verdict")} ${ownership.verdict}: ${verdictTexts[ownership.verdict]}${evidence.join("")}`,
    ...(decision.action === "leave" ? [] : [`${name("Level")} ${level}: ${levels[level]}`]),
    `${name("Why")} ${visible(message)}`,
  ];
}

/** Who has accepted it as it is. */
function standingLines(
  { standing }: Finding,
  { baseline }: Explanation,
  { colors }: Style,
): readonly string[] {
  const name = colors.bold("Accepted".padEnd(9));
  if (standing.is === "suppressed")
    return [`${name} by a comment above it, so no run changes it: ${visible(standing.reason)}`];
  if (standing.is === "baseline")
    return [`${name} by the baseline ${visible(baseline ?? "")}: --check lets it pass, --write changes it`];
  return [];
}

function pathLines(leak: Leak, { source }: Explanation, { colors }: Style): readonly string[] {
  if (leak.length === 0) return ["", "No path was found that leaves it behind."];
  const shown = new Set(
    leak.flatMap(({ line }) => Array.from({ length: 2 * around + 1 }, (_, i) => line - around + i)),
  );
  const numbers = [...shown].filter((line) => line >= 1 && line <= source.length).sort((a, b) => a - b);
  const lines = numbers.flatMap((line, i) => {
    const gap = i > 0 && numbers[i - 1] !== line - 1 ? [colors.dim("       ...")] : [];
    const steps = leak.filter((step) => step.line === line);
    const text = `${String(line).padStart(6)} | ${visible(source[line - 1] ?? "")}`;
    if (steps.length === 0) return [...gap, colors.dim(` ${text}`)];
    const notes = steps.map((step) => colors.yellow(`          ^ ${step.does}${told(step.text)}`));
    return [...gap, `>${text}`, ...notes];
  });
  return ["", colors.bold("The path that leaves it behind"), ...lines];
}

const told = (text: string): string => (text === "" ? "" : `: ${visible(text)}`);

function attemptLines(attempts: readonly Attempt[], { colors }: Style): readonly string[] {
  const lines = attempts.map(({ fix, number, outcome, why }) => {
    const name = fix === "replace" ? number : `${number} ${fix}`;
    const mark = outcome === "fits" ? colors.green("yes") : outcome === "does not fit" ? "no " : "-  ";
    return `  ${mark}  ${name.padEnd(12)}  ${outcome === "not needed" ? `Not needed: ${why}` : why}`;
  });
  return ["", colors.bold("What was tried"), ...lines];
}

function outcomeLines(site: Explained, { safety }: Explanation, style: Style): readonly string[] {
  const { finding, patch } = site;
  const { bold } = style.colors;
  const { decision } = finding;
  if (decision.action === "leave")
    return [
      "",
      `${bold("Left as it is")} (${decision.reason}): ${leaveReasons[decision.reason]}`,
      `${bold("What a human can do")}: ${advice[decision.reason]}`,
      `More: docs/reasons.md#${decision.reason}`,
    ];
  return ["", bold(headingOf(finding, safety)), coloured(patch.trimEnd(), style.colors)];
}

function headingOf(finding: Finding, safety: Level): string {
  const { level, standing } = finding;
  if (standing.is === "suppressed")
    return `Accepted: left as it is. What --safety ${level} would write without the comment`;
  if (isApplied(finding, safety)) return "What would be written";
  return `Held back: this run stops at level ${safety}. What --safety ${level} would write`;
}
