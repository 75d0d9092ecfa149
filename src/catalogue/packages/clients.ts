import type { ResourceModel } from "../../types.js";
import { adopt, adoptOnce, family, method, onceOnly } from "../entry.js";

const close = [method("close")];

/** https://github.com/modelcontextprotocol/typescript-sdk: closing a client closes its transport. */
const sdk = "@modelcontextprotocol/sdk/client";
const modelContext = family(
  { kind: "connection", release: close, ends: [], adopt: adopt("(connection) => connection.close()") },
  [
    {
      modules: [`${sdk}/index.js`],
      path: ["Client"],
      by: "construct",
      takes: [{ method: "connect", argument: 0 }],
    },
    { modules: [`${sdk}/stdio.js`], path: ["StdioClientTransport"], by: "construct" },
    { modules: [`${sdk}/sse.js`], path: ["SSEClientTransport"], by: "construct" },
    { modules: [`${sdk}/streamableHttp.js`], path: ["StreamableHTTPClientTransport"], by: "construct" },
    { modules: [`${sdk}/websocket.js`], path: ["WebSocketClientTransport"], by: "construct" },
  ],
);

/** https://html.spec.whatwg.org: a second `close()` does nothing. */
const webSockets = family(
  {
    kind: "socket",
    release: [method("close", "event")],
    ends: ["close"],
    adopt: { by: "wrap", method: "socket" },
  },
  [{ modules: ["globalThis", "undici"], path: ["WebSocket"], by: "construct" }],
);
const streams = family(
  {
    kind: "connection",
    release: [method("close", "now")],
    ends: [],
    adopt: adopt("(connection) => connection.close()"),
  },
  [
    { modules: ["globalThis", "eventsource", "undici"], path: ["EventSource"], by: "construct" },
    // Until version 2 the module itself.
    { modules: ["eventsource"], path: [], by: "construct" },
    { modules: ["globalThis", "worker_threads"], path: ["BroadcastChannel"], by: "construct" },
  ],
);

/** https://amqp-node.github.io/amqplib: a second `close()` rejects. */
const brokers = family(
  { kind: "connection", release: [onceOnly("close")], ends: ["close"], adopt: adoptOnce },
  [{ modules: ["amqplib"], path: ["connect"], yields: "promise" }],
);

/** https://nodejs.org/api/http.html: a request holds its socket until it is answered, or for good. */
const requests = family(
  {
    kind: "request",
    release: [method("destroy", "now"), method("abort", "now")],
    ends: ["close", "response"],
    adopt: adopt("(request) => request.destroy()"),
  },
  ["http", "https"].flatMap((module) =>
    ["request", "get"].map((name) => ({ modules: [module], path: [name], args: { path: -1, options: 0 } })),
  ),
);

/** https://nodejs.org/api/http.html#class-httpagent */
const agents = family(
  { kind: "pool", release: [method("destroy", "now")], ends: [], adopt: adopt("(agent) => agent.destroy()") },
  ["http", "https"].map((module) => ({ modules: [module], path: ["Agent"], by: "construct" as const })),
);

/** https://undici.nodejs.org: a second `close()` rejects, a second `destroy()` does not. */
const dispatchers = family(
  {
    kind: "pool",
    release: [onceOnly("close"), method("destroy")],
    ends: [],
    adopt: adopt("(agent) => agent.destroy()"),
  },
  [
    "Agent",
    "Pool",
    "Client",
    "ProxyAgent",
    "BalancedPool",
    "RoundRobinPool",
    "EnvHttpProxyAgent",
    "H2CClient",
    "MockAgent",
  ].map((name) => ({
    modules: ["undici"],
    path: [name],
    by: "construct" as const,
  })),
);

/** https://playwright.dev/docs/api/class-browsertype, https://pptr.dev: a second `close()` does nothing. */
const playwright = ["playwright", "playwright-core", "@playwright/test"];
const browsers = family(
  {
    kind: "browser",
    release: close,
    ends: ["disconnected", "close"],
    adopt: adopt("(browser) => browser.close()"),
  },
  [
    ...["chromium", "firefox", "webkit"].flatMap((type) =>
      ["launch", "launchPersistentContext", "launchServer", "connect", "connectOverCDP"].map((name) => ({
        modules: playwright,
        path: [type, name],
        yields: "promise" as const,
      })),
    ),
    { modules: playwright, path: ["_electron", "launch"], yields: "promise" },
    { modules: ["puppeteer", "puppeteer-core"], path: ["launch"], yields: "promise" },
  ],
);

/** https://pptr.dev/api/puppeteer.browser.disconnect: a browser that somebody else started goes on. */
const attached = family(
  {
    kind: "browser",
    release: [method("disconnect"), ...close],
    ends: ["disconnected"],
    adopt: adopt("(browser) => browser.disconnect()"),
  },
  [{ modules: ["puppeteer", "puppeteer-core"], path: ["connect"], yields: "promise" }],
);

/** https://playwright.dev/docs/api/class-apirequestcontext */
const requesting = family(
  { kind: "pool", release: [method("dispose")], ends: [], adopt: adopt("(context) => context.dispose()") },
  [{ modules: playwright, path: ["request", "newContext"], yields: "promise" }],
);

/** https://github.com/xtermjs/xterm.js */
const terminals = family(
  {
    kind: "terminal",
    release: [method("dispose", "now")],
    ends: [],
    adopt: adopt("(terminal) => terminal.dispose()"),
  },
  [
    {
      modules: ["@xterm/headless", "@xterm/xterm", "xterm-headless", "xterm"],
      path: ["Terminal"],
      by: "construct",
    },
  ],
);

export const clients: readonly ResourceModel[] = [
  ...modelContext,
  ...webSockets,
  ...streams,
  ...brokers,
  ...requests,
  ...agents,
  ...dispatchers,
  ...browsers,
  ...attached,
  ...requesting,
  ...terminals,
];
