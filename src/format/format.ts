import { isComponent } from "../components.js";
import { statementsAround } from "../analyse/statements.js";
import { lostByFormat } from "../check/tokens.js";
import { toError } from "../errors.js";
import { sourceSpan } from "../rewrite/ranges.js";
import type { Rewritten } from "../rewrite/rewrite.js";
import type { Options, Span } from "../types.js";
import { staysInside } from "./borders.js";
import { type Engine, engineFor } from "./prettier.js";

export interface FormatRequest {
  /** Absolute path of the file: configuration is looked up from there. */
  readonly path: string;
  readonly before: string;
  readonly rewritten: Rewritten;
  readonly style: Options["format"];
}

export interface Formatted {
  readonly text: string;
  /** Why the text is as it was spliced although the project uses prettier. */
  readonly note: string | null;
}

/**
 * The project's own formatter over the edited statements only. Never fails a file: whatever goes wrong,
 * the spliced text, which follows its neighbours, is good enough.
 */
export async function format(request: FormatRequest): Promise<Formatted> {
  const { rewritten, style, path } = request;
  if (style === "none" || rewritten.text === request.before) return { text: rewritten.text, note: null };
  try {
    const engine = await engineFor(path, style);
    return engine === null ? { text: rewritten.text, note: null } : await formatWith(engine, request);
  } catch (thrown) {
    return { text: rewritten.text, note: `Not formatted: ${toError(thrown).message}` };
  }
}

async function formatWith(engine: Engine, request: FormatRequest): Promise<Formatted> {
  const { path, before, rewritten } = request;
  const statements = statementsAround(path, rewritten.text, rewritten.touched);
  const isClean = (await engine.format(before)) === before;
  if (isClean) {
    const whole = await engine.format(rewritten.text);
    if (isAcceptable(path, { text: rewritten.text, formatted: whole, statements }))
      return { text: whole, note: null };
  }
  if (!isClean && !engine.isConfigured) return { text: rewritten.text, note: null };
  // Prettier formats no part of a component.
  if (isComponent(path)) return { text: rewritten.text, note: null };
  return oneByOne(engine, request, { statements, isClean });
}

interface Formatting {
  readonly text: string;
  readonly formatted: string;
  readonly statements: readonly Span[];
}

function isAcceptable(path: string, { text, formatted, statements }: Formatting): boolean {
  return (
    text === formatted ||
    (staysInside(text, formatted, statements) && lostByFormat(path, text, formatted) === null)
  );
}

interface Parts {
  readonly statements: readonly Span[];
  readonly isClean: boolean;
}

/** From the last statement to the first, so that the offsets of those still to come stay true. */
async function oneByOne(
  engine: Engine,
  request: FormatRequest,
  { statements, isClean }: Parts,
): Promise<Formatted> {
  let text = request.rewritten.text;
  let skipped = 0;
  for (const statement of [...statements].reverse()) {
    const formatted =
      isClean || (await wasClean(engine, request, statement)) ? await engine.format(text, statement) : null;
    if (formatted !== null && isAcceptable(request.path, { text, formatted, statements: [statement] }))
      text = formatted;
    else skipped++;
  }
  return {
    text,
    note: skipped === 0 ? null : `Not formatted: ${skipped} of ${statements.length} edited statements.`,
  };
}

/** A statement that the project did not format before keeps its shape. */
async function wasClean(
  engine: Engine,
  { before, rewritten }: FormatRequest,
  statement: Span,
): Promise<boolean> {
  const origin = sourceSpan(rewritten.edits, statement);
  return origin.end > origin.start && (await engine.format(before, origin)) === before;
}
