import { quietlyAfter, sleep } from "../../clock.js";
import { methodOf, onFirst, read } from "../../duck.js";
import { ResourceStateError } from "../../errors.js";
import { ManagedResource } from "../../managed-resource.js";
import { loadPeer } from "../../peers.js";
import { NetworkTimeoutError } from "../errors.js";
import { construct } from "../shared.js";
import { withResource } from "../with-resource.js";
import {
  clientSettings,
  type ClientSettings,
  type DispatcherLike,
  expectRequest,
  type HttpClientOptions,
  type HttpRequestOptions,
  type HttpResponse,
  urlOf,
} from "./options.js";

/** How long the connections of requests that were cut may take to be gone. */
const LAST_WORDS = 100;
const nothing = (): void => {};

/**
 * A client of HTTP with connections of its own: requests end in bounded time, and so does the client. It works on the
 * package `undici`.
 */
export class ManagedHTTPClient extends ManagedResource<DispatcherLike> {
  readonly kind = "httpClient";
  readonly name: string;
  readonly #settings: ClientSettings;
  readonly #requests = new Set<Request>();

  constructor(options?: HttpClientOptions) {
    super();
    this.#settings = clientSettings(options);
    this.name = this.#settings.name;
  }

  /** How many requests are under way, until the last byte of their answer was read. */
  get pending(): number {
    return this.#requests.size;
  }

  /**
   * Makes a request; opens the client first if need be. Whatever the status is, the answer is given. Rejects with
   * `NetworkTimeoutError` when it takes too long, with the reason of the signal, and with what the network said.
   */
  async request(url: string | URL, options?: HttpRequestOptions): Promise<HttpResponse> {
    const { signal, timeout = this.#settings.timeout, headers, query, ...rest } = expectRequest(options);
    const target = urlOf(url, this.#settings.baseUrl, query);
    const dispatcher = await this.initialize();
    const request = begin(timeout, signal);
    this.#requests.add(request);
    const end = (): void => {
      request.end();
      this.#requests.delete(request);
    };
    try {
      const response = await dispatch(dispatcher, {
        method: "GET",
        ...rest,
        origin: target.origin,
        path: target.pathname + target.search,
        headers: { ...this.#settings.headers, ...headers },
        signal: request.signal,
      });
      onFirst(response.body, "close", end);
      return response;
    } catch (thrown) {
      end();
      throw thrown;
    }
  }

  protected async onInitialize(): Promise<DispatcherLike> {
    const { dispatcher, agent } = this.#settings;
    return dispatcher ?? expectDispatcher(construct(await loadPeer("undici"), "Agent", [agent]));
  }

  protected async onClose(dispatcher: DispatcherLike): Promise<void> {
    if (read(dispatcher, "destroyed") === true) return;
    // What it cannot close, it destroys.
    const closed = dispatcher.close().then(nothing, nothing);
    await sleep(this.#settings.closeTimeout, closed);
    // An Agent that was told to close has forgotten its connections, and can no longer destroy them (undici 7.30).
    this.#abort();
    await dispatcher.destroy();
    await sleep(LAST_WORDS, closed);
  }

  protected override onCloseSync(dispatcher: DispatcherLike): Promise<void> {
    this.#abort();
    return dispatcher.destroy();
  }

  #abort(): void {
    for (const request of this.#requests)
      request.abort(new ResourceStateError(this.kind, "closed", "finish a request"));
  }
}

/** Runs `body` with a client, and closes it afterwards whatever happens. */
export function withHttpClient<T>(
  options: HttpClientOptions,
  body: (client: ManagedHTTPClient) => T | PromiseLike<T>,
): Promise<T> {
  return withResource(new ManagedHTTPClient(options), body);
}

/** A request under way, which can be ended from here. */
interface Request {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  end(): void;
}

/** Its signal is aborted after `ms` or with another signal, until it is over. */
function begin(ms: number, outer: AbortSignal | undefined): Request {
  const controller = new AbortController();
  const abort = (reason: unknown): void => controller.abort(reason);
  const stop = (): void => abort(outer?.reason);
  const cancel = quietlyAfter(ms, () => abort(new NetworkTimeoutError("The request", ms)));
  if (outer?.aborted === true) stop();
  else outer?.addEventListener("abort", stop, { once: true });
  const end = (): void => {
    cancel();
    outer?.removeEventListener("abort", stop);
  };
  return { signal: controller.signal, abort, end };
}

async function dispatch(dispatcher: DispatcherLike, request: object): Promise<HttpResponse> {
  const response = await methodOf(dispatcher, "request")?.(request);
  if (isResponse(response)) return response;
  throw new TypeError("The dispatcher gave no answer that has a status and a body.");
}

const isResponse = (value: unknown): value is HttpResponse =>
  typeof read(value, "statusCode") === "number" && typeof read(read(value, "body"), "text") === "function";

function expectDispatcher(value: unknown): DispatcherLike {
  if (isDispatcher(value)) return value;
  throw new TypeError("The package undici has no Agent that can be closed.");
}

const isDispatcher = (value: unknown): value is DispatcherLike =>
  typeof read(value, "close") === "function" && typeof read(value, "destroy") === "function";
