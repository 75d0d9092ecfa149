import { type Creation, findAcquisitions, type Site } from "../../analyse/acquisitions.js";
import { definingFile, type Inferred, type InferredLookup } from "../../analyse/inferred.js";
import { enclosingFunction, type FunctionNode } from "../../analyse/nodes.js";
import type { Origin } from "../../analyse/origins.js";
import type { Unit } from "../../analyse/unit.js";
import { classesIn } from "../lineage.js";
import { inheritedBy } from "./inherited.js";
import { classAround } from "../fixes/class-fields.js";
import { ownedByInstances } from "./classes.js";
import type { Elsewhere } from "../decided.js";
import { inInstance } from "./instances.js";
import { disposableClasses } from "./disposables.js";
import { ownerOfPromise } from "./promises.js";
import { returnedBy } from "./returned.js";

/** Functions and classes of one file that acquire for whoever calls them, by their path. */
export type Summaries = ReadonlyMap<string, Inferred>;

export interface Knowledge extends Elsewhere {
  /** What is known about other files. */
  readonly inferredOf: InferredLookup;
}

/** A wrapper around a wrapper around a wrapper: real code needs three rounds. */
const maxRounds = 8;

/** Goes round until no function and no class of the file turns out to acquire for its callers any more. */
export function summarise(unit: Unit, elsewhere: Knowledge): Summaries {
  const own = disposableClasses(unit);
  let known: Summaries = new Map();
  const seen = new Set<Creation>();
  for (let round = 0; round < maxRounds; round++) {
    const lookup = lookupIn(unit.path, new Map([...own, ...known]), elsewhere.inferredOf);
    const sites = findAcquisitions(unit, elsewhere.exportsOf, lookup);
    const fresh = sites.filter(({ call, model }) => !seen.has(call) && model.acquire.by !== "method");
    fresh.forEach(({ call }) => seen.add(call));
    const found = new Map([
      ...ofSubclasses(unit, lookup, elsewhere),
      ...(fresh.length === 0 ? [] : ofSites(fresh, sites, elsewhere)),
    ]);
    if (fresh.length === 0 && [...found.keys()].every((key) => known.has(key) || own.has(key))) break;
    // What is known first stays: later rounds only add.
    known = new Map([...found, ...known]);
  }
  // What is known of the resource that an instance holds says more than its dispose symbol does.
  return new Map([...own, ...known]);
}

function ofSites(fresh: readonly Site[], sites: readonly Site[], known: Elsewhere): readonly Entry[] {
  const around = sites.map((site) => inInstance(site, known) ?? site);
  const news = around.filter(({ call }) => fresh.some((one) => one.call === call));
  return [...ofFunctions(news, around, known), ...ofClasses(news, around, known)];
}

function ofSubclasses(unit: Unit, lookup: InferredLookup, known: Elsewhere): readonly Entry[] {
  if (!/\bextends\b/.test(unit.text)) return [];
  return classesIn(unit)
    .flatMap((node) => inheritedBy(node, unit, { lookup, known }))
    .map((found) => [keyOf(found), found.inferred] as const);
}

/** What is known about a function of this file, or of another one. */
export function lookupIn(file: string, summaries: Summaries, elsewhere: InferredLookup): InferredLookup {
  return (origin) => {
    if (origin.promisified) return undefined;
    return definingFile(origin) === file ? summaries.get(keyOf(origin)) : elsewhere(origin);
  };
}

export function keyOf({ path }: Pick<Origin, "path">): string {
  return path.join(".");
}

type Entry = readonly [string, Inferred];

function ofFunctions(fresh: readonly Site[], sites: readonly Site[], known: Elsewhere): readonly Entry[] {
  const homes = new Set(fresh.flatMap((site) => homeOf(site) ?? []));
  return [...homes].flatMap((home) => {
    const own = sites.filter((site) => homeOf(site) === home);
    const found = returnedBy(home, own, known);
    return found === undefined ? [] : [[keyOf(found), found.inferred] as const];
  });
}

/** The function that could hand it out: the one that acquires, or that makes the promise whose executor does. */
function homeOf({ call }: Site): FunctionNode | undefined {
  const home = enclosingFunction(call);
  const promise = home === undefined ? undefined : ownerOfPromise(home);
  return promise === undefined ? home : enclosingFunction(promise);
}

function ofClasses(fresh: readonly Site[], sites: readonly Site[], known: Elsewhere): readonly Entry[] {
  const classes = new Set(fresh.flatMap((site) => classAround(site) ?? []));
  return [...classes].flatMap((node) => {
    const own = sites.filter((site) => classAround(site) === node);
    return ownedByInstances(node, own, known).map((found) => [keyOf(found), found.inferred] as const);
  });
}
