import "../symbols.js";
import type * as cp from "node:child_process";
import { EventEmitter } from "node:events";
import type { Readable, Writable } from "node:stream";
import { after, now, soon } from "../clock.js";
import { publish } from "../events.js";
import { type Health, ManagedResource } from "../managed-resource.js";
import { report } from "../report.js";
import { log } from "../settings.js";
import { sharedState } from "../state.js";
import { expectFunction, expectOneOf } from "../validate.js";
import { type Exit, RestartLimitError } from "./errors.js";
import { HealthWatch } from "./health-watch.js";
import { discardUnread, spawnChild } from "./launch.js";
import { RestartBudget, wantsRestart } from "./restart.js";
import { reasonOf, Run } from "./run.js";
import {
  type AdoptionOptions,
  expectSubprocess,
  type SubprocessOptions,
  type SubprocessSettings,
} from "./subprocess-options.js";

/** What {@link ManagedSubprocess.on} tells. */
export interface SubprocessEvents {
  /** A child runs, the first one or one after it; its streams are new ones. */
  readonly start: (child: cp.ChildProcess) => void;
  /** A child has ended, whatever follows. */
  readonly exit: (exit: Exit) => void;
  /** It will be started again after `delay` milliseconds. */
  readonly restart: (restart: {
    readonly attempt: number;
    readonly delay: number;
    readonly exit: Exit;
  }) => void;
  /** Too many health checks in a row have failed. With a restart policy it is ended and started again. */
  readonly unhealthy: (health: Health) => void;
  /** It was given up and closed. Without a listener, the error is printed as a warning. */
  readonly failed: (error: RestartLimitError) => void;
}

const EVENTS = ["start", "exit", "restart", "unhealthy", "failed"] as const;

/** How a subprocess is at the moment. */
export interface SubprocessStatus {
  readonly name: string;
  readonly isRunning: boolean;
  readonly pid: number | undefined;
  /** How long the child of now has been running, in milliseconds; 0 when none runs. */
  readonly uptime: number;
  /** How often it was started again. */
  readonly restarts: number;
  /** How the last child ended. */
  readonly exit: Exit | undefined;
  readonly health: Health;
}

/**
 * A child process that is watched: started, checked, started again when it fails, and ended with its whole process
 * group (SIGTERM, after `stopTimeout` SIGKILL) when it is closed, however this process ends.
 */
export class ManagedSubprocess extends ManagedResource<cp.ChildProcess> {
  readonly kind = "subprocess";
  readonly #settings: SubprocessSettings;
  readonly #events = new EventEmitter();
  readonly #budget: RestartBudget;
  #run: Run | undefined;
  #watch: HealthWatch<cp.ChildProcess> | undefined;
  #health: Health | undefined;
  #isMonitored: boolean;
  /** The checks failed, so however the child ends, it is a failure. */
  #isUnhealthy = false;
  #cancelRestart = (): void => {};
  #restarting: Promise<void> | undefined;

  /** Throws `InvalidArgumentError`, `UnknownOptionError` or {@link IsolationError}; starts nothing yet. */
  constructor(options: SubprocessOptions | AdoptionOptions) {
    super();
    this.#settings = expectSubprocess(options);
    this.#budget = new RestartBudget(this.#settings.restart);
    this.#isMonitored = this.#settings.restart.policy !== "temporary" || this.#settings.health !== undefined;
  }

  get name(): string {
    return this.#settings.name;
  }

  /** The child of now, or the one before it while the next has to wait. Throws `ResourceStateError` unless open. */
  override get value(): cp.ChildProcess {
    const first = super.value;
    return this.#run?.child ?? first;
  }

  get stdin(): Writable | null {
    return this.value.stdin;
  }

  /** Belongs to the child of now: the next one has another, which the `start` event tells of. */
  get stdout(): Readable | null {
    return this.value.stdout;
  }

  get stderr(): Readable | null {
    return this.value.stderr;
  }

  /** How it is at the moment. */
  status(): SubprocessStatus {
    const run = this.#run;
    const isRunning = run !== undefined && run.exit === undefined;
    return {
      name: this.name,
      isRunning,
      pid: isRunning ? run.child.pid : undefined,
      uptime: isRunning ? run.uptime : 0,
      restarts: this.#budget.total,
      exit: run?.exit,
      health: this.#healthOf(run),
    };
  }

  /** Calls `listener` at each such event. Throws `InvalidArgumentError` for an event that there is not. */
  on<E extends keyof SubprocessEvents>(event: E, listener: SubprocessEvents[E]): this {
    this.#events.on(expectOneOf("event", event, EVENTS), expectFunction("listener", listener));
    return this;
  }

  /** Calls `listener` no more. */
  off<E extends keyof SubprocessEvents>(event: E, listener: SubprocessEvents[E]): this {
    this.#events.off(expectOneOf("event", event, EVENTS), expectFunction("listener", listener));
    return this;
  }

