import * as fs from "node:fs";

/** What a call did, as far as a caller can tell, with the directory taken out so that two can be compared. */
export type Outcome =
  { readonly ended: "well" } | { readonly ended: "thrown" | "later"; readonly error: ErrorFacts };

interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  readonly code: unknown;
  readonly syscall: unknown;
  readonly errno: unknown;
  readonly path: unknown;
}

export type Form = "callback" | "promise" | "sync";

/** A writer under test: `fs`, or ours in its place. */
export interface Writer {
  readonly callback: (...call: unknown[]) => void;
  readonly promise: (...call: unknown[]) => Promise<void>;
  readonly sync: (...call: unknown[]) => void;
}

export async function runForm(writer: Writer, form: Form, call: readonly unknown[]): Promise<Outcome> {
  try {
    if (form === "sync") writer.sync(...call);
    else if (form === "promise") return await settle(writer.promise(...call));
    else return await settle(calledBack(writer, call));
    return { ended: "well" };
  } catch (error) {
    return { ended: "thrown", error: facts(error) };
  }
}

function calledBack(writer: Writer, call: readonly unknown[]): Promise<void> {
  let report: (error: unknown) => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    report = (error) => (error === null ? resolve() : reject(error));
  });
  writer.callback(...call, report);
  return done;
}

async function settle(done: Promise<void>): Promise<Outcome> {
  try {
    await done;
    return { ended: "well" };
  } catch (error) {
    return { ended: "later", error: facts(error) };
  }
}

function facts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { ...nothing, message: String(error) };
  const own: Partial<ErrorFacts> = error;
  const { code, syscall, errno, path } = own;
  return { name: error.name, message: error.message, code, syscall, errno, path };
}

const nothing: ErrorFacts = {
  name: "",
  message: "",
  code: undefined,
  syscall: undefined,
  errno: undefined,
  path: undefined,
};

/** The files of a directory: names, kinds, modes, bytes. */
export function picture(directory: string): string[] {
  return fs
    .readdirSync(directory, { encoding: "buffer" })
    .map((name) => describe(directory, name))
    .sort();
}

function describe(directory: string, name: Buffer): string {
  const place = Buffer.concat([Buffer.from(`${directory}/`), name]);
  const entry = fs.lstatSync(place);
  const known = `${name.toString("latin1")} ${(entry.mode & 0o7777).toString(8)}`;
  if (entry.isSymbolicLink()) return `${known} -> ${fs.readlinkSync(place)}`;
  if (!entry.isFile()) return `${known} not a file`;
  return `${known} x${entry.nlink} ${fs.readFileSync(place).toString("hex")}`;
}
