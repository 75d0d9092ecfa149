// The modules of Node, real, but kept inside of one folder: paths, commands and ports come from stand-ins, so every
// child is a real process that sleeps, every file a real file of the folder, every server one on a free port.
import childProcess from "node:child_process";
import events from "node:events";
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import { isBuiltin } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import stream from "node:stream";
import streams from "node:stream/promises";
import util from "node:util";
import workers from "node:worker_threads";

const content = "new settings\n".repeat(200_000);

/** `require` for the code under test; `undefined` when the module is none of Node's and none that stands for one. */
export function builtinsIn({ folder, marker, any, port }) {
  const inside = (value) => typeof value === "string" && value.startsWith(folder);
  const command = commands(marker);
  const files = filesIn(folder, inside, any);
  const modules = {
    child_process: { ...childProcess, ...command },
    "cross-spawn": Object.assign(command.spawn, command),
    execa: { ...command, execa: command.spawn, default: command.spawn },
    fs: { ...files.plain, promises: files.promises },
    "fs/promises": files.promises,
    "fs-extra": { ...files.plain, ...files.either, promises: files.promises },
    "graceful-fs": { ...files.plain, promises: files.promises },
    os: { ...os, tmpdir: () => folder },
    path: paths(path),
    net: {
      ...net,
      createServer: serverOf(net),
      connect: () => net.connect(port),
      createConnection: () => net.connect(port),
    },
    http: { ...http, createServer: serverOf(http) },
    https: { ...https, createServer: serverOf(http) },
    events: Object.assign(function () {}, events, { once: onceOr(any), EventEmitter: events.EventEmitter }),
    readline: {
      ...readline,
      createInterface: () => readline.createInterface({ input: new stream.PassThrough() }),
    },
    "stream/promises": { ...streams, pipeline: pipelineOr(streams.pipeline) },
    worker_threads: { ...workers, isMainThread: true, Worker: sleepingWorker },
    util: { ...util, promisify: (one) => (typeof one === "function" ? util.promisify(one) : any) },
    tempy: {
      temporaryDirectory: () => files.plain.mkdtempSync(),
      temporaryFile: () => path.join(folder, "t.txt"),
    },
    "timers/promises": { setTimeout: async () => undefined, setImmediate: async () => undefined },
  };
  modules.events = eventsWith(modules.events);
  return (name) => {
    const plain = name.replace(/^node:/, "");
    if (plain in modules) return modules[plain];
    return isBuiltin(name) ? process.getBuiltinModule(plain) : undefined;
  };
}

function eventsWith(made) {
  const emitter = events.EventEmitter;
  return new Proxy(emitter, {
    get: (target, key) => (key === "once" ? made.once : Reflect.get(target, key)),
  });
}

function commands(marker) {
  const env = { ...process.env, [marker.name]: marker.value };
  const stdioOf = (options) => (["inherit", "ignore", "pipe"].includes(options?.stdio) ? "ignore" : "pipe");
  const callbackIn = (args) =>
    args.find((one) => typeof one === "function" && util.inspect(one).startsWith("["));
  const spawn = (...args) => {
    const options = args.find((one) => typeof one === "object" && one !== null && !Array.isArray(one));
    return childProcess.spawn("sleep", ["60"], {
      env,
      stdio: options?.stdio === undefined ? "pipe" : stdioOf(options),
      detached: options?.detached === true,
    });
  };
  const execFile = (...args) => childProcess.execFile("sleep", ["60"], { env }, callbackIn(args));
  const promised = () => {
    let child;
    const promise = new Promise((resolve, reject) => {
      child = execFile((error, stdout, stderr) =>
        error === null ? resolve({ stdout, stderr }) : reject(error),
      );
    });
    return Object.assign(promise, { child });
  };
  const exec = Object.assign((...args) => execFile(...args), { [util.promisify.custom]: promised });
  return {
    spawn,
    exec,
    execFile: Object.assign((...args) => execFile(...args), { [util.promisify.custom]: promised }),
    fork: () => spawn(),
    execSync: () => "",
    execFileSync: () => "",
    spawnSync: () => ({ status: 0, stdout: "", stderr: "", signal: null, output: [] }),
  };
}

