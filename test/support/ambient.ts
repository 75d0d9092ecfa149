/** Types of the packages that fixtures import and that are not installed here: no more than the fixtures use. */
export const ambient = `
declare module "fs-extra" {
  import fs from "node:fs";
  type Data = string | NodeJS.ArrayBufferView;
  interface Extra extends Omit<typeof fs, "writeFile"> {
    writeFile(file: string, data: Data, options?: fs.WriteFileOptions): Promise<void>;
    writeFile(file: string, data: Data, callback: (error: Error | null) => void): void;
    outputFile(file: string, data: Data, options?: fs.WriteFileOptions): Promise<void>;
    outputFileSync(file: string, data: Data, options?: fs.WriteFileOptions): void;
    move(from: string, to: string, options?: object): Promise<void>;
    outputJson: Json; outputJSON: Json; writeJson: Json; writeJSON: Json;
    outputJsonSync: JsonSync; outputJSONSync: JsonSync; writeJsonSync: JsonSync; writeJSONSync: JsonSync;
  }
  type Json = (file: string, value: unknown, options?: object) => Promise<void>;
  type JsonSync = (file: string, value: unknown, options?: object) => void;
  const extra: Extra;
  export = extra;
}
declare module "graceful-fs" { import fs from "node:fs"; export = fs; }
declare module "tempy" {
  export function temporaryDirectory(): string;
  export function temporaryWrite(data: string): Promise<string>;
  export function temporaryWriteSync(data: string): string;
  const tempy: { directory(): string; write(data: string): Promise<string>; writeSync(data: string): string };
  export default tempy;
}
declare module "tmp-promise" {
  export function dir(): Promise<{ path: string; cleanup(): Promise<void> }>;
  export function file(): Promise<{ path: string; fd: number; cleanup(): Promise<void> }>;
}
declare module "fs" {
  interface Disposed { path: string; remove(): void }
  export function mkdtempDisposableSync(prefix: string): Disposed;
}
declare module "fs/promises" {
  export function mkdtempDisposable(prefix: string): Promise<{ path: string; remove(): Promise<void> }>;
}
declare module "atomically" {
  export function writeFile(file: string, data: string): Promise<void>;
  export function writeFileSync(file: string, data: string): void;
}
declare module "write-file-atomic" {
  function write(file: string, data: string): Promise<void>;
  namespace write { export function sync(file: string, data: string): void }
  export default write;
}
declare module "write-json-file" {
  type Write = (file: string, value: unknown) => Promise<void>;
  type WriteNow = (file: string, value: unknown) => void;
  const write: Write & { sync: WriteNow };
  export const writeJsonFile: Write;
  export const writeJsonFileSync: WriteNow;
  export default write;
}
declare module "write-yaml-file" { export { default } from "write-json-file"; }
declare module "write-package" {
  export { writeJsonFile as writePackage, writeJsonFileSync as writePackageSync } from "write-json-file";
}
declare module "jsonfile" {
  export function writeFile(file: string, value: unknown): Promise<void>;
  export function writeFileSync(file: string, value: unknown): void;
  const jsonfile: { writeFile: typeof writeFile; writeFileSync: typeof writeFileSync };
  export default jsonfile;
}
declare module "proper-lockfile" {
  export function lock(file: string, options?: object): Promise<() => Promise<void>>;
  export function unlock(file: string): Promise<void>;
  export function lockSync(file: string): () => void;
  const lockfile: { lock: typeof lock };
  export default lockfile;
}
declare module "restify" {
  import { Server } from "node:http";
  export function createServer(): Server;
  const restify: { createServer: typeof createServer };
  export default restify;
}
declare module "@parcel/watcher" {
  export function subscribe(folder: string, changed: () => void): Promise<{ unsubscribe(): Promise<void> }>;
}
declare module "eventsource" {
  export default class { constructor(url: string); close(): void }
}
declare module "tmp" {
  export function dirSync(options?: object): { name: string; removeCallback(): void };
  export function dir(made: (error: Error | null, folder: string, remove: () => void) => void): void;
  export function file(made: (error: Error | null, file: string, fd: number, remove: () => void) => void): void;
  export function fileSync(): { name: string; fd: number; removeCallback(): void };
}
declare module "chokidar" {
  import { EventEmitter } from "node:events";
  export class FSWatcher extends EventEmitter { close(): Promise<void>; }
  export function watch(paths: string | readonly string[], options?: object): FSWatcher;
  const chokidar: { watch: typeof watch };
  export default chokidar;
}
declare module "rolldown" {
  interface Bundle { closed: boolean; generate(options: object): Promise<{ output: readonly { code: string }[] }>;
    write(options: object): Promise<object>; close(): Promise<void> }
  export function rolldown(options: object): Promise<Bundle>;
  export function watch(options: object): { close(): Promise<void> };
}
declare module "rollup" { export { rolldown as rollup, watch } from "rolldown"; }
declare module "esbuild" {
  interface Context { watch(): Promise<void>; rebuild(): Promise<object>; dispose(): Promise<void> }
  export function context(options: object): Promise<Context>;
}
declare module "vite" {
  interface Server { listen(port?: number): Promise<Server>; close(): Promise<void>; resolvedUrls: object }
  export function createServer(options: object): Promise<Server>;
  export function preview(options: object): Promise<Server>;
}
declare module "better-sqlite3" {
  class Database { constructor(file: string); exec(sql: string): this; close(): this }
  export default Database;
}
declare module "node:sqlite" {
  export class DatabaseSync implements Disposable { constructor(file: string); close(): void; [Symbol.dispose](): void }
}
declare const indexedDB: { open(name: string): {
  onerror: () => void; onsuccess: () => void; error: Error; result: { objectStoreNames: readonly string[] } } };
declare module "sqlite3" { export class Database { constructor(file: string); close(): void } }
declare module "pg" {
  export class Client { constructor(options?: object); connect(): Promise<void>; query(sql: string): Promise<object>; end(): Promise<void> }
  export class Pool { query(sql: string): Promise<object>; end(): Promise<void>;
    connect(): Promise<{ query(sql: string): Promise<object>; release(): void }> }
}
declare module "mysql2" {
  interface Connection { query(sql: string): Promise<object>; end(): Promise<void>; destroy(): void }
  export function createConnection(options: object): Connection;
}
declare module "mysql2/promise" {
  import { Connection } from "mysql2";
  export function createConnection(options: object): Promise<Connection>;
  interface Loan extends Connection { release(): void }
  interface Pool { query(sql: string): Promise<object>; getConnection(): Promise<Loan>; end(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void> }
  export function createPool(options: object): Pool;
}
declare module "mongodb" {
  export class MongoClient { constructor(url: string); static connect(url: string): Promise<MongoClient>;
    connect(): Promise<this>; db(name: string): { drop(): Promise<void> }; close(): Promise<void> }
}
declare module "redis" {
  interface Client { isOpen: boolean; on(event: string, listener: (error: Error) => void): this;
    connect(): Promise<this>; get(key: string): Promise<string | null>; quit(): Promise<string> }
  export function createClient(options?: object): Client;
  interface Group { isOpen: boolean; close(): Promise<void> }
  export function createCluster(options: object): Group;
  export function createSentinel(options: object): Group;
  export function createClientPool(): Group;
}
declare module "ioredis" {
  export class Cluster { status: string; constructor(nodes: readonly string[]); quit(): Promise<string> }
  export class Redis { static Cluster: typeof Cluster; status: string; constructor(url: string); get(key: string): Promise<string | null>;
    quit(): Promise<string>; disconnect(): void }
  export default Redis;
}
declare module "knex" {
  interface Knex { raw(sql: string): Promise<object>; destroy(): Promise<void> }
  function knex(options: object): Knex;
  export { knex };
  export default knex;
}
declare module "@prisma/client" {
  export class PrismaClient { $connect(): Promise<void>; $disconnect(): Promise<void> }
}
declare module "@modelcontextprotocol/sdk/client/index.js" {
  export class Client { constructor(info: object); connect(transport: object): Promise<void>; close(): Promise<void> }
}
declare module "@modelcontextprotocol/sdk/client/stdio.js" {
  export class StdioClientTransport { constructor(options: object); start(): Promise<void>; close(): Promise<void> }
}
declare module "@modelcontextprotocol/sdk/client/sse.js" {
  export class SSEClientTransport { constructor(url: URL); start(): Promise<void>; close(): Promise<void> }
}
declare module "@modelcontextprotocol/sdk/client/streamableHttp.js" {
  export class StreamableHTTPClientTransport { constructor(url: URL); start(): Promise<void>; close(): Promise<void> }
}
declare module "@modelcontextprotocol/sdk/client/websocket.js" {
  export class WebSocketClientTransport { constructor(url: URL); start(): Promise<void>; close(): Promise<void> }
}
declare class EventSource { constructor(url: string); onmessage: (event: object) => void; close(): void }
declare module "amqplib" {
  export function connect(url: string): Promise<{ createChannel(): Promise<object>; close(): Promise<void> }>;
}
declare module "undici" {
  class Dispatcher { constructor(url: string); close(): Promise<void>; destroy(): Promise<void> }
  export class Agent { close(): Promise<void>; destroy(): Promise<void> }
  export class Pool extends Dispatcher {}
  export class Client extends Dispatcher {}
  export class ProxyAgent extends Dispatcher {}
  export class BalancedPool extends Dispatcher {}
  export class RoundRobinPool extends Dispatcher {}
  export class H2CClient extends Dispatcher {}
  export class EnvHttpProxyAgent { close(): Promise<void>; destroy(): Promise<void> }
  export class MockAgent { close(): Promise<void>; destroy(): Promise<void> }
}
declare module "playwright" {
  interface Browser { newPage(): Promise<{ goto(url: string): Promise<void>; pdf(): Promise<Buffer> }>; close(): Promise<void> }
  interface Type { launch(options?: object): Promise<Browser>;
    launchPersistentContext(folder: string): Promise<Browser>; launchServer(): Promise<{ close(): Promise<void> }>;
    connect(url: string): Promise<Browser>; connectOverCDP(url: string): Promise<Browser> }
  export const _electron: { launch(): Promise<{ close(): Promise<void> }> };
  export const request: { newContext(): Promise<{ dispose(): Promise<void> }> };
  export const chromium: Type;
  export const firefox: Type;
  export const webkit: Type;
}
declare module "puppeteer" {
  import { chromium } from "playwright";
  const puppeteer: { launch: typeof chromium.launch;
    connect(options: object): Promise<{ disconnect(): Promise<void>; close(): Promise<void> }> };
  export default puppeteer;
}
declare module "@xterm/headless" { export class Terminal { constructor(options?: object); write(data: string): void; dispose(): void } }
declare module "express" {
  import { Server } from "node:http";
  interface App { use(handler: object): this; listen(port: number, ready?: () => void): Server }
  function express(): App;
  export default express;
}
declare module "connect" { export { default } from "express"; }
declare module "superstatic" {
  import express from "express";
  export const server: (options: object) => ReturnType<typeof express>;
}
declare module "koa" {
  import { Server } from "node:http";
  export default class { use(handler: object): this; listen(port: number): Server }
}
declare module "@hono/node-server" {
  import { Server } from "node:http";
  export function serve(options: object): Server;
}
declare module "fastify" {
  interface App { ready(): Promise<void>; listen(options: object): Promise<string>; close(): Promise<void> }
  export function fastify(options?: object): App;
  export default fastify;
}
declare module "cross-spawn" {
  import cp from "node:child_process";
  const spawn: typeof cp.spawn & { spawn: typeof cp.spawn; sync: typeof cp.spawnSync };
  export default spawn;
}
declare module "execa" {
  import { ChildProcess } from "node:child_process";
  type Result = ChildProcess & Promise<{ exitCode: number; stdout: string }>;
  type Run = ((file: string, args?: readonly string[], options?: object) => Result) &
    ((options: object) => Tag) & Tag;
  type Tag = (strings: TemplateStringsArray, ...values: readonly string[]) => Result;
  export const execa: Run & { command: Run; node: Run };
  export const $: Run;
  export const execaCommand: Run;
  export const execaNode: Run;
  export const command: Run;
  export const node: Run;
  type Sync = (file: string, args?: readonly string[]) => { stdout: string };
  export const execaSync: Sync;
  export const execaCommandSync: Sync;
  export const sync: Sync;
  export const commandSync: Sync;
  export default execa;
}
declare module "zx" { export { $ } from "execa"; }
declare module "tinyexec" { export { execa as x, execa as exec } from "execa"; }
declare module "node-pty" {
  interface Pty { pid: number; onExit(listener: (end: { exitCode: number }) => void): void; write(data: string): void; kill(): void }
  export function spawn(file: string, args: readonly string[], options: object): Pty;
}
declare module "piscina" {
  export class Piscina { constructor(options: object); run(task: object): Promise<object>; destroy(): Promise<void> }
  export default Piscina;
}
declare module "tinypool" {
  export class Tinypool { constructor(options: object); run(task: object): Promise<object>; destroy(): Promise<void> }
  export default Tinypool;
}
declare module "workerpool" { export function pool(file: string): { exec(name: string): Promise<object>; terminate(): Promise<void> } }
declare module "jest-worker" { export class Worker { constructor(file: string); end(): Promise<object> } }
declare module "vitest" { export const vi: { mock(name: string, factory?: () => unknown): void }; }
declare namespace JSX { interface IntrinsicElements { [name: string]: unknown } type Element = object; }
declare module "react" { export function useEffect(run: () => () => void): void; export function useState<T>(value: T): [T, (value: T) => void]; }
`;
