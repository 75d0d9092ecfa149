/** How busy a pool was. */
export interface PoolLoad {
  readonly active: number;
  readonly max: number;
  readonly waiting: number;
}

/** No resource became free in time. */
export class PoolTimeoutError extends Error {
  override readonly name = "PoolTimeoutError";
  readonly code = "ERR_POOL_TIMEOUT";

  constructor(kind: string, ms: number, { active, max, waiting }: PoolLoad) {
    super(
      `No ${kind} became free within ${ms} ms: ${active} of at most ${max} are lent and ${waiting} more wait. ` +
        "Give leases back sooner, or raise `max` or the timeout.",
    );
  }
}

/** The factory of a pool, or its check, did not answer in time. */
export class PoolStepTimeoutError extends Error {
  override readonly name = "PoolStepTimeoutError";
  readonly code = "ERR_POOL_STEP_TIMEOUT";

  constructor(kind: string, step: "create" | "check", ms: number) {
    super(`"${step}" of the pool of ${kind} took longer than ${ms} ms; it was abandoned.`);
  }
}
