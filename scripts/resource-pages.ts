/**
 * Writes docs/resources/<kind>.md and docs/resources.md from the catalogue and the fixtures. `--check` compares instead
 * of writing.
 */
import { format } from "prettier";
import { catalogue } from "../src/catalogue/index.js";
import { kinds } from "../src/catalogue/kinds.js";
import { policyOf, releasesOf } from "../src/catalogue/listing.js";
import type { KindTraits, ResourceModel } from "../src/types.js";
import { decided } from "./check-fixtures.js";
import { type Fixture, readFixtures } from "../test/support/fixtures.js";
import { writePages } from "./pages.js";

const folder = "docs/resources";
const fixtures = readFixtures().map((fixture) => ({ fixture, sites: decided(fixture) }));

/** Every page by its path. */
export async function resourcePages(): Promise<ReadonlyMap<string, string>> {
  const pages = Object.entries(kinds).map(([kind, traits]) => [`${folder}/${kind}.md`, pageOf(kind, traits)]);
  const all = new Map([
    ["docs/resources.md", overview()],
    ...pages.map(([path = "", text = ""]) => [path, text] as const),
  ]);
  const formatted = [...all].map(async ([path, text]) => [path, await pretty(text)] as const);
  return new Map(await Promise.all(formatted));
}

const pretty = (text: string): Promise<string> =>
  format(text, { parser: "markdown", printWidth: 110, embeddedLanguageFormatting: "off" });

function overview(): string {
  const rows = Object.entries(kinds).map(([kind, { noun, transform }]) => {
    const count = catalogue.filter((model) => model.kind === kind).length;
    return `| [${kind}](resources/${kind}.md) | ${noun} | \`${transform}\` | ${String(count)} |`;
  });
  return [
    "# Kinds of resources\n",
    "What the catalogue knows. `npx resource-codemod --list-kinds` prints the same, with what the configuration of a project adds. These pages are written by `npx tsx scripts/resource-pages.ts`.\n",
    "| kind | | transform | functions and classes |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function pageOf(kind: string, traits: KindTraits): string {
  const own = catalogue.filter((model) => model.kind === kind);
  return [
    `# ${kind}\n`,
    `A ${traits.noun}; \`--transform ${traits.transform}\`: [what it changes, and what it does not see](../transforms/${traits.transform}.md). ${traits.outlives ? "It is still there when the program is gone." : "It ends with the program; what leaks is what a running program forgets."}\n`,
    ...(own.length === 0 ? ["Each class of the project that has a dispose symbol."] : tableOf(own)),
    "",
    ...exampleOf(kind, true),
    ...exampleOf(kind, false),
  ].join("\n");
}

function tableOf(own: readonly ResourceModel[]): readonly string[] {
  return ["| acquired by | released by | a rewrite writes |", "| --- | --- | --- |", ...own.map(row)];
}

function row(model: ResourceModel): string {
  const released = releasesOf(model).map((one) => `\`${one}\``);
  const cells = [`\`${model.id}\`${others(model)}`, released.join(", "), `\`${policyOf(model)}\``];
  return `| ${cells.map((one) => one.replace(/\|/g, "\\|")).join(" | ")} |`;
}

/** Modules that pass the same function on. */
function others({ acquire: { modules } }: ResourceModel): string {
  const rest = modules.slice(1).filter((module) => module !== "globalThis");
  return rest.length === 0 ? "" : `, also of ${rest.map((module) => `\`${module}\``).join(", ")}`;
}

/** The shortest fixture that is rewritten, or left, for nothing but this kind. */
function exampleOf(kind: string, isRewritten: boolean): readonly string[] {
  const fitting = fixtures
    .filter(
      ({ sites }) =>
        sites.length > 0 && sites.every((one) => one.kind === kind && one.isRewritten === isRewritten),
    )
    .map(({ fixture }) => fixture)
    .filter(
      ({ expectation, settings }) =>
        expectation.is === (isRewritten ? "rewritten" : "left") && Object.keys(settings).length === 0,
    )
    .sort((a, b) => textOf(a).length - textOf(b).length);
  const [shortest] = fitting;
  if (shortest === undefined) return [];
  const output = shortest.files[0]?.output ?? "";
  if (!isRewritten && shortest.expectation.is === "left")
    return [`Left, \`${shortest.expectation.reason}\`:\n`, fenced(output)];
  return ["Before:\n", fenced(textOf(shortest)), "After:\n", fenced(output)];
}

const textOf = ({ files }: Fixture): string => files[0]?.input ?? "";

const fenced = (code: string): string => `\`\`\`ts\n${code.trimEnd()}\n\`\`\`\n`;

if (process.argv[1]?.endsWith("resource-pages.ts") === true)
  writePages(await resourcePages(), "resource-pages.ts");
