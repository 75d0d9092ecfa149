import "../disposable.js";

export { ConnectionLostError, NetworkTimeoutError, SendQueueFullError } from "./errors.js";
export { ManagedHTTPClient, withHttpClient } from "./http/client.js";
export type {
  DispatcherLike,
  HttpBody,
  HttpClientOptions,
  HttpRequestOptions,
  HttpResponse,
} from "./http/options.js";
export { checkPort, type PortOptions, waitForPort, type WaitOptions } from "./ports.js";
export { NetworkResourceManager, type NetworkManagerOptions, type ServerLike } from "./resource-manager.js";
export type { ReconnectOptions } from "./websocket/backoff.js";
export { ManagedWebSocketConnection, type WebSocketEvents } from "./websocket/connection.js";
export { WebSocketHealthMonitor } from "./websocket/health-monitor.js";
export type { HeartbeatOptions } from "./websocket/heartbeat.js";
export type { WebSocketConnectionOptions, WebSocketTarget } from "./websocket/options.js";
export { ManagedWebSocketServer, withWebSocketServer } from "./websocket/server.js";
export type { ConnectionHandler, WebSocketServerOptions } from "./websocket/server-options.js";
export type { RawMessage, WebSocketData, WebSocketLike } from "./websocket/socket.js";

export { type Exit, IsolationError, RestartLimitError, SubprocessStartError } from "../process/errors.js";
export type { Verdict } from "../health-check.js";
export type { HealthOptions } from "../process/health-watch.js";
export type { Isolation, ProcessLimits } from "../process/isolation.js";
export type { RestartOptions } from "../process/restart.js";
export { ManagedSubprocess, type SubprocessEvents, type SubprocessStatus } from "../process/subprocess.js";
export type {
  AdoptionOptions,
  SubprocessOptions,
  SupervisionOptions,
} from "../process/subprocess-options.js";
