/**
 * Writes docs/reasons.md: every reason to leave a site, with a fixture that the tests show to be left for
 * it. `--check` compares instead of writing.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { leaveReasons } from "../src/reasons.js";

const page = "docs/reasons.md";
const head = `# Why a site is left alone

Each site that is found and not rewritten has one of these reasons in the report. The examples are fixtures: the tests run the tool over them, and they come out unchanged, with exactly this reason. This page is written by \`npx tsx scripts/reasons-page.ts\`.
`;

const text = await format(
  [head, ...Object.entries(leaveReasons).map(([reason, why]) => section(reason, why))].join("\n"),
  {
    parser: "markdown",
    printWidth: 110,
    embeddedLanguageFormatting: "off",
  },
);
if (!process.argv.includes("--check")) writeFileSync(page, text);
else if (readFileSync(page, "utf8") !== text) {
  console.error(`${page} is not up to date. Run: npx tsx scripts/reasons-page.ts`);
  process.exitCode = 1;
}

function section(reason: string, why: string): string {
  const file = exampleOf(reason);
  const language = /\.[cm]?js/.test(file) ? "js" : "ts";
  return `## ${reason}\n\n${why}\n\n\`\`\`${language}\n${readFileSync(file, "utf8").trimEnd()}\n\`\`\`\n`;
}

/** The shortest fixture of the reason: names of reasons can be beginnings of others, so fixtures are matched to the longest. */
function exampleOf(reason: string): string {
  const files = readdirSync("__testfixtures__", { recursive: true, encoding: "utf8" })
    .map((file) => path.join("__testfixtures__", file))
    .filter((file) => reasonOf(path.basename(file)) === reason)
    .sort((a, b) => readFileSync(a).length - readFileSync(b).length || (a < b ? -1 : 1));
  const [shortest] = files;
  if (shortest === undefined)
    throw new Error(
      `No fixture shows the reason "${reason}". Add __testfixtures__/<transform>/leave-${reason}-<case>.input.ts.`,
    );
  return shortest;
}

function reasonOf(name: string): string | undefined {
  const known = Object.keys(leaveReasons).filter((reason) => name.startsWith(`leave-${reason}-`));
  return known.sort((a, b) => b.length - a.length)[0];
}
