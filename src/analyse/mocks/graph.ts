import path from "node:path";
import { readFile } from "../../disk.js";
import { resolveModule } from "../modules.js";

/** Types are erased: the test runner never loads what only they come from. */
const typeOnly = /\b(?:import|export)\s+type\s[^;'"]*?\bfrom\s*['"][^'"]*['"]/g;
/** An import in a comment counts too: a site that is `likely` for no reason does no harm. */
const loads = /\b(?:from|import|require\s*\(|import\s*\()\s*['"](\.{1,2}(?:\/[^'"\n]*)?)['"]/g;

/** Imports between project files, found in the text: parsing a whole project for them would cost more than all the rest. */
export class ImportGraph {
  private readonly edges = new Map<string, readonly string[]>();

  constructor(private readonly root: string) {}

  /** The files that some files load, directly or not, with nothing that only `stubbed` ones load; without themselves. */
  reach(from: readonly string[], stubbed: ReadonlySet<string> = new Set()): ReadonlySet<string> {
    const seen = new Set(stubbed);
    const found = new Set<string>();
    const queue = [...from];
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      for (const next of this.imports(file)) {
        if (seen.has(next)) continue;
        seen.add(next);
        found.add(next);
        queue.push(next);
      }
    }
    return found;
  }

  private imports(file: string): readonly string[] {
    const known = this.edges.get(file);
    if (known !== undefined) return known;
    const text = readFile(path.join(this.root, file)).toString("latin1").replace(typeOnly, "");
    const edges = [...text.matchAll(loads)].flatMap(
      ([, specifier = ""]) => resolveModule(this.root, file, specifier) ?? [],
    );
    this.edges.set(file, edges);
    return edges;
  }
}
