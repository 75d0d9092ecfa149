import "../disposable.js";

export { ConnectionLostError, NetworkTimeoutError, SendQueueFullError } from "./errors.js";
export type { ReconnectOptions } from "./websocket/backoff.js";
export { ManagedWebSocketConnection, type WebSocketEvents } from "./websocket/connection.js";
export type { HeartbeatOptions } from "./websocket/heartbeat.js";
export type { WebSocketConnectionOptions, WebSocketTarget } from "./websocket/options.js";
export type { RawMessage, WebSocketData, WebSocketLike } from "./websocket/socket.js";
export { ManagedWebSocketServer, withWebSocketServer } from "./websocket/server.js";
export type { ConnectionHandler, WebSocketServerOptions } from "./websocket/server-options.js";
