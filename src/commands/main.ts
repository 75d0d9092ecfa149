import { ConfigError, RefusedError, toError } from "../errors.js";
import { readCommand } from "../options.js";
import { execute } from "./index.js";
import { Interrupted, type ExitCode, type Session } from "./session.js";

/** Arguments in, text out, exit code. */
export async function main(session: Session): Promise<ExitCode> {
  try {
    return await execute(await readCommand(session.argv, session.folder), session);
  } catch (thrown) {
    return fail(thrown, session);
  }
}

/** Whatever went wrong, nobody may take the answer for a good one. */
export function fail(thrown: unknown, session: Session): ExitCode {
  const error = toError(thrown);
  session.tell(error.message);
  const isExpected =
    error instanceof ConfigError || error instanceof RefusedError || error instanceof Interrupted;
  if (!isExpected && session.argv.includes("--verbose")) session.tell(String(error.stack));
  return error instanceof Interrupted ? error.exitCode : 2;
}
