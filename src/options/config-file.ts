import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { ConfigError, toError } from "../errors.js";
import { isRecord, parseJson } from "../json.js";
import { membersOf } from "../json-text.js";
import { settingNames, settingsOf, type Settings } from "./settings.js";

/** One configuration, read and checked. */
export interface ConfigFile {
  readonly path: string;
  /** For messages. */
  readonly where: string;
  readonly settings: Settings;
  /** Where the value of a flag stands: `file:line`, or the file. */
  readonly origin: (flag: string) => string;
}

const name = "resource-codemod";
const extensions = ["ts", "mts", "js", "mjs", "cjs", "cts", "json"];
const names = extensions.map((extension) => `${name}.config.${extension}`);

/** The configuration that stands in a folder; two of them would be a guess. */
export async function configIn(folder: string): Promise<ConfigFile | null> {
  const found = names.map((one) => join(folder, one)).filter((path) => existsSync(path));
  const manifest = join(folder, "package.json");
  const all = isNamedIn(manifest) ? [...found, manifest] : found;
  const [path, other] = all;
  if (path === undefined) return null;
  if (other === undefined) return readConfigFile(path);
  throw new ConfigError(
    `${folder} has two configurations: ${all.map((one) => basename(one)).join(" and ")}.\nKeep one of them, or choose with --config <file>.`,
  );
}

/** A manifest that is broken elsewhere is not this tool's business. */
function isNamedIn(manifest: string): boolean {
  const text = existsSync(manifest) ? textOf(manifest) : "";
  return text.includes(`"${name}"`) && sectionOf(parseJson(manifest, text)) !== undefined;
}

/** A script, a JSON file, or a package.json with our key. */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const folder = dirname(path);
  if (basename(path) !== "package.json" && extname(path) !== ".json") {
    const { loadScript } = await import("./script.js");
    const settings = settingsOf({ folder, where: path }, await loadScript(path));
    return { path, where: path, settings, origin: () => path };
  }
  const text = textOf(path);
  const content = parseJson(path, text);
  if (basename(path) !== "package.json") {
    const settings = settingsOf({ folder, where: path }, content);
    return { path, where: path, settings, origin: (flag) => `${path}:${lineOf(text, [], flag)}` };
  }
  const where = `"${name}" in ${path}`;
  const section = sectionOf(content);
  if (section === undefined)
    throw new ConfigError(`${path} has no key "${name}".\nExpected { "${name}": { .. } }.`);
  const settings = settingsOf({ folder, where }, section);
  return { path, where, settings, origin: (flag) => `${path}:${lineOf(text, [name], flag)}` };
}

function sectionOf(manifest: unknown): unknown {
  return isRecord(manifest) ? manifest[name] : undefined;
}

/** The line of a setting. The text is known to be valid JSON with that member. */
function lineOf(text: string, outer: readonly string[], flag: string): string {
  const key = [...settingNames].find(([, one]) => one === flag)?.[0] ?? flag;
  let open = text.indexOf("{");
  let at = open;
  for (const step of [...outer, key]) {
    const member = membersOf(text, open).find((one) => one.key === step);
    at = member?.keyStart ?? at;
    open = member?.valueStart ?? open;
  }
  return String(text.slice(0, at).split("\n").length);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    throw new ConfigError(`${path} cannot be read: ${toError(thrown).message}`);
  }
}
