import { catalogueWith } from "../catalogue/index.js";
import type { CatalogueIndex } from "../catalogue/indexed.js";
import type { Discovery, Options, Skipped } from "../types.js";
import { list, listBelow, type Failure, type Listing } from "./listing.js";
import { nothingMatched, unmatchedPattern } from "./nothing.js";
import { isSource, isTest, passedOver } from "./paths.js";
import { isOfInterest, mocksResources } from "./prefilter.js";
import { readText, type Text } from "./read.js";
import { ignoring, skippedByName, skippedByText } from "./skip.js";
import { partOf } from "./shards.js";
import { covers, isBelow, select, type Selection } from "./selection.js";

/** One pass over the project; the arrays are filled as the files go by. */
interface Survey {
  readonly options: Options;
  readonly catalogue: CatalogueIndex;
  readonly selection: Selection;
  readonly isIgnored: (file: string) => boolean;
  readonly candidates: string[];
  readonly files: string[];
  readonly mockingTests: string[];
  /** By path: a folder that is passed over has one entry. */
  readonly skipped: Map<string, Skipped>;
  readonly failures: Failure[];
}

/** What there is to look at, before any of it is read. */
export interface Territory {
  readonly selection: Selection;
  readonly listing: Listing;
  /** All files of our languages, tests too, sorted. */
  readonly sources: readonly string[];
  /** Whether a path lies in the part of the project that was asked for. */
  readonly covers: (file: string) => boolean;
}

export async function territoryOf(options: Options): Promise<Territory> {
  const selection = await select(options);
  const listing = await listAll(options, selection);
  const sources = [...new Set([...listing.files, ...selection.files])].filter(isSource).sort();
  return { selection, listing, sources, covers: (file) => covers(selection, file) };
}

/** Which files to analyse: listed by git, sieved by name, then by text, before anything is parsed. */
export async function discover(options: Options, territory?: Territory): Promise<Discovery> {
  const { selection, listing, sources } = territory ?? (await territoryOf(options));
  const survey = await surveyOf(options, selection, listing);
  const lost = unmatchedPattern(selection, sources);
  if (lost) throw lost;
  for (const file of sources) visit(survey, file);
  if (survey.files.length + survey.failures.length === 0 && selection.changed === null)
    throw nothingMatched(options, [...survey.skipped.values()]);
  const { candidates, files, mockingTests, failures } = survey;
  const belongs = options.shard === null ? () => true : partOf(candidates, options.shard);
  return {
    candidates,
    files,
    mockingTests,
    tests: sources.filter((file) => isTest(file) && passedOver(file) === null),
    failures,
    skipped: [...survey.skipped.values()],
    texts: selection.changed?.texts ?? new Map(),
    belongs,
    covers: (file) => covers(selection, file),
  };
}

/** Tests of the whole project count, whatever part of it was asked for. */
async function listAll(options: Options, selection: Selection): Promise<Listing> {
  const listing = await list(options.root, options.gitignore);
  const unlisted = selection.folders.filter((folder) => !listing.files.some((file) => isBelow(folder, file)));
  const named = options.gitignore ? unlisted.filter((folder) => folder !== "") : [];
  const inner = await Promise.all(named.map((folder) => listBelow(options.root, folder)));
  return {
    files: [listing, ...inner].flatMap((one) => one.files),
    repositories: listing.repositories.filter(
      (path) => !named.some((folder) => path === folder || isBelow(path, folder)),
    ),
    skipped: [listing, ...inner].flatMap((one) => one.skipped),
    failures: [listing, ...inner].flatMap((one) => one.failures),
  };
}

async function surveyOf(options: Options, selection: Selection, listing: Listing): Promise<Survey> {
  const repositories = listing.repositories.map((path): Skipped => ({ path, reason: "repository" }));
  return {
    options,
    catalogue: catalogueWith(options.resources),
    selection,
    isIgnored: await ignoring(options.ignore),
    candidates: [],
    files: [],
    mockingTests: [],
    skipped: new Map([...listing.skipped, ...repositories].map((entry) => [entry.path, entry])),
    failures: [...listing.failures],
  };
}

function visit(survey: Survey, file: string): void {
  const skipped = reasonToSkip(survey, file);
  if (skipped && covers(survey.selection, file)) survey.skipped.set(skipped.path, skipped);
  if (skipped?.reason === "test") lookForMocks(survey, file);
  else if (!skipped && covers(survey.selection, file)) look(survey, file);
}

function reasonToSkip(survey: Survey, file: string): Skipped | null {
  return skippedByName(file, { takesTests: takesTests(survey, file), isIgnored: survey.isIgnored });
}

function lookForMocks(survey: Survey, file: string): void {
  const reading = read(survey, file);
  if (reading && mocksResources(reading.text, survey.catalogue)) survey.mockingTests.push(file);
}

function look(survey: Survey, file: string): void {
  const reading = read(survey, file);
  if (!reading) return;
  if (isOfInterest(reading.text, survey.catalogue) && !isCandidate(survey, file, reading)) return;
  survey.files.push(file);
  if (isTest(file) && mocksResources(reading.text, survey.catalogue)) survey.mockingTests.push(file);
}

/** Says whether a file that acquires something can be worked on; otherwise records why not. */
function isCandidate(survey: Survey, file: string, reading: Text): boolean {
  const reason = skippedByText(file, reading.text, takesTests(survey, file));
  if (reason) survey.skipped.set(file, { path: file, reason });
  else if (!reading.utf8)
    survey.failures.push({ file, stage: "read", error: "The file is not valid UTF-8." });
  else survey.candidates.push(file);
  return reason === null;
}

/** A test that is named one by one is wanted. */
function takesTests({ options, selection }: Survey, file: string): boolean {
  return options.includeTests || selection.files.has(file);
}

/** Null when there is nothing to look at. */
function read(survey: Survey, file: string): Text | null {
  const staged = survey.selection.changed?.texts.get(file);
  if (staged !== undefined) return { status: "read", text: staged, utf8: !staged.includes("\ufffd") };
  const reading = readText(survey.options.root, file);
  if (reading.status === "failed") survey.failures.push({ file, stage: "read", error: reading.error });
  return reading.status === "read" ? reading : null;
}
