import { visible } from "./diff-lines.js";
import { siteLine } from "./site-line.js";
import { counted, type Style } from "./style.js";
import type { Summary } from "./summary.js";

const shownAtMost = 15;

/** What a failing build shows: what is new, why it matters, and the command that mends it. */
export function checkSection({ applied, changed }: Summary, style: Style): string {
  const { colors, command, verbosity } = style;
  if (applied.length === 0) return colors.green("No unmanaged resource needs changing.");
  const shown = verbosity === "verbose" ? applied : applied.slice(0, shownAtMost);
  const [first] = applied;
  const place = first === undefined ? "" : `${first.file}:${String(first.finding.acquisition.line)}`;
  const more = applied.length - shown.length;
  return [
    colors.red(
      colors.bold(`${counted(applied.length, "unmanaged resource")} in ${counted(changed, "file")}`),
    ),
    ...shown.map((site) => `  ${siteLine(site, style)}`),
    ...(more > 0 ? [colors.dim(`  and ${String(more)} more (--verbose names each)`)] : []),
    "",
    "When an error, a signal or an exit comes in between, a child process keeps running and a file stays half-written.",
    `See the change:  ${colors.bold(`npx resource-codemod --dry${command}`)}`,
    `Know why:        ${colors.bold(`npx resource-codemod --explain ${visible(place)}`)}`,
    `Make it:         ${colors.bold(`npx resource-codemod --write${command}`)}`,
    `Accept it:       ${colors.bold(`npx resource-codemod --update-baseline${command}`)}`,
  ].join("\n");
}
