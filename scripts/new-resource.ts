/**
 * Scaffolds a resource: `npm run new-resource -- gates#Pool --construct --release end`. Writes its entry into
 * src/catalogue/packages/, one fixture that is rewritten and one that is left, the types that they need, and the pages in
 * docs/; touches nothing else. Options: --construct, --promise, --kind <kind>, --release <method>, --async, --twice (a
 * second release is harmless), --docs <address>.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { format, resolveConfig } from "prettier";
import { parseArgs } from "node:util";
import { changeFile } from "../src/change.js";
import { modelOfDefinition, type ResourceDefinition } from "../src/catalogue/define.js";
import { builtIn } from "../src/catalogue/index.js";
import { pathKey } from "../src/catalogue/indexed.js";
import { kinds } from "../src/catalogue/kinds.js";
import { Decider, noNeighbours } from "../src/decide.js";
import { ConfigError } from "../src/errors.js";
import { didYouMean } from "../src/options/nearest.js";
import { planFile } from "../src/plan/index.js";
import { defaultOptions } from "../src/options/defaults.js";
import type { Kind, Options, ResourceModel } from "../src/types.js";

interface Wanted {
  readonly module: string;
  readonly member: string;
  readonly kind: Kind;
  readonly release: string;
  readonly docs: string;
  readonly isClass: boolean;
  readonly isPromise: boolean;
  readonly isAsync: boolean;
  readonly isHarmless: boolean;
}

const usage =
  "npm run new-resource -- <module>#<export> [--construct] [--promise] [--kind <kind>] [--release <method>] [--async] [--twice] [--docs <address>]";

function wantedFrom(args: readonly string[]): Wanted {
  const flag = { type: "boolean", default: false } as const;
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      construct: flag,
      promise: flag,
      async: flag,
      twice: flag,
      kind: text("connection"),
      release: text("close"),
      docs: text(""),
    },
  });
  const [, module = "", member = ""] = /^([^#]+)#([\w$.]+)$/.exec(positionals[0] ?? "") ?? [];
  if (module === "" || positionals.length !== 1) throw new ConfigError(`Usage: ${usage}`);
  return {
    module,
    member,
    kind: kindOf(values.kind),
    release: values.release,
    docs: values.docs,
    isClass: values.construct,
    isPromise: values.promise,
    isAsync: values.async,
    isHarmless: values.twice,
  };
}

function kindOf(name: string): Kind {
  const all = Object.keys(kinds);
  const isKind = (one: string): one is Kind => all.includes(one);
  if (isKind(name)) return name;
  throw new ConfigError(
    `--kind: unknown value "${name}".${didYouMean(name, all)}\nExpected one of ${all.join(", ")}.`,
  );
}

function modelOf({
  module,
  member,
  kind,
  release,
  isClass,
  isPromise,
  isAsync,
  isHarmless,
}: Wanted): ResourceModel {
  const definition: ResourceDefinition = {
    kind,
    acquire: isClass ? { module, construct: member } : { module, call: member },
    yields: isPromise ? "promise" : "handle",
    release: [{ by: "method", name: release, async: isAsync, again: isHarmless ? "harmless" : "throws" }],
  };
  return modelOfDefinition(definition);
}

const slugOf = ({ module, member }: Wanted): string =>
  `${module}-${member}`
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/[^\w]+|_/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();

const camel = (slug: string): string => slug.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The entry, as somebody would write it by hand. */
function entryText(wanted: Wanted, name: string): string {
  const { module, member, kind, release, docs, isClass, isPromise, isAsync, isHarmless } = wanted;
  const completes = isAsync ? "" : `, "now"`;
  const releasing = isHarmless ? `method("${release}"${completes})` : `onceOnly("${release}"${completes})`;
  const adopting = isHarmless ? `adopt("(handle) => handle.${release}()")` : "adoptOnce";
  const imports = ["family", ...(isHarmless ? ["adopt", "method"] : ["adoptOnce", "onceOnly"])]
    .sort()
    .join(", ");
  const again = isHarmless ? "a second release does nothing" : "it must be released once";
  return `import type { ResourceModel } from "../../types.js";
import { ${imports} } from "../entry.js";

/** ${docs === "" ? `https://www.npmjs.com/package/${module}` : docs}: ${again}. */
export const ${name}: readonly ResourceModel[] = family(
  { kind: "${kind}", release: [${releasing}], ends: [], adopt: ${adopting} },
  [{ modules: ["${module}"], path: ${JSON.stringify(member.split("."))}${isClass ? `, by: "construct"` : ""}${isPromise ? `, yields: "promise"` : ""} }],
);
`;
}

/** The catalogue with one more import and one more list. */
function withEntry(index: string, slug: string): string {
  const name = camel(slug);
  const imports = `import { ${name} } from "./packages/${slug}.js";\n`;
  const firstOwn = index.indexOf("import { readline }");
  const end = index.indexOf("\n];", index.indexOf("export const catalogue"));
  return `${index.slice(0, firstOwn)}${imports}${index.slice(firstOwn, end)}\n  ...${name},${index.slice(end)}`;
}

function programs(wanted: Wanted): { readonly rewritten: string; readonly left: string } {
  const { module, member, release, isClass, isPromise, isAsync } = wanted;
  const [root = ""] = member.split(".");
  const acquire = `${isPromise ? "await " : ""}${isClass ? "new " : ""}${member}()`;
  const releasing = `${isAsync ? "await " : ""}handle.${release}();`;
  const head = `import { ${root} } from "${module}";\n\nexport async function check(run: () => Promise<void>): Promise<void> {\n  const handle = ${acquire};\n`;
  return {
    rewritten: `${head}  await run();\n  ${releasing}\n}\n`,
    left: `${head}  try {\n    await run();\n  } finally {\n    ${releasing}\n  }\n}\n`,
  };
}

/** No more than the fixtures use. */
function typesText({ module, member, release, isClass, isPromise, isAsync }: Wanted): string {
  const result = isAsync ? "Promise<void>" : "void";
  const body = `{ ${release}(): ${result} }`;
  const [root = "", ...rest] = member.split(".");
  const given = isPromise ? `Promise<${body}>` : body;
  const inner = rest.reduceRight(
    (type, name) => `{ ${name}: ${type} }`,
    isClass ? `new () => ${body}` : `() => ${given}`,
  );
  return `declare module "${module}" {\n  export const ${root}: ${inner};\n}\n`;
}

async function outputOf(text: string, file: string, model: ResourceModel): Promise<string> {
  const options: Options = {
    ...defaultOptions(process.cwd()),
    syntax: "using",
    format: "none",
    resources: [model],
  };
  const decider = new Decider(options, { ...noNeighbours, files: [file] });
  const decide = (source: string) => {
    const decision = decider.decideSource({ path: file, text: source });
    if (!decision.ok) throw new Error(decision.error);
    return decision.decided;
  };
  const decided = decide(text);
  const outcome = await changeFile({
    decided,
    plan: planFile(decided, options),
    options,
    replan: (source) => planFile(decide(source), options),
  });
  if (outcome.status === "changed") return outcome.after;
  throw new Error(`The fixture is not rewritten: ${JSON.stringify(outcome)}`);
}

async function main(): Promise<void> {
  const wanted = wantedFrom(process.argv.slice(2));
  const model = modelOf(wanted);
  if (builtIn.byPath.has(pathKey(wanted.module, model.acquire.path)))
    throw new ConfigError(`${model.id} is in the catalogue already.`);
  const slug = slugOf(wanted);
  const entry = `src/catalogue/packages/${slug}.ts`;
  if (existsSync(entry)) throw new ConfigError(`${entry} is there already.`);
  const { rewritten, left } = programs(wanted);
  const fixtures = `__testfixtures__/${model.transform}`;
  const index = "src/catalogue/index.ts";
  const files = {
    [entry]: await pretty(entryText(wanted, camel(slug)), entry),
    [index]: await pretty(withEntry(readFileSync(index, "utf8"), slug), index),
    [`__testfixtures__/ambient/${slug}.d.ts`]: typesText(wanted),
    [`${fixtures}/${slug}-released-only-on-success.input.ts`]: rewritten,
    [`${fixtures}/${slug}-released-only-on-success.output.ts`]: await outputOf(
      rewritten,
      `${slug}.ts`,
      model,
    ),
    [`${fixtures}/leave-released-in-finally-${slug}.input.ts`]: left,
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  // A process of its own: this one has read the catalogue as it was.
  execFileSync(process.execPath, ["--import", "tsx", "scripts/resource-pages.ts"], { stdio: "inherit" });
  console.log(
    [...Object.keys(files), `docs/resources/${wanted.kind}.md`].map((file) => `wrote ${file}`).join("\n"),
  );
  console.log(
    "Read the documentation of the package, correct the entry, then: npx vitest run test/fixtures.test.ts",
  );
}

async function pretty(text: string, file: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

await main().catch((thrown: unknown) => {
  if (!(thrown instanceof ConfigError)) throw thrown;
  console.error(thrown.message);
  process.exitCode = 2;
});
