import type { Readable } from "node:stream";
import { InvalidArgumentError } from "../../errors.js";
import {
  expectDuration,
  expectInteger,
  expectMethods,
  expectOptions,
  expectRecord,
  expectString,
} from "../../validate.js";
import { parseUrl } from "../shared.js";

/** What this package needs of a dispatcher; the `Agent`, `Pool`, `Client` and `ProxyAgent` of `undici` are ones. */
export interface DispatcherLike {
  /** Takes no new requests and settles when the ones under way are through. */
  close(): Promise<void>;
  /** Ends the requests under way. */
  destroy(error?: Error | null): Promise<void>;
}

/** How a client works. Times are in milliseconds. */
export interface HttpClientOptions {
  /** What relative URLs are relative to, such as `https://api.example.com/v1/`. */
  readonly baseUrl?: string | URL;
  /** How long a request may take in all, from the connection to the last byte of the answer. Default: 30,000. */
  readonly timeout?: number;
  /** How long requests under way may go on once the client is closed. Default: 5,000. */
  readonly closeTimeout?: number;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The most connections to one origin. Default: no limit. */
  readonly connections?: number;
  /** A dispatcher that exists; it is closed with the client. Default: a new `Agent`. */
  readonly dispatcher?: DispatcherLike;
  /** What the client is called in reports. Default: the host of `baseUrl`. */
  readonly name?: string;
}

/** One request. */
export interface HttpRequestOptions {
  /** Default: GET. */
  readonly method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | Readable;
  /** Added to the URL. */
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Instead of the one of the client. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** The body of an answer: a stream that can also be read as a whole, once. */
export interface HttpBody extends Readable {
  /** All of it as UTF-8. */
  text(): Promise<string>;
  /** All of it as the value that its JSON means. */
  json(): Promise<unknown>;
  /** All of its bytes. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The answer to a request. Read its body, or destroy it: until then the connection is in use. */
export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: HttpBody;
}

/** Options with their defaults. */
export interface ClientSettings {
  readonly baseUrl: URL | undefined;
  readonly timeout: number;
  readonly closeTimeout: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: { readonly connections?: number };
  readonly dispatcher: DispatcherLike | undefined;
  readonly name: string;
}

const CLIENT = [
  "baseUrl",
  "timeout",
  "closeTimeout",
  "headers",
  "connections",
  "dispatcher",
  "name",
] as const;
const REQUEST = ["method", "headers", "body", "query", "timeout", "signal"] as const;

export function clientSettings(given: HttpClientOptions | undefined): ClientSettings {
  const options = expectOptions("options", given, CLIENT);
  const { timeout = 30_000, closeTimeout = 5_000, connections, dispatcher, headers = {} } = options;
  const baseUrl = options.baseUrl === undefined ? undefined : expectWebUrl("baseUrl", options.baseUrl);
  return {
    baseUrl,
    timeout: expectDuration("timeout", timeout),
    closeTimeout: expectDuration("closeTimeout", closeTimeout),
    headers: expectRecord("headers", headers),
    agent:
      connections === undefined ? {} : { connections: expectInteger("connections", connections, { min: 1 }) },
    dispatcher: dispatcher && expectMethods("dispatcher", dispatcher, ["request", "close", "destroy"]),
    name: options.name === undefined ? (baseUrl?.host ?? "httpClient") : expectString("name", options.name),
  };
}

/** Throws what to do about a request that cannot be made. */
export function expectRequest(given: HttpRequestOptions | undefined): HttpRequestOptions {
  const options = expectOptions("options", given, REQUEST);
  for (const name of ["headers", "query"] as const)
    if (options[name] !== undefined) expectRecord(name, options[name]);
  if (options.timeout !== undefined) expectDuration("timeout", options.timeout);
  if (options.signal !== undefined) expectMethods("signal", options.signal, ["addEventListener"]);
  return options;
}

/** The whole URL of a request. */
export function urlOf(target: string | URL, base: URL | undefined, query: HttpRequestOptions["query"]): URL {
  const url = new URL(expectWebUrl("url", target, base));
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.append(name, String(value));
  return url;
}

function expectWebUrl(name: string, given: string | URL, base?: URL): URL {
  const url = parseUrl(given, base);
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  const expected = "a URL that begins with http: or https:";
  const hint = base === undefined ? "With the option baseUrl it may be relative." : undefined;
  throw new InvalidArgumentError({ name, came: given, expected, ...(hint !== undefined && { hint }) });
}
