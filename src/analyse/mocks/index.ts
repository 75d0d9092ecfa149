import type { CatalogueIndex } from "../../catalogue/indexed.js";
import type { Kind } from "../../types.js";
import { resolveModule } from "../modules.js";
import { ImportGraph } from "./graph.js";
import { loadsWith } from "./replaced.js";
import { sharedMocks } from "./shared.js";
import { replacedIn } from "./replacing.js";

export interface Tests {
  readonly root: string;
  /** Every test file. */
  readonly tests: readonly string[];
  /** Those that replace something. */
  readonly mockingTests: readonly string[];
  readonly catalogue: CatalogueIndex;
}

/** What replaces a module: a test for itself, or a file for every test around it. */
export type Mocker = { readonly by: "test" } | { readonly by: "file"; readonly file: string };

export interface Mocked {
  /** Who replaces what such resources come from while a test loads the file; null where nobody does. */
  readonly mockerOf: (file: string, kind: Kind) => Mocker | null;
  /** A test puts something else in the place of the file: what its functions give may be a fake. */
  readonly isReplaced: (file: string) => boolean;
}

/**
 * Which files tests load while a catalogued module is replaced. There an adopted handle is a fake and an
 * atomic write goes past the fake: such sites are `likely` at best.
 */
export function findMocked(project: Tests): Mocked {
  const graph = new ImportGraph(project.root);
  const found = new Findings();
  for (const test of project.mockingTests) lookAt(test, project, { graph, found });
  for (const { file, kinds, stubs, tests } of sharedMocks(project, graph)) {
    const reached = graph.reach(tests, stubs);
    for (const stub of stubs) found.replaced.add(stub);
    found.add(reached, kinds, { by: "file", file });
  }
  return {
    mockerOf: (file, kind) => found.reached.get(kind)?.get(file) ?? null,
    isReplaced: (file) => found.replaced.has(file),
  };
}

class Findings {
  readonly replaced = new Set<string>();
  readonly reached = new Map<Kind, Map<string, Mocker>>();

  add(files: Iterable<string>, kinds: ReadonlySet<Kind>, mocker: Mocker): void {
    for (const kind of kinds) {
      const known = this.reached.get(kind) ?? new Map<string, Mocker>();
      for (const file of files) if (!known.has(file)) known.set(file, mocker);
      this.reached.set(kind, known);
    }
  }
}

function lookAt(
  test: string,
  project: Tests,
  { graph, found }: { readonly graph: ImportGraph; readonly found: Findings },
): void {
  const { text, kinds, stubs } = replacedIn(test, project);
  const loaded = [...text.matchAll(loadsWith)].flatMap(
    ([, , specifier = ""]) => resolveModule(project.root, test, specifier) ?? [],
  );
  for (const stub of stubs) found.replaced.add(stub);
  if (kinds.size === 0) return;
  found.add([...loaded, ...graph.reach([test, ...loaded], stubs)], kinds, { by: "test" });
}
