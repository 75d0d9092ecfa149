import { listRuns, undo } from "../apply/undo.js";
import type { Session } from "./session.js";

interface Undoing {
  readonly root: string;
  /** `list`, the name of a run, or empty for the last one. */
  readonly run: string;
}

/** `--undo`: puts back what a run wrote. */
export async function undoRun({ root, run }: Undoing, session: Session): Promise<0> {
  if (run === "list") {
    session.print(await listRuns(root));
    return 0;
  }
  const interrupt = new AbortController();
  session.holdSignals(interrupt);
  const { id, files } = await undo(root, run, interrupt.signal);
  session.print(`Undid the run ${id}:\n${files.map((file) => `  ${file}\n`).join("")}`);
  return 0;
}
