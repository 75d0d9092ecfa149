import { statementsAround } from "../analyse/statements.js";
import { tokensOf } from "../analyse/tokens.js";
import { kinds } from "../catalogue/kinds.js";
import { didYouMean } from "../options/nearest.js";
import { lineNumber } from "../rewrite/lines.js";
import { chosenTransforms } from "../transform-ids.js";
import type { Finding, Remark } from "../types.js";
import { marker, mentionsSuppression } from "./marker.js";

/** What a comment of the file says about the sites that it accepts. */
interface Suppression {
  readonly line: number;
  /** Line of the code that it stands above; `file` is all of it. */
  readonly covers: number | "file";
  /** Kinds and transforms. */
  readonly names: readonly string[];
  readonly reason: string;
}

type Read =
  { readonly ok: true; readonly suppression: Suppression } | { readonly ok: false; readonly remark: Remark };

interface Source {
  readonly path: string;
  readonly text: string;
}

interface Suppressed {
  readonly findings: readonly Finding[];
  /** Comments that say something wrong, and those that accept nothing. */
  readonly remarks: readonly Remark[];
}

const form = new RegExp(`^${marker}-(next-line|file)(?:\\s+([^:]*))?(?::(.*))?$`, "s");
const known: readonly string[] = [...new Set([...chosenTransforms, ...Object.keys(kinds)])];
const example = `// ${marker}-next-line spawn: why it is right as it is`;

/** Marks the sites that a comment of the file accepts. One without a reason accepts nothing. */
export function suppress(source: Source, findings: readonly Finding[]): Suppressed {
  if (!mentionsSuppression(source.text)) return { findings, remarks: [] };
  const all = readAll(source);
  const valid = all.flatMap((one) => (one.ok ? [one.suppression] : []));
  const used = new Set<Suppression>();
  const marked = findings.map((finding): Finding => {
    const lines = linesOf(source, finding);
    const by = valid.find((one) => fits(one, finding, lines));
    if (by === undefined || finding.decision.action === "leave") return finding;
    used.add(by);
    return { ...finding, standing: { is: "suppressed", reason: by.reason } };
  });
  const unused = valid.filter((one) => !used.has(one)).map((one) => unusedRemark(source.path, one));
  const wrong = all.flatMap((one) => (one.ok ? [] : [one.remark]));
  return { findings: marked, remarks: [...wrong, ...unused].sort((a, b) => a.line - b.line) };
}

function fits({ covers, names }: Suppression, { acquisition }: Finding, lines: readonly number[]): boolean {
  const isNamed = names.includes(acquisition.kind) || names.includes(kinds[acquisition.kind].transform);
  return isNamed && (covers === "file" || lines.includes(covers));
}

/** A call further down in a statement belongs to the comment above the statement as well. */
function linesOf({ path, text }: Source, { acquisition: { line, span } }: Finding): readonly number[] {
  const starts = statementsAround(path, text, [span]).map(({ start }) => lineNumber(text, start));
  return [line, ...starts];
}

function unusedRemark(file: string, { line, names }: Suppression): Remark {
  return {
    file,
    line,
    message: `This comment accepts nothing: no ${names.join(" or ")} that needs changing stands there. Remove it.`,
  };
}

function readAll({ path, text }: Source): readonly Read[] {
  const tokens = tokensOf(path, text);
  return tokens.flatMap((token, index) => {
    if (token.kind !== "comment" || !token.text.includes(marker)) return [];
    const next = tokens.slice(index + 1).find(({ kind }) => kind !== "comment");
    const place = { file: path, line: lineNumber(text, token.start) };
    return [read(bare(token.text), place, next === undefined ? 0 : lineNumber(text, next.start))];
  });
}

/** Without the signs that make it a comment. */
function bare(comment: string): string {
  return comment
    .replace(/^\/[/*]+/, "")
    .replace(/\*+\/$/, "")
    .replace(/^\s*\*/gm, "")
    .trim();
}

function read(comment: string, place: Omit<Remark, "message">, next: number): Read {
  const wrong = (message: string): Read => ({ ok: false, remark: { ...place, message } });
  const match = form.exec(comment);
  if (match === null)
    return wrong(`Not understood: "${firstLine(comment)}". Expected for example: ${example}`);
  const [, target, list = "", why = ""] = match;
  const names = list.split(/[\s,]+/).filter((name) => name !== "");
  const strange = names.find((name) => !known.includes(name));
  if (names.length === 0)
    return wrong(`It names no transform and no kind, and accepts nothing. Expected for example: ${example}`);
  if (strange !== undefined)
    return wrong(
      `Unknown transform or kind "${strange}".${didYouMean(strange, known)} Known: ${known.join(", ")}.`,
    );
  if (why.trim() === "")
    return wrong(`It gives no reason, and accepts nothing. Expected for example: ${example}`);
  const covers = target === "file" ? "file" : next;
  return { ok: true, suppression: { line: place.line, covers, names, reason: why.trim() } };
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
