import * as fs from "node:fs";
import * as http from "node:http";
import * as path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ManagedResource, ResourceContext } from "../../src/index.js";
import { lockedFile } from "../../src/files/index.js";
import { checkPort, NetworkResourceManager } from "../../src/network/index.js";
import { isAlive } from "../helpers.js";
import { listen } from "../network/support/servers.js";
import { makeFolder, rejection, removeFolders, startChild } from "./support.js";

afterEach(removeFolders);

/** All that a tool server holds: its work folder, a lock on its state, a worker process, its servers and clients. */
class ServerContext extends ManagedResource<void> {
  readonly kind = "serverContext";
  readonly network = new NetworkResourceManager();
  readonly #held = new ResourceContext({ name: "server" });
  readonly #root: string;
  port = 0;
  work = "";
  worker: number | undefined;

  constructor(root: string) {
    super();
    this.#root = root;
  }

  protected async onInitialize(): Promise<void> {
    this.#held.use(await lockedFile(path.join(this.#root, "state.json")));
    this.work = this.#held.tempDir(fs.mkdtempSync(path.join(this.#root, "work-")));
    const { child } = await startChild("family");
    this.worker = this.#held.process(child).pid;
    this.#held.use(this.network);
    const web = await this.network.server(http.createServer((_request, response) => response.end("ready")));
    this.port = await listen(web);
    await this.network.createHttpClient();
  }

  protected onClose(): Promise<void> {
    return this.#held.disposeAsync({ throwErrors: true });
  }

  protected override onCloseSync(): void {
    this.#held.dispose();
  }
}

describe("MCPContextIntegration: a server context that manages everything", () => {
  it("starts, answers, and leaves nothing when it is closed", async () => {
    const root = makeFolder();
    const server = new ServerContext(root);
    await server.initialize();
    expect(await (await fetch(`http://127.0.0.1:${server.port}`)).text()).toBe("ready");
    await server.close();
    expect({ worker: isAlive(server.worker), work: fs.existsSync(server.work) }).toEqual({
      worker: false,
      work: false,
    });
    expect(await checkPort(server.port)).toBe(false);
    // The lock is free as well.
    await (await lockedFile(path.join(root, "state.json"), { timeout: 5_000 })).close();
  });

  it("is held by a context, closed once however many ask, and of no use afterwards", async () => {
    const ctx = new ResourceContext();
    const server = ctx.use(new ServerContext(makeFolder()));
    await server.initialize();
    await Promise.all([server.close(), server.close(), ctx.disposeAsync()]);
    expect(server.state).toBe("closed");
    expect(await rejection(server.initialize())).toMatchObject({ code: "ERR_RESOURCE_STATE" });
  });

  it("a second one that cannot have the lock takes nothing with it", async () => {
    const root = makeFolder();
    const first = new ServerContext(root);
    await first.initialize();
    expect(await rejection(lockedFile(path.join(root, "state.json"), { timeout: 0 }))).toMatchObject({
      code: "ERR_LOCK_TIMEOUT",
    });
    expect(isAlive(first.worker)).toBe(true);
    await first.close();
  });
});
