import { structuredPatch, type StructuredPatchHunk } from "diff";
import { isApplied } from "../plan/levels.js";
import { keyOf } from "../ratchet/selection.js";
import { coloured, visible } from "../reporters/diff-lines.js";
import { siteLine } from "../reporters/site-line.js";
import { counted, type Style } from "../reporters/style.js";
import type { FileOutcome, Finding, RunReport, Selected } from "../types.js";
import { Questions, type Terminal } from "./ask.js";

type Changed = Extract<FileOutcome, { status: "changed" }>;

/** One change to ask about, with the part of the diff that it makes. */
interface Proposal {
  readonly file: string;
  readonly finding: Finding;
  readonly diff: string;
}

/** Says that nothing was taken, by whatever way. */
export type Taken = Selected | null;

const path = "your answers";

/** The diff has been shown: all of it, one by one, or nothing. */
export async function askOnce(report: RunReport, style: Style, terminal: Terminal): Promise<Taken> {
  const proposals = proposalsOf(report);
  return Questions.during(terminal, async (questions) => {
    const question = `Make ${proposals.length === 1 ? "this change" : `these ${counted(proposals.length, "change")}`}?`;
    const answer = await questions.ask(question, ["all", "pick", "quit"]);
    if (answer === "quit") return null;
    return answer === "all" ? taken(proposals) : pickFrom(proposals, style, questions);
  });
}

/** Asks about every change by itself. */
export async function askEach(report: RunReport, style: Style, terminal: Terminal): Promise<Taken> {
  return Questions.during(terminal, (questions) => pickFrom(proposalsOf(report), style, questions));
}

/** `all` takes this one and the rest; `quit` takes nothing at all, what was taken before included. */
async function pickFrom(proposals: readonly Proposal[], style: Style, questions: Questions): Promise<Taken> {
  const chosen: Proposal[] = [];
  for (const [i, proposal] of proposals.entries()) {
    questions.say(
      `\n${style.colors.bold(`[${String(i + 1)}/${String(proposals.length)}]`)} ${siteLine(proposal, style)}`,
    );
    questions.say(coloured(proposal.diff, style.colors));
    const answer = await decide(proposal, questions);
    if (answer === "quit") return null;
    if (answer === "all") return taken([...chosen, ...proposals.slice(i)]);
    if (answer === "yes") chosen.push(proposal);
  }
  return taken(chosen);
}

async function decide(proposal: Proposal, questions: Questions): Promise<"yes" | "no" | "all" | "quit"> {
  for (;;) {
    const answer = await questions.ask("Make this change?", ["yes", "no", "all", "quit", "explain"]);
    if (answer !== "explain") return answer;
    questions.say(explained(proposal.finding));
  }
}

function explained({ message, ownership, level, evidence }: Finding): string {
  const steps = evidence.leak.map(
    ({ line, does, text }) => `  ${String(line).padStart(5)}  ${does.padEnd(20)} ${visible(text)}`,
  );
  return [
    `${visible(message)} (verdict ${ownership.verdict}, level ${level})`,
    ...(steps.length > 0 ? ["The path that leaves it behind:", ...steps] : []),
  ].join("\n");
}

function taken(proposals: readonly Proposal[]): Taken {
  if (proposals.length === 0) return null;
  return {
    path,
    accepted: new Set(
      proposals.map(({ file, finding }) => keyOf({ file, fingerprint: finding.acquisition.fingerprint })),
    ),
  };
}

function proposalsOf({ files, safety }: RunReport): readonly Proposal[] {
  return files.flatMap((file) =>
    file.status === "changed"
      ? proposalsIn(
          file,
          file.findings.filter((one) => isApplied(one, safety)),
        )
      : [],
  );
}

/** Each hunk goes to the change that stands nearest to it. */
function proposalsIn({ file, before, after }: Changed, findings: readonly Finding[]): readonly Proposal[] {
  const { hunks } = structuredPatch(file, file, before, after, undefined, undefined, { context: 3 });
  const shares = new Map(findings.map((finding): [Finding, StructuredPatchHunk[]] => [finding, []]));
  for (const hunk of hunks) {
    const distance = ({ acquisition: { line } }: Finding): number =>
      Math.max(hunk.oldStart - line, line - (hunk.oldStart + hunk.oldLines - 1), 0);
    const near = Math.min(...findings.map(distance));
    for (const finding of findings) if (distance(finding) === near) shares.get(finding)?.push(hunk);
  }
  return findings.map((finding) => ({
    file,
    finding,
    diff: (shares.get(finding) ?? []).map(textOf).join("\n"),
  }));
}

function textOf({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk): string {
  const range = (start: number, count: number): string => `${String(start)},${String(count)}`;
  return [`@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`, ...lines].join("\n");
}
