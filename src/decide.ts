import { readFileSync } from "node:fs";
import path from "node:path";
import { findAcquisitions, modelOf } from "./analyse/acquisitions.js";
import { exportedNames, exportedOrigin } from "./analyse/exports.js";
import { factsOf } from "./analyse/facts.js";
import { nothingInferred } from "./analyse/inferred.js";
import { findMocked } from "./analyse/mocks.js";
import { noExports, ProjectExports } from "./analyse/modules.js";
import type { ExportLookup } from "./analyse/origins.js";
import { parseBatch, type Unit } from "./analyse/unit.js";
import { acquiringNames } from "./catalogue/index.js";
import { Projects } from "./discover/project.js";
import { importersOf } from "./discover/rescan.js";
import { toError } from "./errors.js";
import { decide } from "./ownership/index.js";
import { lookupIn, summarise } from "./ownership/summaries/index.js";
import { type DecidedFile, isSelected } from "./plan/index.js";
import type { Discovery, Kind, Options, Stage } from "./types.js";

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export type Decision =
  | { readonly ok: true; readonly decided: DecidedFile }
  | { readonly ok: false; readonly file: string; readonly stage: Stage; readonly error: string };

/** Files parsed together: enough to share the checker's start-up, few enough to keep memory flat. */
const batchSize = 40;

/** Decides file after file; AST nodes live only as long as their batch. */
export class Decider {
  private readonly projects: Projects;
  private readonly mocked: (file: string, kind: Kind) => boolean;
  private exportsOf: ExportLookup = noExports;

  constructor(
    private readonly options: Options,
    private readonly discovery: Pick<Discovery, "files" | "mockingTests">,
  ) {
    this.projects = new Projects(options);
    let find: ((file: string, kind: Kind) => boolean) | undefined;
    this.mocked = (file, kind) => (find ??= findMocked(options.root, discovery.mockingTests))(file, kind);
  }

  /** All candidates, and then the files that get a resource function from one of them. */
  async decideAll(
    candidates: readonly string[],
    onDone: (done: number, total: number) => void,
  ): Promise<readonly Decision[]> {
    const decisions = new Map<string, Decision>();
    const passedOn = new Set<string>();
    const note = (unit: Unit): void => passedOnBy(unit).forEach((name) => passedOn.add(name));
    await this.inBatches(candidates, { decisions, note, onDone });
    if (passedOn.size > 0) {
      this.exportsOf = new ProjectExports(this.options.root).lookup;
      const importers = importersOf([...passedOn], this.discovery.files, this.options.root);
      await this.inBatches(importers, { decisions, note: () => undefined, onDone });
    }
    return [...decisions.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, decision]) => decision);
  }

  /** One text, decided as it would be in its place in the project. */
  decideSource(file: SourceFile): Decision {
    const [decision] = this.batch([file], () => undefined);
    return decision ?? failed(file.path, "analyse", "no decision");
  }

  private async inBatches(files: readonly string[], { decisions, note, onDone }: Pass): Promise<void> {
    for (let start = 0; start < files.length; start += batchSize) {
      const batch = files.slice(start, start + batchSize);
      const sources = batch.flatMap((file) => {
        const source = read(this.options.root, file);
        if ("error" in source) decisions.set(file, failed(file, "read", source.error));
        return "error" in source ? [] : [source];
      });
      for (const decision of this.batch(sources, note))
        decisions.set(decision.ok ? decision.decided.file : decision.file, decision);
      onDone(Math.min(start + batchSize, files.length), files.length);
      // A signal is only heard between two turns of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private batch(files: readonly SourceFile[], note: (unit: Unit) => void): readonly Decision[] {
    return parseBatch(files).map((parsed) => {
      if (!parsed.ok) return failed(parsed.path, "parse", parsed.error);
      try {
        note(parsed.unit);
        return { ok: true, decided: this.decideUnit(parsed.unit) };
      } catch (thrown) {
        return failed(parsed.unit.path, "analyse", toError(thrown).stack ?? String(thrown));
      }
    });
  }

  private decideUnit(unit: Unit): DecidedFile {
    const { options, exportsOf } = this;
    const { packageType, syntax, caution } = this.projects.factsFor(unit.path);
    const isMocked = (kind: Kind): boolean => this.mocked(unit.path, kind);
    const { contextName, strict } = options;
    const scopes = options.transforms.includes("async-functions");
    const around = { exportsOf, syntax, scopes, contextName, strict, isMocked, caution };
    const summaries = summarise(unit, { exportsOf, inferredOf: nothingInferred });
    const inferredOf = lookupIn(unit.path, summaries, nothingInferred);
    const decided = decide(findAcquisitions(unit, exportsOf, inferredOf), around);
    const findings = decided.filter((finding) => isSelected(finding, options.transforms));
    const facts = options.mode === "check" ? null : factsOf(unit, { runtime: options.runtime, packageType });
    return { file: unit.path, source: unit.text, facts, findings };
  }
}

interface Pass {
  readonly decisions: Map<string, Decision>;
  readonly note: (unit: Unit) => void;
  readonly onDone: (done: number, total: number) => void;
}

/** The names under which a file hands catalogued functions on to others. */
function passedOnBy(unit: Unit): readonly string[] {
  return exportedNames(unit).flatMap((name) => {
    if (name === "*") return acquiringNames.filter((one) => isAcquiring(unit, one));
    return isAcquiring(unit, name) ? [name] : [];
  });
}

function isAcquiring(unit: Unit, name: string): boolean {
  const origin = exportedOrigin(unit, name, noExports);
  return origin !== undefined && (origin.path.length === 0 || modelOf(origin) !== undefined);
}

function failed(file: string, stage: Stage, error: string): Decision {
  return { ok: false, file, stage, error };
}

function read(root: string, file: string): SourceFile | { readonly error: string } {
  try {
    const bytes = readFileSync(path.join(root, file));
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { path: file, text };
  } catch (thrown) {
    return { error: toError(thrown).message };
  }
}
