import path from "node:path";
import { findAcquisitions } from "./analyse/acquisitions.js";
import { Callees } from "./analyse/callees.js";
import { factsOf } from "./analyse/facts.js";
import { inContainer } from "./analyse/in-container.js";
import { type FileKnowledge, knowledgeOf, ProjectKnowledge } from "./analyse/knowledge.js";
import { findMocked, type Mocked } from "./analyse/mocks/index.js";
import { catalogueWith } from "./catalogue/index.js";
import type { CatalogueIndex } from "./catalogue/indexed.js";
import { Modules } from "./analyse/resolve/index.js";
import { parseBatch, type Unit } from "./analyse/unit.js";
import { readFile } from "./disk.js";
import { Importers } from "./discover/importers.js";
import { Projects } from "./discover/project.js";
import { toError } from "./errors.js";
import { decide, type Surroundings } from "./ownership/index.js";
import { lookupIn, type Summaries, summarise } from "./ownership/summaries/index.js";
import { type DecidedFile, isSelected } from "./plan/index.js";
import { decline } from "./ratchet/selection.js";
import { suppress } from "./ratchet/suppressions.js";
import type { Discovery, Options, Stage } from "./types.js";

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export type Decision = { readonly ok: true; readonly decided: DecidedFile } | Failed;

interface Failed {
  readonly ok: false;
  readonly file: string;
  readonly stage: Stage;
  readonly error: string;
  /** The file has the types of Flow, in a form that TypeScript does not share: nothing is wrong with it. */
  readonly isFlow: boolean;
}

/** Files parsed together: enough to share the checker's start-up, few enough to keep memory flat. */
const batchSize = 40;

/** A wrapper in a package, behind two barrels, wrapped again in another package: real projects need five. */
const maxRounds = 12;

/** What is around files that are decided. */
export type Neighbours = Pick<Discovery, "files" | "mockingTests" | "tests" | "texts" | "belongs">;

/** A text that is looked at by itself. */
export const noNeighbours: Neighbours = {
  files: [],
  mockingTests: [],
  tests: [],
  texts: new Map(),
  belongs: () => true,
};

/** Decides file after file; AST nodes live only as long as their batch. */
export class Decider {
  private readonly projects: Projects;
  private readonly mocked: () => Mocked;
  private readonly modules: Modules;
  private readonly known: ProjectKnowledge;
  private readonly callees: Callees;
  private readonly catalogue: CatalogueIndex;

  constructor(
    private readonly options: Options,
    private readonly discovery: Neighbours,
  ) {
    const { root } = options;
    const catalogue = catalogueWith(options.resources);
    this.catalogue = catalogue;
    this.projects = new Projects(options);
    let found: Mocked | undefined;
    this.mocked = () => (found ??= findMocked({ ...discovery, root, catalogue }));
    this.modules = new Modules(root, discovery.files);
    const resolve = (file: string, specifier: string): string | undefined =>
      this.modules.resolve(file, specifier);
    this.known = new ProjectKnowledge(resolve);
    this.callees = new Callees({ root, resolve, catalogue });
  }

  /**
   * All candidates, then the files that get from one of them a function that acquires, then those that get one from
   * these, until nothing new is handed on. A round only sees what former rounds found: the order of files is all the same.
   */
  async decideAll(
    candidates: readonly string[],
    onDone: (done: number, total: number) => void,
  ): Promise<readonly Decision[]> {
    const decisions = new Map<string, Decision>();
    const importers = new Importers(this.discovery.files, this.options);
    const isCandidate = new Set(candidates);
    const isNeeded = this.neededFor(importers);
    let files = candidates.filter(isNeeded);
    for (let round = 0; round < maxRounds && files.length > 0; round++) {
      const found: FileKnowledge[] = [];
      await this.inBatches(files, { decisions, note: (one) => found.push(one), onDone });
      const offered = this.known.learn(found);
      files =
        offered.size === 0
          ? []
          : importers.of(offered, (file, name) => this.modules.resolve(file, name)).filter(isNeeded);
    }
    return [...decisions.entries()]
      .filter(([file, one]) => isCandidate.has(file) || !one.ok || one.decided.findings.length > 0)
      .filter(([file]) => this.discovery.belongs(file))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, decision]) => decision);
  }

  /** A part of the project is decided with all that it imports, and with nothing else. */
  private neededFor(importers: Importers): (file: string) => boolean {
    if (this.options.shard === null) return () => true;
    const { files, belongs } = this.discovery;
    const needed = importers.closure(files.filter(belongs), (file, name) => this.modules.resolve(file, name));
    return (file) => needed.has(file);
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
        const text = this.discovery.texts.get(file);
        const source = text === undefined ? read(this.options.root, file) : { path: file, text };
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

  private batch(files: readonly SourceFile[], note: Pass["note"]): readonly Decision[] {
    return parseBatch(files, this.catalogue).map((parsed) => {
      if (!parsed.ok) return { ...failed(parsed.path, "parse", parsed.error), isFlow: parsed.isFlow };
      try {
        const { exportsOf, inferredOf } = this.known;
        const { of: calleeOf, classOf } = this.callees;
        const summaries = summarise(parsed.unit, { exportsOf, inferredOf, calleeOf, classOf });
        note(knowledgeOf(parsed.unit, summaries, this.known));
        return { ok: true, decided: this.decideUnit(parsed.unit, summaries) };
      } catch (thrown) {
        return failed(parsed.unit.path, "analyse", toError(thrown).stack ?? String(thrown));
      }
    });
  }

  private decideUnit(unit: Unit, summaries: Summaries): DecidedFile {
    const { options, known } = this;
    const { packageType, syntax, host, ...project } = this.projects.factsFor(unit.path);
    const caution = project.caution ?? inContainer(unit);
    const mockerOf: Surroundings["mockerOf"] = (kind, definedIn) => {
      const mocked = this.mocked();
      const isReplaced = definedIn !== null && mocked.isReplaced(definedIn);
      return mocked.mockerOf(unit.path, kind) ?? (isReplaced ? { by: "test" } : null);
    };
    const { contextName, strict, emit } = options;
    const scopes = options.transforms.includes("async-functions");
    const { exportsOf } = known;
    const { of: calleeOf, classOf } = this.callees;
    const how = { syntax, scopes, contextName, emit, strict, mockerOf, host, caution };
    const around = { exportsOf, calleeOf, classOf, ...how };
    const inferredOf = lookupIn(unit.path, summaries, known.inferredOf);
    const decided = decide(findAcquisitions(unit, exportsOf, inferredOf), around);
    const { findings: marked, remarks } = suppress({ path: unit.path, text: unit.raw }, decided);
    const chosen = options.select === null ? marked : decline(unit.path, marked, options.select);
    const findings = chosen.filter((finding) => isSelected(finding, options.transforms));
    const facts = options.mode === "check" ? null : factsOf(unit, { runtime: options.runtime, packageType });
    return { file: unit.path, source: unit.raw, facts, findings, remarks };
  }
}

interface Pass {
  readonly decisions: Map<string, Decision>;
  readonly note: (found: FileKnowledge) => void;
  readonly onDone: (done: number, total: number) => void;
}

function failed(file: string, stage: Stage, error: string): Failed {
  return { ok: false, file, stage, error, isFlow: false };
}

function read(root: string, file: string): SourceFile | { readonly error: string } {
  try {
    const bytes = readFile(path.join(root, file));
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { path: file, text };
  } catch (thrown) {
    return { error: toError(thrown).message };
  }
}
