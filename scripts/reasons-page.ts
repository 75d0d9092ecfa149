/**
 * Writes docs/reasons.md: every verdict and every reason to leave a site, with an example of docs/examples/, what
 * the engine says about it, what a human can do, and the same code mended. `--check` compares instead of writing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { advice, verdictTexts } from "../src/advice.js";
import { leaveReasons } from "../src/reasons.js";
import { type Example, readExample } from "../test/support/examples.js";
import { reasons, reasonsOfChecks } from "../test/support/fixtures.js";

const page = "docs/reasons.md";
const head = `# Verdicts, and why a site is left alone

Each site that is found has a verdict: who must release it. Each site that is not rewritten has a reason. \`npx resource-codemod --explain file:line\` shows both for a place in your code, with the path that leaks. The examples here are run by the tests: the tool says exactly this about them. This page is written by \`npx tsx scripts/reasons-page.ts\` from [examples](examples).
`;

const sections = [
  head,
  "## Verdicts\n",
  ...Object.entries(verdictTexts).map(([verdict, text]) => verdictSection(verdict, text)),
  "## Reasons\n",
  ...reasons.map((reason) => reasonSection(reason)),
  ...reasonsOfChecks.map(
    (reason) => `### ${reason}\n\n${leaveReasons[reason]}\n\n**What a human can do.** ${advice[reason]}\n`,
  ),
];
const text = await format(sections.join("\n"), {
  parser: "markdown",
  printWidth: 110,
  embeddedLanguageFormatting: "off",
});
if (!process.argv.includes("--check")) writeFileSync(page, text);
else if (readFileSync(page, "utf8") !== text) {
  console.error(`${page} is not up to date. Run: npx tsx scripts/reasons-page.ts`);
  process.exitCode = 1;
}

function verdictSection(verdict: string, says: string): string {
  const example = needed(`verdict-${verdict}`);
  const change =
    example.patch === "" ? [] : [fenced("diff", example.patch.replace(/^(---|\+\+\+).*\n/gm, ""))];
  return [`### ${verdict}\n`, `${says}\n`, fenced("ts", example.text), `${said(example)}\n`, ...change].join(
    "\n",
  );
}

function reasonSection(reason: keyof typeof leaveReasons): string {
  const mended = readExample(`${reason}.mended`);
  const after =
    mended === undefined ? [] : ["Mended by hand:\n", fenced("ts", mended.text), `${said(mended)}\n`];
  return [
    `### ${reason}\n`,
    `${leaveReasons[reason]}\n`,
    fenced("ts", needed(reason).text),
    `**What a human can do.** ${advice[reason]}\n`,
    ...after,
  ].join("\n");
}

function needed(name: string): Example {
  const example = readExample(name);
  if (example === undefined)
    throw new Error(`docs/examples/${name}.ts is missing: a small file that shows it.`);
  return example;
}

/** What the engine says about the first site: with more than one they agree, as the tests show. */
function said({ findings: [finding] }: Example): string {
  if (finding === undefined) return "The tool finds nothing there that somebody must release.";
  const { ownership, decision, level, message } = finding;
  return decision.action === "leave"
    ? `The tool says: ${ownership.verdict} (${decision.reason}).`
    : `The tool says: ${ownership.verdict}, and rewrites it at \`--safety ${level}\`. ${message}`;
}

function fenced(language: string, code: string): string {
  return `\`\`\`${language}\n${code.trimEnd()}\n\`\`\`\n`;
}
