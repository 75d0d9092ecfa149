import { ConfigError, RefusedError } from "../errors.js";
import { isRecord, parseJson } from "../json.js";
import type { FileOutcome, Finding, Selected } from "../types.js";

/** One change of a saved selection. */
interface Entry {
  readonly file: string;
  readonly fingerprint: string;
}

const expected = `Expected {"version": 1, "accept": [{"file": .., "fingerprint": ..}], "reject": [..]}, as the page of --reporter html saves it.`;

/**
 * The changes that somebody took in the review page.
 * @throws ConfigError when the text is no selection.
 */
export function readSelection(path: string, text: string): Selected {
  const content = parseJson(path, text);
  if (!isRecord(content)) throw new ConfigError(`${path} is no selection.\n${expected}`);
  if (content["version"] !== 1)
    throw new ConfigError(
      `${path} ${content["version"] === undefined ? "has no version" : `is a selection of version ${JSON.stringify(content["version"])}`}, but this tool reads version 1.\n${expected}`,
    );
  return { path, accepted: keysOf(path, "accept", content["accept"]) };
}

/** Marks every change that was not taken. */
export function decline(
  file: string,
  findings: readonly Finding[],
  { accepted }: Selected,
): readonly Finding[] {
  return findings.map((finding): Finding => {
    const isTaken = accepted.has(keyOf({ file, fingerprint: finding.acquisition.fingerprint }));
    const isNew = finding.decision.action === "rewrite" && finding.standing.is === "new";
    return isTaken || !isNew ? finding : { ...finding, standing: { is: "declined" } };
  });
}

/**
 * What was reviewed must be what is written.
 * @throws RefusedError when a change that was taken is not there any more.
 */
export function refuseLost({ path, accepted }: Selected, files: readonly FileOutcome[]): void {
  const there = new Set(
    files.flatMap(({ file, findings }) =>
      findings
        .filter(({ decision }) => decision.action === "rewrite")
        .map(({ acquisition: { fingerprint } }) => keyOf({ file, fingerprint })),
    ),
  );
  const lost = [...accepted].filter((key) => !there.has(key));
  if (lost.length === 0) return;
  const [first = ""] = lost;
  throw new RefusedError(
    `${path} was made for other code: ${String(lost.length)} of its ${String(accepted.size)} changes are not there, the first one in ${first.split("\n")[0] ?? ""}.\nNothing was written. Run it with the same paths and options as the report, or make the report anew.`,
  );
}

function keysOf(path: string, name: string, list: unknown): ReadonlySet<string> {
  if (!Array.isArray(list)) throw new ConfigError(`${path}: "${name}" must be a list.\n${expected}`);
  return new Set(
    list.map((entry: unknown, i) => {
      if (isEntry(entry)) return keyOf(entry);
      throw new ConfigError(`${path}: "${name}[${String(i)}]" is ${JSON.stringify(entry)}.\n${expected}`);
    }),
  );
}

/** What a change is known by in a selection. */
export function keyOf({ file, fingerprint }: Entry): string {
  return `${file}\n${fingerprint}`;
}

function isEntry(value: unknown): value is Entry {
  return isRecord(value) && typeof value["file"] === "string" && typeof value["fingerprint"] === "string";
}