/** Each function of fs works on files of the folder; what it is asked about others gets an answer without the disk. */
function filesIn(folder, inside, any) {
  const existing = path.join(folder, "upload.txt");
  let count = 0;
  const fresh = () => path.join(folder, `made-${++count}.txt`);
  const openedFor = (flags) => (typeof flags === "string" && /[wax]/.test(flags) ? fresh() : existing);
  const special = {
    open: ([, flags]) => [openedFor(flags), /[wax]/.test(String(flags)) ? "w" : "r"],
    mkdtemp: () => [path.join(folder, "upload-")],
    mkdtempDisposable: () => [path.join(folder, "upload-")],
    opendir: () => [folder],
    writeFile: () => [path.join(folder, "settings.json"), content],
    outputFile: () => [path.join(folder, "settings.json"), content],
    readFile: ([, options]) => [existing, typeof options === "string" ? options : { encoding: "utf8" }],
    copyFile: () => [existing, fresh()],
    mkdir: () => [folder, { recursive: true }],
    readdir: () => [folder],
    stat: () => [existing],
    lstat: () => [existing],
    access: () => [existing],
  };
  const run =
    (name, real) =>
    (...args) => {
      const base = name.replace(/Sync$/, "");
      if (base in special) return real(...special[base](args), ...callbackOf(args));
      const given = args.filter((one) => typeof one === "string" || typeof one === "number");
      const isHere = given.length > 0 && given.every((one) => typeof one === "number" || inside(one));
      if (isHere && base !== "rename" && base !== "chmod")
        return real(...args.map((one) => (one === any ? undefined : one)));
      if (given.length === 0 && args.some((one) => typeof one !== "function" && one !== any))
        return real(...args);
      callbackOf(args).forEach((callback) => setImmediate(callback, null, any));
      return any;
    };
  const plain = { ...fs };
  for (const [name, real] of Object.entries(fs))
    if (typeof real === "function" && /^[a-z]/.test(name)) plain[name] = run(name, real);
  Object.assign(plain, {
    existsSync: (one) => inside(one) && fs.existsSync(one),
    createReadStream: () => fs.createReadStream(existing),
    createWriteStream: () => fs.createWriteStream(fresh()),
    watch: (...args) => fs.watch(folder, ...callbackOf(args)),
    watchFile: (...args) => fs.watchFile(existing, ...callbackOf(args)),
    rm: removal(inside, fs.rm),
    rmSync: removal(inside, fs.rmSync),
    rmdirSync: removal(inside, fs.rmdirSync),
    unlinkSync: removal(inside, fs.unlinkSync),
  });
  const promises = { ...fs.promises };
  for (const [name, real] of Object.entries(fs.promises))
    if (typeof real === "function") promises[name] = async (...args) => run(name, real)(...args);
  promises.rm = async (...args) => removal(inside, fs.promises.rm)(...args);
  const either = {
    ...promises,
    remove: promises.rm,
    ensureDir: async () => folder,
    outputFile: promises.writeFile,
  };
  return { plain, promises, either };
}

/** Only what lies in the folder is ever removed. */
function removal(inside, real) {
  return (target, ...rest) =>
    inside(target) ? real(target, ...rest) : callbackOf(rest).forEach((one) => one(null));
}

function callbackOf(args) {
  const last = args.at(-1);
  return typeof last === "function" && !util.types.isProxy(last) ? [last] : [];
}

function paths(real) {
  const text = (one) => (typeof one === "string" ? one : String(one));
  const made = { ...real };
  for (const name of [
    "join",
    "resolve",
    "dirname",
    "basename",
    "extname",
    "relative",
    "normalize",
    "isAbsolute",
  ])
    made[name] = (...args) => real[name](...args.map(text));
  return { ...made, posix: made, default: made };
}

function serverOf(module) {
  return (...args) => {
    const server = module.createServer(...callbackOf(args));
    const listen = server.listen.bind(server);
    server.listen = (...given) => listen(0, ...callbackOf(given));
    return server;
  };
}

function onceOr(any) {
  return async (emitter, ...rest) =>
    emitter instanceof events.EventEmitter ? events.once(emitter, ...rest) : [any];
}

function pipelineOr(real) {
  return async (...args) => (args.every((one) => one instanceof stream.Stream) ? real(...args) : undefined);
}

const sleep = "setInterval(() => undefined, 1000)";
function sleepingWorker() {
  return new workers.Worker(sleep, { eval: true });
}
