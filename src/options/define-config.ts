import type { ResourceDefinition } from "../catalogue/define.js";
import type { Level, TransformId } from "../types.js";

/** What a configuration may say; every key is optional. */
export interface Settings {
  /** Configurations that this one builds on: paths from this file, or packages. What is said here wins. */
  readonly extends?: string | readonly string[];
  readonly includeTests?: boolean;
  readonly ignore?: readonly string[];
  readonly gitignore?: boolean;
  readonly safety?: Level;
  readonly strict?: boolean;
  readonly transform?: readonly TransformId[];
  readonly skipTransform?: readonly TransformId[];
  readonly syntax?: "auto" | "using" | "try-finally";
  readonly emit?: "adopt" | "acquire";
  readonly runtime?: string;
  readonly contextName?: string;
  /** A word that is known, or a command. */
  readonly verify?: "none" | "parse" | "types" | "auto" | (string & {});
  /** Seconds. */
  readonly verifyTimeout?: number;
  readonly format?: "auto" | "none" | "prettier";
  readonly install?: boolean;
  /** Let a check keep what it found; `true` when absent. */
  readonly cache?: boolean;
  readonly strictBaseline?: boolean;
  /** jscodeshift transforms of the project, relative to this file: each runs after ours, in this order. */
  readonly transforms?: readonly string[];
  /** Resources that the catalogue does not know. */
  readonly resources?: readonly ResourceDefinition[];
}

/** Gives the settings back as they are, with their types checked. */
export function defineConfig(settings: Settings): Settings {
  return settings;
}
