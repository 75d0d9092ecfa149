import { ResourceContext } from "resource-context";
import { once } from "node:events";
import { toError } from "../../errors.js";
import type { Answer } from "./search.js";

export interface Command {
  readonly text: string;
  readonly folder: string;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

const shownLines = 20;
const keptBytes = 64 * 1024;

/**
 * Runs a command in a shell, in a process group of its own: a timeout or a signal ends all that it started.
 * @throws what the signal was aborted with.
 */
export async function runCommand({ text, folder, seconds, signal }: Command): Promise<Answer> {
  signal.throwIfAborted();
  await using context = new ResourceContext();
  const child = context.spawn(text, {
    shell: true,
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  let output = "";
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString("utf8")).slice(-keptBytes);
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const limit = AbortSignal.timeout(seconds * 1000);
  try {
    const [code, by] = await once(child, "close", { signal: AbortSignal.any([signal, limit]) });
    if (code === 0) return { ok: true };
    return {
      ok: false,
      output: `${tail(output)}\n(${by === null ? `exit code ${String(code)}` : String(by)})`,
    };
  } catch (thrown) {
    if (signal.aborted) throw toError(signal.reason);
    if (!limit.aborted) throw thrown;
    return { ok: false, output: `${tail(output)}\n(not finished after ${String(seconds)} s)` };
  }
}

function tail(output: string): string {
  return output.trimEnd().split(/\r?\n/).slice(-shownLines).join("\n");
}
