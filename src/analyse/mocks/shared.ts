import { builtinModules } from "node:module";
import path from "node:path";
import { exists, filesIn, readUtf8 } from "../../disk.js";
import type { Kind } from "../../types.js";
import { resolveFile } from "../modules.js";
import type { ImportGraph } from "./graph.js";
import type { Tests } from "./index.js";
import { kindsByModule } from "./replaced.js";
import { replacedIn } from "./replacing.js";

/** A file that replaces something for tests which do not ask for it themselves. */
export interface SharedMock {
  readonly file: string;
  readonly kinds: ReadonlySet<Kind>;
  /** Files of the project that it replaces. */
  readonly stubs: ReadonlySet<string>;
  readonly tests: readonly string[];
}

/** Set-up files of Jest and Vitest, and the `__mocks__` that Jest takes for a package whether a test asks or not. */
export function sharedMocks(project: Tests, graph: ImportGraph): readonly SharedMock[] {
  const configs = configsOf(project);
  return [
    ...configs.flatMap((config) => setUpBy(config, project, graph)),
    ...configs.flatMap((config) => automatic(config, project)),
    ...project.tests.flatMap((file) => inFolder(file, project)),
  ].filter(({ kinds, stubs }) => kinds.size + stubs.size > 0);
}

/** A file that says how tests are run, and the tests below it. */
interface Config {
  readonly file: string;
  readonly folder: string;
  readonly text: string;
  readonly tests: readonly string[];
}

const configName = /^(?:package\.json|(?:jest|vitest|vite)[\w.-]*\.(?:[cm]?[jt]s|json))$/;

function configsOf({ root, tests }: Tests): readonly Config[] {
  const byFolder = new Map<string, string[]>();
  for (const test of tests)
    for (const folder of foldersAbove(test)) byFolder.set(folder, [...(byFolder.get(folder) ?? []), test]);
  return [...byFolder].flatMap(([folder, tests]) =>
    filesIn(path.join(root, folder))
      .filter((name) => configName.test(name))
      .map((name) => ({
        file: path.posix.join(folder, name),
        folder,
        tests,
        text: readUtf8(path.join(root, folder, name)),
      })),
  );
}

function foldersAbove(file: string): readonly string[] {
  const found: string[] = [];
  for (let at = path.posix.dirname(file); ; at = path.posix.dirname(at)) {
    found.push(at);
    if (at === ".") return found;
  }
}

const setupKey = /\b(?:setupFiles(?:AfterEnv)?|setupTestFrameworkScriptFile)["']?\s*:\s*(\[[^\]]*\]|[^\n]*)/g;
const baseKey = /\b(?:rootDir|root)["']?\s*:\s*(["'])([^"'\n]+)\1/;

function setUpBy(config: Config, project: Tests, graph: ImportGraph): readonly SharedMock[] {
  const { folder, text, tests } = config;
  const { root } = project;
  const base = path.posix.join(folder, baseKey.exec(text)?.[2] ?? "");
  const named = [...text.matchAll(setupKey)].flatMap(([, value = ""]) => pathsIn(value));
  // What `react-scripts` looks for by itself.
  const usual = text.includes('"react-scripts"') ? ["src/setupTests"] : [];
  return [...named, ...usual].flatMap((name): readonly SharedMock[] => {
    const own = name.replace(/^<rootDir>\/?/, "");
    const setup =
      resolveFile(root, path.posix.join(base, own)) ?? resolveFile(root, path.posix.join(folder, own));
    if (setup === undefined) return [];
    return [setup, ...graph.reach([setup])].map((file) => {
      const { kinds, stubs } = replacedIn(file, project);
      return { file, kinds, stubs, tests };
    });
  });
}

/** `["./a.ts", "./b.ts"]`, `path.join(__dirname, "test", "setup.ts")` */
function pathsIn(value: string): readonly string[] {
  const strings = [...value.matchAll(/(["'`])([^"'`\n]+)\1/g)].map(([, , text = ""]) => text);
  const joined = value.includes("(") ? [strings.join("/")] : [];
  return [...strings, ...joined];
}

/** `automock: true`: every module is a fake but those of Node, the runtime too. */
function automatic({ file, text, tests }: Config, { catalogue }: Tests): readonly SharedMock[] {
  if (!/\bautomock["']?\s*:\s*true\b/.test(text)) return [];
  const kinds = new Set(catalogue.models.map(({ kind }) => kind));
  return [{ file, kinds, stubs: new Set(), tests }];
}

/** Jest takes `__mocks__/execa.js` for the package wherever it lies; those of Node and of the project must be asked for. */
function inFolder(file: string, { root, tests, catalogue }: Tests): readonly SharedMock[] {
  const [, above = "", name = ""] = /^(.*\/)?__mocks__\/(.+?)\.[cm]?[jt]sx?$/.exec(file) ?? [];
  const kinds = kindsByModule(catalogue).get(name);
  if (kinds === undefined || builtinModules.includes(name)) return [];
  const home = foldersAbove(`${above}x`).find((one) => exists(path.join(root, one, "package.json"))) ?? ".";
  if (!usesJest(root, home)) return [];
  const covered = home === "." ? tests : tests.filter((test) => test.startsWith(`${home}/`));
  return [{ file, kinds, stubs: new Set(), tests: covered }];
}

function usesJest(root: string, home: string): boolean {
  return foldersAbove(`${home}/x`).some((folder) => {
    const manifest = path.join(root, folder, "package.json");
    return exists(manifest) && /["'](?:@[\w-]+\/)?[\w-]*\bjest\b/.test(readUtf8(manifest));
  });
}
