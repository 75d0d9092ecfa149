import type { ScopeForm } from "../discover/project.js";
import type { Kind, Level, Verdict } from "../types.js";

/** Sites of one kind by what would be done about them. */
export type SiteCounts = Readonly<Record<Level | "left" | "accepted", number>>;

/** What a package says about the code in it. */
export interface PackageHealth {
  /** Its package.json, relative to the root. */
  readonly manifest: string;
  /** How its package manager installs. */
  readonly command: string;
  /** The range of the runtime, where it is a dependency already. */
  readonly runtime: string | null;
  /** Sites that a run would change at the level of the configuration. */
  readonly changes: number;
  /** Forms of scope, by the extension of the files that they hold for. */
  readonly scopes: readonly (ScopeForm & { readonly files: string })[];
}

/** How ready a project is; all paths are relative to where it was looked at. */
export interface Health {
  readonly safety: Level;
  readonly scanned: number;
  readonly candidates: number;
  readonly git: "clean" | "dirty" | "none";
  readonly configs: readonly string[];
  /** Configurations below, which a run from here does not read. */
  readonly unread: readonly string[];
  readonly baseline: string | null;
  readonly packages: readonly PackageHealth[];
  readonly kinds: readonly {
    readonly kind: Kind;
    readonly counts: SiteCounts;
    readonly verdicts: Partial<Readonly<Record<Verdict, number>>>;
  }[];
  readonly failures: readonly { readonly file: string; readonly error: string }[];
  /** Folders by the number of sites that would change, most first. */
  readonly folders: readonly { readonly folder: string; readonly changes: number }[];
}
