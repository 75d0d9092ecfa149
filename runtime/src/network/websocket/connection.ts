import * as events from "node:events";
import { now, sleep } from "../../clock.js";
import { InvalidArgumentError, ResourceStateError } from "../../errors.js";
import { publish } from "../../events.js";
import { type Health, ManagedResource } from "../../managed-resource.js";
import { log } from "../../settings.js";
import { expectDuration, expectFunction, expectOneOf } from "../../validate.js";
import { ConnectionLostError, NetworkTimeoutError } from "../errors.js";
import { pause } from "../shared.js";
import { Backoff } from "./backoff.js";
import { keepAlive } from "./heartbeat.js";
import {
  connectionSettings,
  type ConnectionSettings,
  type Dial,
  dialOf,
  type WebSocketConnectionOptions,
  type WebSocketTarget,
} from "./options.js";
import { Outbox } from "./outbox.js";
import { closeSocket, messageOf, OPEN, opened, type WebSocketData, type WebSocketLike } from "./socket.js";

/** What a connection tells. */
export interface WebSocketEvents {
  /** It is there; `attempt` is 0 for the first time and counts the tries since the last good connection. */
  readonly open: { readonly attempt: number };
  /** Text comes as a string, everything else as a Buffer. */
  readonly message: { readonly data: string | Buffer };
  /** It is gone, on purpose or not. */
  readonly close: { readonly code: number; readonly reason: string };
  /** It will be tried again, after `delay` milliseconds. */
  readonly reconnecting: { readonly attempt: number; readonly delay: number; readonly error: unknown };
  /** It will not be tried again. */
  readonly giveUp: { readonly attempts: number; readonly error: unknown };
}

const EVENTS = ["open", "message", "close", "reconnecting", "giveUp"] as const;
const PONG = Symbol("pong");

/**
 * A WebSocket that is watched, closed politely but in bounded time, and made again when it is lost, if that is asked
 * for. Nothing is sent or received before {@link ManagedResource.initialize}.
 */
export class ManagedWebSocketConnection extends ManagedResource<WebSocketLike> {
  readonly kind = "websocket";
  readonly name: string;
  readonly #dial: Dial;
  readonly #settings: ConnectionSettings;
  readonly #backoff: Backoff | undefined;
  readonly #outbox: Outbox;
  readonly #events = new events.EventEmitter();
  readonly #stop = new AbortController();
  #socket: WebSocketLike | undefined;
  #redialing: Promise<void> | undefined;
  #lost: unknown;
  #unwatch = (): void => {};

  constructor(target: WebSocketTarget, options?: WebSocketConnectionOptions) {
    super();
    this.#settings = connectionSettings(options);
    this.#dial = dialOf(target, options);
    this.name = this.#dial.name;
    this.#outbox = new Outbox(this.#settings.outbox);
    this.#backoff = this.#settings.reconnect && new Backoff(this.#settings.reconnect);
    if (options?.signal !== undefined) this.#closeOn(options.signal);
  }

  /** Whether messages go out now. */
  get isConnected(): boolean {
    return this.#socket?.readyState === OPEN;
  }

  /** Whether it can be made again; a WebSocket that was given cannot. */
  get canReconnect(): boolean {
    return this.#dial.isRepeatable;
  }

  /** How many messages wait to be sent. */
  get queued(): number {
    return this.#outbox.size;
  }

  /** The WebSocket as it is now; a reconnect brings another one. */
  override get value(): WebSocketLike {
    return this.#socket ?? super.value;
  }

  /** Calls `listener` at each such event, and gives back the way to stop. Throws `InvalidArgumentError`. */
  on<N extends keyof WebSocketEvents>(name: N, listener: (event: WebSocketEvents[N]) => void): () => void {
    this.#events.on(expectOneOf("name", name, EVENTS), expectFunction("listener", listener));
    return () => void this.#events.removeListener(name, listener);
  }

