import { SendQueueFullError } from "../errors.js";
import { OPEN, type WebSocketData, type WebSocketLike } from "./socket.js";

/** Bytes a socket may hold back before messages wait here; what waits here survives a reconnect. */
const HIGH_WATER = 65_536;

interface Message {
  readonly data: WebSocketData;
  readonly bytes: number;
  done(error?: Error | null): void;
}

/** How much may wait. */
export interface OutboxLimits {
  readonly maxMessages: number;
  readonly maxBytes: number;
}

/** Messages that wait for a socket, or for one that takes more. */
export class Outbox {
  readonly #limits: OutboxLimits;
  #waiting: Message[] = [];
  #bytes = 0;
  #socket: WebSocketLike | undefined;

  constructor(limits: OutboxLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** Settles when the message was written to the network. */
  add(data: WebSocketData): Promise<void> {
    const bytes = typeof data === "string" ? Buffer.byteLength(data) : data.byteLength;
    return new Promise((resolve, reject) => {
      const done = (error?: Error | null): void => (error ? reject(error) : resolve());
      if (this.#waiting.length === 0 && this.#takesMore()) return this.#send({ data, bytes, done });
      const { maxMessages, maxBytes } = this.#limits;
      if (this.#waiting.length >= maxMessages || this.#bytes + bytes > maxBytes)
        return reject(new SendQueueFullError(this.#limits));
      this.#waiting.push({ data, bytes, done });
      this.#bytes += bytes;
    });
  }

  /** Sends over this socket from now on, what waits first. */
  attach(socket: WebSocketLike): void {
    this.#socket = socket;
    this.#pump();
  }

  detach(): void {
    this.#socket = undefined;
  }

  /** Hands everything to the socket, which sends it before it says goodbye. */
  flush(): void {
    while (this.#isOpen()) {
      const message = this.#take();
      if (message === undefined) return;
      this.#send(message);
    }
  }

  /** Nothing will be sent any more. */
  fail(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    for (const message of waiting) message.done(error);
  }

  #pump(): void {
    while (this.#takesMore()) {
      const message = this.#take();
      if (message === undefined) return;
      this.#send(message);
    }
  }

  #take(): Message | undefined {
    const message = this.#waiting.shift();
    this.#bytes -= message?.bytes ?? 0;
    return message;
  }

  #send({ data, done }: Message): void {
    this.#socket?.send(data, (error) => {
      done(error);
      this.#pump();
    });
  }

  #isOpen(): boolean {
    return this.#socket?.readyState === OPEN;
  }

  #takesMore(): boolean {
    return this.#isOpen() && (this.#socket?.bufferedAmount ?? 0) < HIGH_WATER;
  }
}
