// No text here holds an argument, an environment variable or output of a child: any of them may be a secret.

/** How a child ended; both are null when it could not be started. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** "with status 1" or "by SIGKILL". */
const describe = ({ code, signal }: Exit): string => {
  if (signal !== null) return `by ${signal}`;
  return code === null ? "before it was started" : `with status ${code}`;
};

/** A subprocess ended, or failed its health check, more often than its restart policy allows. */
export class RestartLimitError extends Error {
  override readonly name = "RestartLimitError";
  readonly code = "ERR_RESTART_LIMIT";
  /** How it ended the last time. */
  readonly exit: Exit;

  constructor(
    subprocess: string,
    limit: { readonly max: number; readonly within: number; readonly exit: Exit },
  ) {
    super(
      `"${subprocess}" was restarted ${limit.max} times in ${limit.within} ms and ended again (${describe(limit.exit)}). ` +
        "It was given up; see its own output for the reason, or raise restart.max.",
    );
    this.exit = limit.exit;
  }
}

/** A subprocess could not be started. */
export class SubprocessStartError extends Error {
  override readonly name = "SubprocessStartError";
  readonly code = "ERR_SUBPROCESS_START";
  /** What the system said: ENOENT, EACCES, EAGAIN, ... */
  readonly reason: string;

  constructor(subprocess: string, reason: string) {
    super(`"${subprocess}" could not be started: ${reason}.${HINTS[reason] ?? ""}`);
    this.reason = reason;
  }
}

const HINTS: Readonly<Record<string, string>> = {
  ENOENT: " Check that the program is on the PATH and that the working directory exists.",
  EACCES: " Check that the file may be executed.",
  EAGAIN: " Too many processes are running.",
};

/** Limits were asked for that this system cannot set. */
export class IsolationError extends Error {
  override readonly name = "IsolationError";
  readonly code = "ERR_ISOLATION";

  constructor(reason: string) {
    super(`Limits of a child need Linux and the program "prlimit" (package util-linux): ${reason}.`);
  }
}