  /**
   * Sends a message now, or as soon as there is a connection that takes it; settles when it was written to the network.
   * Rejects with `SendQueueFullError`, and with `ResourceStateError` when nothing can be sent any more.
   */
  async sendSafe(data: WebSocketData): Promise<void> {
    if (typeof data !== "string" && !(data instanceof ArrayBuffer) && !ArrayBuffer.isView(data))
      throw new InvalidArgumentError({
        name: "data",
        came: data,
        expected: "a string, a Buffer or an ArrayBuffer",
      });
    if (this.#stop.signal.aborted || this.state === "closed" || this.#isOver())
      throw new ResourceStateError(this.kind, this.#isOver() ? "disconnected" : this.state, "send");
    await this.#outbox.add(data);
  }

  /** Asks the peer for a sign of life; settles with the milliseconds that it took. */
  async ping(timeout = this.#settings.heartbeat.pongTimeout): Promise<number> {
    expectDuration("timeout", timeout);
    if (this.#socket?.readyState !== OPEN) throw new ResourceStateError(this.kind, "disconnected", "ping");
    const sent = now();
    const pong = new Promise<number>((resolve) => {
      this.#events.once(PONG, () => resolve(now() - sent));
    });
    this.#socket.ping();
    await sleep(timeout, pong);
    const took = await Promise.race([pong, undefined]);
    if (took === undefined) throw new NetworkTimeoutError("The answer to a ping", timeout);
    return took;
  }

  /** Drops the connection, if there is one, and makes another; rejects when that fails. */
  reconnect(): Promise<void> {
    if (!this.#dial.isRepeatable || this.state !== "open")
      return Promise.reject(
        new ResourceStateError(
          this.kind,
          this.state === "open" ? "a given WebSocket" : this.state,
          "reconnect",
        ),
      );
    if (this.#redialing !== undefined) return this.#redialing;
    const socket = this.#socket;
    this.#forget();
    socket?.terminate();
    return this.#redial(Promise.resolve());
  }

  override close(): Promise<void> {
    this.#end();
    return super.close();
  }

  override closeSync(): void {
    this.#end();
    super.closeSync();
  }

  override async health(): Promise<Health> {
    if (this.isConnected) return { status: "ok" };
    if (this.#redialing !== undefined) return { status: "degraded", detail: `${this.name} is reconnecting` };
    return {
      status: "failed",
      detail: `${this.name} is ${this.state === "open" ? "disconnected" : this.state}`,
    };
  }

  protected async onInitialize(): Promise<WebSocketLike> {
    return await this.#connect();
  }

  protected async onClose(): Promise<void> {
    const socket = this.#socket;
    if (socket !== undefined) {
      this.#outbox.flush();
      await closeSocket(socket, this.#settings.closeTimeout);
    }
    this.#outbox.fail(new ResourceStateError(this.kind, "closed", "send"));
  }

  protected override onCloseSync(): void {
    this.#socket?.terminate();
    this.#outbox.fail(new ResourceStateError(this.kind, "closed", "send"));
  }

  #closeOn(signal: AbortSignal): void {
    const close = (): void => void this.close();
    if (signal.aborted) close();
    else signal.addEventListener("abort", close, { once: true, signal: this.#stop.signal });
  }

  #end(): void {
    this.#stop.abort(new ResourceStateError(this.kind, "closed", "connect"));
    this.#unwatch();
  }

  /** Lost for good. */
  #isOver(): boolean {
    return this.state === "open" && this.#socket === undefined && this.#redialing === undefined;
  }

  /** Tries until there is a connection, or no more try. */
  async #connect(): Promise<WebSocketLike> {
    for (;;) {
      try {
        return await this.#open();
      } catch (error) {
        if (this.#stop.signal.aborted || this.#backoff === undefined || this.#backoff.isSpent) throw error;
        await this.#wait(this.#backoff, error);
      }
    }
  }

  async #open(): Promise<WebSocketLike> {
    const socket = await this.#dial.connect();
    await opened(socket, {
      timeout: this.#settings.connectTimeout,
      signal: this.#stop.signal,
      // At once, for the first message may have come with the answer to the handshake.
      ready: () => this.#adopt(socket),
    });
    return socket;
  }

  async #wait(backoff: Backoff, error: unknown): Promise<void> {
    const delay = backoff.next();
    const attempt = backoff.tries;
    publish("restart", () => ({ kind: this.kind, name: this.name, attempt, delay, error }));
    log("warn", { name: this.name, attempt, delay, error }, "websocket lost, reconnecting");
    this.#events.emit("reconnecting", { attempt, delay, error });
    await pause(delay, this.#stop.signal);
  }

  #adopt(socket: WebSocketLike): void {
    this.#socket = socket;
    this.#lost = undefined;
    this.#backoff?.opened();
    this.#unwatch = keepAlive(socket, this.#settings.heartbeat);
    socket.on("error", (error) => (this.#lost = error));
    socket.on("close", (code, reason) => this.#onClosed(socket, { code, reason: reason.toString() }));
    socket.on("pong", () => this.#events.emit(PONG));
    socket.on("message", (data, isBinary) =>
      this.#events.emit("message", { data: messageOf(data, isBinary) }),
    );
    this.#outbox.attach(socket);
    this.#events.emit("open", { attempt: this.#backoff?.tries ?? 0 });
  }

  #forget(): void {
    this.#unwatch();
    this.#outbox.detach();
    this.#backoff?.lost();
    this.#socket = undefined;
  }

  #onClosed(socket: WebSocketLike, event: WebSocketEvents["close"]): void {
    const isCurrent = socket === this.#socket;
    if (isCurrent) this.#forget();
    this.#events.emit("close", event);
    if (!isCurrent || this.#stop.signal.aborted) return;
    const error = this.#lost ?? new ConnectionLostError(event.code);
    if (this.#backoff === undefined || this.#backoff.isSpent) this.#giveUp(error);
    else this.#redial(this.#wait(this.#backoff, error)).catch(() => undefined);
  }

  /** One at a time; a failure is told as `giveUp` as well, for mostly nobody waits for this. */
  #redial(start: Promise<void>): Promise<void> {
    const redialing = start
      .then(() => this.#connect())
      .then(
        () => undefined,
        (error: unknown) => {
          if (!this.#stop.signal.aborted) this.#giveUp(error);
          throw error;
        },
      )
      .finally(() => (this.#redialing = undefined));
    this.#redialing = redialing;
    return redialing;
  }

  #giveUp(error: unknown): void {
    log("error", { name: this.name, error }, "websocket lost");
    this.#events.emit("giveUp", { attempts: this.#backoff?.tries ?? 0, error });
    this.#outbox.fail(new ResourceStateError(this.kind, "disconnected", "send"));
  }
}
