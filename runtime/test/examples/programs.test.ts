import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as zlib from "node:zlib";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { alive, ensureBuilt, isAlive, killAll, newMark, type Running, startFile, until } from "../helpers.js";

const examples = path.resolve(import.meta.dirname, "../../../examples");
const start = (file: string, ...args: readonly string[]): Running =>
  startFile(path.join(examples, file), { args, nodeFlags: ["--import", "tsx"] });

let folder: string;
let mark: string;
beforeAll(ensureBuilt);
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "example-"));
  mark = newMark();
});
afterEach(() => {
  killAll(alive(mark));
  fs.rmSync(folder, { recursive: true, force: true });
});

const endings = ["SIGTERM", "SIGKILL"] as const;

describe("usage", () => {
  it.each([
    ["basic.ts", "4\n"],
    ["atomic-file.ts", 'Error: the disk is full\n{ "theme": "dark" }\n\n'],
    ["websocket-server.ts", "echo hello\n"],
    ["network.ts", "ready\nopen\n"],
  ])("%s runs, prints what it should and ends", async (file, output) => {
    const { stdout, stderr, code } = await start(path.join("usage", file)).ended;
    expect({ stdout, stderr, code }).toEqual({ stdout: output, stderr: "", code: 0 });
  });
});

describe("the task orchestrator", () => {
  const plan = (tasks: object): string => {
    const file = path.join(folder, "tasks.json");
    fs.writeFileSync(file, JSON.stringify({ concurrency: 3, tasks }));
    return file;
  };
  const report = (): string => path.join(folder, "report.json");
  const wait = (): string[] => [
    "sh",
    "-c",
    `trap '' TERM; node -e 'setInterval(()=>{},1e3)' ${mark} & wait; wait`,
  ];

  it("ends what takes too long with all that it started, and cancels what needs it", async () => {
    const tasks = {
      fetch: { command: ["true"] },
      build: { command: wait(), needs: ["fetch"], timeout: 500 },
      lint: { command: ["false"], needs: ["fetch"] },
      ship: { command: ["true"], needs: ["build"] },
      tidy: { command: ["true"], needs: ["fetch"] },
    };
    const { code } = await start("task-orchestrator/orchestrator.ts", plan(tasks), report()).ended;
    expect(code).toBe(1);
    expect(JSON.parse(fs.readFileSync(report(), "utf8"))).toEqual({
      fetch: "done",
      build: "timed out",
      lint: "failed",
      ship: "cancelled",
      tidy: "done",
    });
    expect(alive(mark)).toEqual([]);
  });

  it.each(endings)("leaves no task behind after %s, and the old report", async (signal) => {
    fs.writeFileSync(report(), "old");
    const tasks = { one: { command: wait() }, two: { command: wait() } };
    const running = start("task-orchestrator/orchestrator.ts", plan(tasks), report());
    expect(await until(() => alive(mark).length >= 2, 30_000)).toBe(true);
    running.child.kill(signal);
    expect((await running.ended).signal).toBe(signal);
    expect(await until(() => alive(mark).length === 0, 30_000)).toBe(true);
    expect(fs.readdirSync(folder).sort()).toEqual(["report.json", "tasks.json"]);
    expect(fs.readFileSync(report(), "utf8")).toBe("old");
  });
});

