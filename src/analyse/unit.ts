import { Project, ts } from "ts-morph";
import type { CatalogueIndex } from "../catalogue/indexed.js";
import { type Code, codeOf } from "../components.js";
import { withoutFlowTypes } from "./flow-types.js";
import { hasFlowTypes, parseable } from "./text.js";

/** One parsed file, alive only while its batch is. */
export interface Unit {
  /** Path relative to the project root, with `/`. */
  readonly path: string;
  /** What the parser takes it for: `App.vue.ts`. */
  readonly name: string;
  /** The whole file. */
  readonly raw: string;
  /** Its code; in a component all else is white space. */
  readonly text: string;
  /** Where code may begin. */
  readonly start: number;
  /** The markup around the code of a component. */
  readonly around: string;
  readonly source: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  /** Every identifier of the file by its text. */
  readonly identifiers: ReadonlyMap<string, readonly ts.Identifier[]>;
  /** Every call, outer ones first. */
  readonly calls: readonly ts.CallExpression[];
  /** Every `new` expression, outer ones first. */
  readonly constructions: readonly ts.NewExpression[];
  /** Every tagged template. */
  readonly tags: readonly ts.TaggedTemplateExpression[];
  /** What acquires in this run. */
  readonly catalogue: CatalogueIndex;
}

export type Parsed =
  | { readonly ok: true; readonly unit: Unit }
  /** `isFlow`: it is no TypeScript, and does not claim to be. */
  | { readonly ok: false; readonly path: string; readonly error: string; readonly isFlow: boolean };

/** No library and no resolution: names are resolved inside each file, modules by our own rules. */
const compilerOptions: ts.CompilerOptions = {
  allowJs: true,
  noLib: true,
  noResolve: true,
  types: [],
  jsx: ts.JsxEmit.Preserve,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  experimentalDecorators: true,
};

/**
 * Parses and binds a batch of files together. Keep batches small: nodes live as long as the result is
 * referenced, and memory must stay flat whatever the size of the project.
 */
export function parseBatch(
  files: readonly { readonly path: string; readonly text: string }[],
  catalogue: CatalogueIndex,
): readonly Parsed[] {
  const codes = files.map((file) => ({ path: file.path, raw: file.text, ...codeOf(file.path, file.text) }));
  return parseCodes(codes, catalogue).map((parsed, i) => {
    const code = codes[i];
    return parsed.ok || !parsed.isFlow || code === undefined ? parsed : withoutFlow(code, parsed, catalogue);
  });
}

type File = Code & Pick<Unit, "path" | "raw">;

/** What TypeScript does not read is read without its types; all names count as used by them, so that no import goes. */
function withoutFlow(code: File, failed: Parsed, catalogue: CatalogueIndex): Parsed {
  const text = withoutFlowTypes(code.text);
  if (text === undefined) return failed;
  const [parsed = failed] = parseCodes([{ ...code, text, around: code.raw }], catalogue);
  return parsed.ok ? parsed : failed;
}

function parseCodes(codes: readonly File[], catalogue: CatalogueIndex): readonly Parsed[] {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions,
  });
  for (const code of codes)
    project.createSourceFile(`/${code.name}`, parseable(code.text), { overwrite: true });
  const program = project.getProgram().compilerObject;
  const checker = program.getTypeChecker();
  return codes.map((file) => {
    const source = program.getSourceFile(`/${file.name}`);
    if (source === undefined)
      return { ok: false, path: file.path, error: "the parser did not accept the file name", isFlow: false };
    const isFlow = hasFlowTypes(file.raw);
    const error = syntaxError(program, source, { isFlow, isScript: /\.c?js$/.test(file.name) });
    if (error !== null) return { ok: false, path: file.path, error, isFlow };
    return { ok: true, unit: { ...file, source, checker, catalogue, ...index(source) } };
  });
}

/** ts-morph strips a byte order mark, and every position would be off by one: see `parseable`. */
function syntaxError(
  program: ts.Program,
  source: ts.SourceFile,
  { isFlow, isScript }: { readonly isFlow: boolean; readonly isScript: boolean },
): string | null {
  const errors = program.getSyntacticDiagnostics(source);
  const first = errors.find(({ code }) => !(isFlow && isAboutTypes(code)) && !(isScript && sloppy.has(code)));
  if (first === undefined) return null;
  const { line, character } = source.getLineAndCharacterOfPosition(first.start);
  return `${line + 1}:${character + 1} ${ts.flattenDiagnosticMessageText(first.messageText, " ")}`;
}

/** Octal literals and escapes: old scripts run all the same. */
const sloppy: ReadonlySet<number> = new Set([1121, 1487, 1488, 1489]);

/** "Type annotations can only be used in TypeScript files" and the like: the file parses all the same. */
function isAboutTypes(code: number): boolean {
  return code >= 8000 && code < 9000;
}

function index(source: ts.SourceFile): Pick<Unit, "identifiers" | "calls" | "constructions" | "tags"> {
  const identifiers = new Map<string, ts.Identifier[]>();
  const calls: ts.CallExpression[] = [];
  const constructions: ts.NewExpression[] = [];
  const tags: ts.TaggedTemplateExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const known = identifiers.get(node.text);
      if (known === undefined) identifiers.set(node.text, [node]);
      else known.push(node);
    } else if (ts.isCallExpression(node)) calls.push(node);
    else if (ts.isNewExpression(node)) constructions.push(node);
    else if (ts.isTaggedTemplateExpression(node)) tags.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { identifiers, calls, constructions, tags };
}
