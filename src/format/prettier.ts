import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Options, Span } from "../types.js";
import { foldersUp } from "../folders.js";

/** One prettier with the configuration of one file. */
export interface Engine {
  /** The project has a prettier configuration for this file. */
  readonly isConfigured: boolean;
  readonly format: (text: string, range?: Span) => Promise<string>;
}

type Settings = Readonly<Record<string, unknown>>;

/** What versions 1 to 3 have in common; up to version 2 `format` returns the text itself. */
interface Prettier {
  readonly format: (text: string, settings: Settings) => string | Promise<string>;
  readonly resolveConfig: (file: string, settings: Settings) => Promise<Settings | null>;
  readonly resolveConfigFile: (file: string) => Promise<string | null>;
  readonly getFileInfo: (file: string, settings: Settings) => Promise<{ readonly ignored: boolean }>;
}

/** The project's own prettier; ours when the project has a configuration only; null when it uses none. */
export async function engineFor(file: string, style: Options["format"]): Promise<Engine | null> {
  const installed = installedFor(file);
  const prettier = installed ?? (await ownPrettier());
  const isConfigured = (await prettier.resolveConfigFile(file)) !== null;
  if (installed === null && !isConfigured && style !== "prettier") return null;
  const { ignored } = await prettier.getFileInfo(file, ignoreSettings(file));
  if (ignored) return null;
  const settings = {
    ...(await prettier.resolveConfig(file, { editorconfig: true })),
    filepath: file,
    // The file keeps its line ends, and the contents of template literals are not ours to format.
    endOfLine: "auto",
    embeddedLanguageFormatting: "off",
  };
  const format: Engine["format"] = async (text, range) =>
    prettier.format(
      text,
      range === undefined ? settings : { ...settings, rangeStart: range.start, rangeEnd: range.end },
    );
  return { isConfigured, format };
}

function installedFor(file: string): Prettier | null {
  const require = createRequire(file);
  if (!canResolve(require)) return null;
  const loaded: unknown = require("prettier");
  if (!isPrettier(loaded)) throw new TypeError("the project's prettier is too old");
  return loaded;
}

function canResolve(require: NodeJS.Require): boolean {
  try {
    return require.resolve("prettier") !== "";
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "MODULE_NOT_FOUND") return false;
    throw thrown;
  }
}

async function ownPrettier(): Promise<Prettier> {
  const loaded: unknown = await import("prettier");
  if (!isPrettier(loaded)) throw new TypeError("the prettier of resource-codemod cannot be loaded");
  return loaded;
}

function isPrettier(value: unknown): value is Prettier {
  if (typeof value !== "object" || value === null) return false;
  const members = new Map<string, unknown>(Object.entries(value));
  return ["format", "resolveConfig", "resolveConfigFile", "getFileInfo"].every(
    (name) => typeof members.get(name) === "function",
  );
}

/** The nearest `.prettierignore`, in the folder of the file or above it. */
function ignoreSettings(file: string): Settings {
  for (const folder of foldersUp(path.dirname(file))) {
    const ignorePath = path.join(folder, ".prettierignore");
    if (existsSync(ignorePath)) return { ignorePath };
  }
  return {};
}