describe("the job server", () => {
  it("runs jobs, refuses what it does not know, and ends the jobs of a client that goes", async () => {
    const server = await listening();
    const client = await connect(server);
    client.send({ run: "count", args: ["3"] });
    expect(await client.next(4)).toEqual([
      { job: "count", line: "1" },
      { job: "count", line: "2" },
      { job: "count", line: "3" },
      { job: "count", code: 0 },
    ]);
    client.send({ run: "rm" });
    expect(await client.next(1)).toEqual([{ error: "There is no such job. Known: count, wait" }]);
    const pid = await client.startWaiting();
    client.socket.terminate();
    expect(await until(() => !isAlive(pid), 30_000)).toBe(true);
    server.running.child.kill("SIGTERM");
    await server.running.ended;
  });

  it.each(endings)("leaves no job behind after %s", async (signal) => {
    const server = await listening();
    const client = await connect(server);
    const pid = await client.startWaiting();
    const closed = new Promise((resolve) => client.socket.on("close", (code) => resolve(code)));
    server.running.child.kill(signal);
    expect((await server.running.ended).signal).toBe(signal);
    expect(await closed).toBe(signal === "SIGTERM" ? 1001 : 1006);
    expect(await until(() => !isAlive(pid), 30_000)).toBe(true);
  });
});

interface Server {
  readonly running: Running;
  readonly port: string;
}

async function listening(): Promise<Server> {
  const running = start("job-server/server.ts", mark);
  await running.says("\n");
  return { running, port: running.output().trim() };
}

async function connect({ port }: Server) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  const messages: { line?: string }[] = [];
  socket.on("message", (data) => messages.push(JSON.parse(String(data))));
  socket.on("error", () => undefined);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const send = (message: object): void => socket.send(JSON.stringify(message));
  const next = async (count: number) => {
    expect(await until(() => messages.length >= count, 30_000)).toBe(true);
    return messages.splice(0, count);
  };
  const startWaiting = async (): Promise<number> => {
    send({ run: "wait" });
    const [answer] = await next(1);
    const pid = Number(answer?.line);
    expect(isAlive(pid)).toBe(true);
    return pid;
  };
  return { socket, send, next, startWaiting };
}

describe("the file pipeline", () => {
  const place = (name: string): string => path.join(folder, name);
  const names = Array.from({ length: 6 }, (_, at) => `list-${at}.txt`);
  const list = (name: string): string => [name, "pear", "apple", "fig"].join("\n") + "\n";
  const sorted = (name: string): string => list(name).trimEnd().split("\n").sort().join("\n") + "\n";

  function fill(): void {
    fs.mkdirSync(place("in"));
    for (const name of names) fs.writeFileSync(place(`in/${name}`), list(name));
  }

  /** Each file is in one place, whole, and the index names what is in `out`. */
  function expectConsistent(): void {
    const done = names.filter((name) => fs.existsSync(place(`out/${name}.gz`)));
    expect(fs.readdirSync(place("in")).sort()).toEqual(names.filter((name) => !done.includes(name)).sort());
    const index = fs.existsSync(place("out/index.json"))
      ? JSON.parse(fs.readFileSync(place("out/index.json"), "utf8"))
      : {};
    expect(Object.keys(index).sort()).toEqual([...done].sort());
    for (const name of done) {
      const bytes = fs.readFileSync(place(`out/${name}.gz`));
      expect(bytes.length).toBe(index[name]);
      expect(zlib.gunzipSync(bytes).toString()).toBe(sorted(name));
    }
  }

  it.each(endings)(
    "can be ended by %s at any time, and the next run goes on",
    { timeout: 180_000 },
    async (signal) => {
      fill();
      let runs = 0;
      for (; fs.readdirSync(place("in")).length > 0 && runs < 4; runs += 1) {
        const running = start("file-pipeline/pipeline.ts", folder);
        await running.says(".txt");
        await new Promise((resolve) => setTimeout(resolve, runs * 7));
        running.child.kill(signal);
        await running.ended;
      }
      const { code, stderr } = await start("file-pipeline/pipeline.ts", folder).ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expectConsistent();
      expect(fs.readdirSync(place("in"))).toEqual([]);
      expect(fs.readdirSync(place("out")).sort()).toEqual(
        ["index.json", ...names.map((name) => `${name}.gz`)].sort(),
      );
      expect(fs.readdirSync(folder).filter((name) => !["in", "out"].includes(name))).toEqual([]);
    },
  );
});