  /** Begins to check and to restart. With a restart policy or a health check, that begins by itself. */
  startMonitoring(): this {
    this.#isMonitored = true;
    const run = this.#run;
    if (this.state !== "open" || run === undefined) return this;
    if (run.exit === undefined) this.#watchHealth(run);
    else if (this.#restarting === undefined) this.#onEnd(run, run.exit);
    return this;
  }

  /** Checks and restarts no more; the child goes on. */
  stopMonitoring(): this {
    this.#isMonitored = false;
    this.#watch?.stop();
    this.#cancelRestart();
    return this;
  }

  protected override async onInitialize(): Promise<cp.ChildProcess> {
    return (await this.#start()).child;
  }

  protected override async onClose(): Promise<void> {
    this.stopMonitoring();
    await this.#restarting;
    await this.#run?.end();
  }

  protected override onCloseSync(): void {
    this.stopMonitoring();
    this.#run?.endSync();
  }

  protected override onHealth(): Health {
    return this.#healthOf(this.#run);
  }

  #healthOf(run: Run | undefined): Health {
    if (run === undefined || run.exit !== undefined) return { status: "failed", detail: "it does not run" };
    return this.#health ?? { status: "ok" };
  }

  async #start(): Promise<Run> {
    const { name, stopTimeout, source } = this.#settings;
    const run = Run.of(name, stopTimeout, (ctx) =>
      source.kind === "adoption" ? ctx.process(source.child) : spawnChild(ctx, name, source),
    );
    await run.started(name);
    this.#run = run;
    this.#health = undefined;
    this.#isUnhealthy = false;
    void run.exited.then((exit) => this.#onExit(run, exit));
    this.#tell("start", run.child);
    if (source.kind === "launch") soon(() => discardUnread(run.child));
    if (this.#isMonitored) this.#watchHealth(run);
    return run;
  }

  #watchHealth(run: Run): void {
    const { health } = this.#settings;
    if (health === undefined) return;
    this.#watch?.stop();
    this.#watch = new HealthWatch(run.child, health, (result, isUnhealthy) =>
      this.#onHealth(run, result, isUnhealthy),
    );
  }

  #onHealth(run: Run, health: Health, isUnhealthy: boolean): void {
    this.#health = health;
    publish("health", () => ({ kind: this.kind, name: this.name, ...health }));
    if (!isUnhealthy) return;
    log("warn", { subprocess: this.name, ...health }, "subprocess is unhealthy");
    this.#tell("unhealthy", health);
    if (!this.#mayRestart() || this.#settings.restart.policy === "temporary") return;
    this.#isUnhealthy = true;
    this.#watch?.stop();
    // Its end comes as any other one.
    run
      .end()
      .catch((error: unknown) => log("error", { subprocess: this.name, error }, "subprocess does not end"));
  }

  #onExit(run: Run, exit: Exit): void {
    this.#watch?.stop();
    log("debug", { subprocess: this.name, ...exit }, "subprocess ended");
    this.#tell("exit", exit);
    this.#onEnd(run, exit);
  }

  #onEnd(run: Run, exit: Exit, uptime = run.uptime): void {
    if (!this.#mayRestart()) return;
    if (!this.#isUnhealthy && !wantsRestart(this.#settings.restart, exit)) return;
    const delay = this.#budget.next(now(), uptime);
    if (delay === undefined) return this.#giveUp(exit);
    const attempt = this.#budget.total;
    publish("restart", () => ({ kind: this.kind, name: this.name, attempt, delay }));
    log("warn", { subprocess: this.name, attempt, delay, ...exit }, "subprocess is started again");
    this.#tell("restart", { attempt, delay, exit });
    this.#cancelRestart = after(delay, () => {
      this.#restarting = this.#startAgain(run).finally(() => (this.#restarting = undefined));
    });
  }

  /** Never once it is being closed, or a signal is ending the whole process. */
  #mayRestart(): boolean {
    const { source } = this.#settings;
    return (
      this.#isMonitored && this.state === "open" && source.kind === "launch" && !sharedState().isStopping
    );
  }

  async #startAgain(last: Run): Promise<void> {
    try {
      // What is left of its group may hold the port that the next one needs.
      await last.end();
      if (!this.#mayRestart()) return;
      const next = await this.#start();
      if (this.state !== "open") await next.end();
    } catch (error) {
      log(
        "error",
        { subprocess: this.name, reason: reasonOf(error) },
        "subprocess could not be started again",
      );
      this.#onEnd(last, { code: null, signal: null }, 0);
    }
  }

  #giveUp(exit: Exit): void {
    const { max, within } = this.#settings.restart;
    const error = new RestartLimitError(this.name, { max, within, exit });
    log("error", { subprocess: this.name, ...exit }, error.message);
    void this.#closeFor(error);
  }

  async #closeFor(error: RestartLimitError): Promise<void> {
    const { kind } = this;
    const say = (failure: unknown): void => report([{ kind, error: failure }]);
    await this.close().catch(say);
    if (this.#events.listenerCount("failed") === 0) process.emitWarning(error);
    else this.#tell("failed", error);
    await Promise.resolve(this.#settings.closes?.[Symbol.asyncDispose]()).catch(say);
  }

  /** What a listener throws is thrown where nobody catches it, as from any emitter of Node. */
  #tell<E extends keyof SubprocessEvents>(event: E, ...args: Parameters<SubprocessEvents[E]>): void {
    try {
      this.#events.emit(event, ...args);
    } catch (thrown) {
      process.nextTick(() => {
        throw thrown;
      });
    }
  }
}
