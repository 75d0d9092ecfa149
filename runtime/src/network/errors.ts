/** More messages wait to be sent than the queue of a connection takes. The message was not taken. */
export class SendQueueFullError extends Error {
  override readonly name = "SendQueueFullError";
  readonly code = "ERR_SEND_QUEUE_FULL";

  constructor(limits: { readonly maxMessages: number; readonly maxBytes: number }) {
    super(
      `The send queue is full: it takes ${limits.maxMessages} messages and ${limits.maxBytes} bytes. ` +
        `Wait for earlier sends, or raise queueMessages or queueBytes.`,
    );
  }
}

/** Something on the network did not happen in time. */
export class NetworkTimeoutError extends Error {
  override readonly name = "NetworkTimeoutError";
  readonly code = "ERR_NETWORK_TIMEOUT";

  constructor(what: string, ms: number) {
    super(`${what} took longer than ${Math.round(ms)} ms.`);
  }
}

/** The connection ended while something still needed it. */
export class ConnectionLostError extends Error {
  override readonly name = "ConnectionLostError";
  readonly code = "ERR_CONNECTION_LOST";

  /** `closeCode` is the status of RFC 6455: 1006 when the peer said nothing. */
  constructor(readonly closeCode: number) {
    super(`The connection was closed with status ${closeCode}.`);
  }
}
