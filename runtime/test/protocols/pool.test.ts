import * as cp from "node:child_process";
import { describe, expect, it } from "vitest";
import {
  InvalidArgumentError,
  ResourceContext,
  ResourceStateError,
  UnknownOptionError,
} from "../../src/index.js";
import {
  type Lease,
  type PoolOptions,
  PoolStepTimeoutError,
  PoolTimeoutError,
  ResourcePool,
} from "../../src/protocols/index.js";
import { isAlive, until } from "../helpers.js";

/** Counts what is open, and gives each connection a number. */
class Database {
  readonly opened: Connection[] = [];
  most = 0;

  get open(): number {
    return this.opened.filter((connection) => !connection.isClosed).length;
  }

  connect(): Connection {
    const connection = new Connection(this.opened.length + 1);
    this.opened.push(connection);
    this.most = Math.max(this.most, this.open);
    return connection;
  }
}

class Connection {
  isClosed = false;
  isWell = true;
  constructor(readonly id: number) {}

  async [Symbol.asyncDispose](): Promise<void> {
    this.isClosed = true;
  }
}

const poolOf = (database: Database, options?: PoolOptions<Connection>): ResourcePool<Connection> =>
  new ResourcePool({ kind: "connection", create: async () => database.connect() }, options);

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("a pool", () => {
  it("lends a resource again after it was given back, the last one first", async () => {
    const database = new Database();
    await using pool = poolOf(database);
    const [first, second] = await Promise.all([pool.acquire(), pool.acquire()]);
    await first.release();
    await second.release();
    await using third = await pool.acquire();
    expect(third.value).toBe(second.value);
    expect(database.opened).toHaveLength(2);
  });

  it("takes a lease back at the end of its scope, with await using and with using", async () => {
    await using pool = poolOf(new Database());
    {
      await using lease = await pool.acquire();
      using other = await pool.acquire();
      expect([lease.value.id, other.value.id, pool.activeCount]).toEqual([1, 2, 2]);
    }
    expect(pool.metrics()).toEqual({ size: 2, active: 0, idle: 2, waiting: 0, max: 10 });
  });

  it("never has more open than its maximum, and serves who waits in order", async () => {
    const database = new Database();
    await using pool = poolOf(database, { max: 2 });
    const order: number[] = [];
    const jobs = Array.from({ length: 20 }, async (_, job) => {
      await using lease = await pool.acquire();
      order.push(job);
      expect(lease.value.isClosed).toBe(false);
      await soon();
    });
    expect(pool.waitingCount).toBe(20);
    await Promise.all(jobs);
    expect(order).toEqual(Array.from({ length: 20 }, (_, job) => job));
    expect([database.most, database.opened.length]).toEqual([2, 2]);
  });

  it("opens its minimum when it is initialised, and keeps it up", async () => {
    const database = new Database();
    await using pool = poolOf(database, { min: 3 });
    expect(pool.size).toBe(0);
    await pool.initialize();
    expect([pool.size, database.open]).toEqual([3, 3]);
    const lease = await pool.acquire();
    await lease.discard();
    expect(await until(() => pool.idleCount === 3)).toBe(true);
    expect([database.open, database.opened.length]).toEqual([3, 4]);
  });

  it("replaces what its check refuses, what the check throws about, and what it hangs on", async () => {
    const database = new Database();
    const check = (connection: Connection): boolean | Promise<boolean> => {
      if (connection.id === 1) return false;
      if (connection.id === 2) throw new Error("reset by peer");
      return connection.id === 3 ? new Promise(() => {}) : connection.isWell;
    };
    await using pool = poolOf(database, { check, checkTimeout: 20 });
    const leases = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire(), pool.acquire()]);
    await Promise.all(leases.map((lease) => lease.release()));
    const again = await Promise.all([pool.acquire(), pool.acquire()]);
    expect(again.map((lease) => lease.value.id).sort()).toEqual([4, 5]);
    expect(database.opened.slice(0, 3).map((connection) => connection.isClosed)).toEqual([true, true, true]);
    await Promise.all(again.map((lease) => lease.release()));
  });

  it("gives a returned resource to who waits while another one is still being made", async () => {
    const database = new Database();
    const gates = [Promise.resolve(), new Promise<void>(() => {})];
    const create = async (): Promise<Connection> => {
      await gates.shift();
      return database.connect();
    };
    await using pool = new ResourcePool({ kind: "connection", create }, { max: 2 });
    const first = await pool.acquire();
    const waiting = pool.acquire();
    await first.release();
    await using second = await waiting;
    expect(second.value).toBe(first.value);
  });

  it("says how it is", async () => {
    await using pool = poolOf(new Database(), { max: 1 });
    const lease = await pool.acquire();
    expect(await pool.health()).toEqual({ status: "ok", detail: "1 open, 1 lent, 0 waiting" });
    const waiting = pool.acquire();
    expect((await pool.health()).status).toBe("degraded");
    await lease.release();
    await (await waiting).release();
  });
});

describe("waiting for a pool", () => {
  it("ends after its timeout, with the load in the error and nothing left in the line", async () => {
    await using pool = poolOf(new Database(), { max: 1, acquireTimeout: 20 });
    const lease = await pool.acquire();
    const error: unknown = await pool.acquire().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PoolTimeoutError);
    expect(error).toMatchObject({ code: "ERR_POOL_TIMEOUT", name: "PoolTimeoutError" });
    expect(String(error)).toContain(
      "No connection became free within 20 ms: 1 of at most 1 are lent and 0 more wait",
    );
    await expect(pool.acquire({ timeout: 0 })).rejects.toThrow("within 0 ms");
    expect(pool.waitingCount).toBe(0);
    await lease.release();
  });

  it("ends when its signal is aborted, before and during the wait, with the signal's reason", async () => {
    await using pool = poolOf(new Database(), { max: 1 });
    const lease = await pool.acquire();
    const controller = new AbortController();
    const waiting = pool.acquire({ signal: controller.signal });
    const reason = new Error("the request is over");
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(pool.acquire({ signal: controller.signal })).rejects.toBe(reason);
    expect(pool.waitingCount).toBe(0);
    await lease.release();
  });

  it("keeps what was made for somebody who gave up", async () => {
    const database = new Database();
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const create = async (): Promise<Connection> => (await gate, database.connect());
    await using pool = new ResourcePool({ kind: "connection", create });
    await expect(pool.acquire({ timeout: 5 })).rejects.toBeInstanceOf(PoolTimeoutError);
    open();
    expect(await until(() => pool.idleCount === 1)).toBe(true);
    await using lease = await pool.acquire();
    expect(lease.value.id).toBe(1);
  });
});

describe("a factory that fails", () => {
  const failing = (times: number, database = new Database()) => {
    let attempts = 0;
    const create = async (): Promise<Connection> => {
      attempts += 1;
      if (attempts <= times) throw new Error(`refused ${attempts}`);
      return database.connect();
    };
    return { factory: { kind: "connection", create }, attempts: () => attempts };
  };

  it("rejects who asked first, and the next one gets another attempt", async () => {
    const { factory } = failing(1);
    await using pool = new ResourcePool(factory, { max: 1 });
    const [first, second] = await Promise.allSettled([pool.acquire(), pool.acquire()]);
    expect(first).toMatchObject({ status: "rejected", reason: { message: "refused 1" } });
    expect(second).toMatchObject({ status: "fulfilled", value: { value: { id: 1 } } });
    if (second.status === "fulfilled") await second.value.release();
  });

  it("is tried again as the error protocol says, with its delay", async () => {
    const { factory, attempts } = failing(2);
    const told: unknown[] = [];
    const delays: number[] = [];
    const errors = {
      handleError: (error: unknown) => told.push(error) > 0,
      shouldRetry: (_: unknown, attempt: number) => attempt < 3,
      getRetryDelay: (attempt: number) => (delays.push(attempt), 1),
    };
    await using pool = new ResourcePool(factory, { errors });
    await using lease = await pool.acquire();
    expect([lease.value.id, attempts(), told.length, delays]).toEqual([1, 3, 2, [1, 2]]);
  });

  it("is given up at once when the error protocol says so, without the fallback", async () => {
    const { factory, attempts } = failing(9);
    const errors = { handleError: () => false, shouldRetry: () => true, getRetryDelay: () => 0 };
    const fallback = { hasFallback: true, getFallback: () => new Connection(0) };
    await using pool = new ResourcePool(factory, { errors, fallback });
    await expect(pool.acquire()).rejects.toThrow("refused 1");
    expect(attempts()).toBe(1);
  });

  it("is replaced by the fallback, which is lent once and not counted", async () => {
    const { factory } = failing(1);
    const replacement = new Connection(99);
    const fallback = { hasFallback: true, getFallback: async () => replacement };
    await using pool = new ResourcePool(factory, { fallback });
    const lease = await pool.acquire();
    expect([lease.value, lease.isFallback, pool.size, pool.activeCount]).toEqual([replacement, true, 0, 1]);
    await lease.release();
    expect(replacement.isClosed).toBe(true);
    await using next = await pool.acquire();
    expect([next.value.id, next.isFallback]).toEqual([1, false]);
  });

  it("shows its own error when the fallback has nothing to offer", async () => {
    for (const fallback of [
      { hasFallback: false, getFallback: () => new Connection(0) },
      { hasFallback: true, getFallback: () => undefined },
    ]) {
      await using pool = new ResourcePool(failing(1).factory, { fallback });
      await expect(pool.acquire()).rejects.toThrow("refused 1");
    }
  });

  it("loses nothing that it acquired before it failed", async () => {
    const child = { pid: 0 };
    const create = (context: ResourceContext): Connection => {
      child.pid = context.spawn("sleep", ["30"], { stdio: "ignore" }).pid ?? 0;
      throw new Error("no handshake");
    };
    await using pool = new ResourcePool({ kind: "worker", create });
    await expect(pool.acquire()).rejects.toThrow("no handshake");
    expect(isAlive(child.pid)).toBe(false);
  });

  it("is abandoned after its time, and what it makes later is released", async () => {
    const late = new Connection(7);
    let arrive = (): void => {};
    const create = async (): Promise<Connection> => {
      await new Promise<void>((resolve) => (arrive = resolve));
      return late;
    };
    await using pool = new ResourcePool({ kind: "connection", create }, { createTimeout: 10 });
    const error: unknown = await pool.acquire().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PoolStepTimeoutError);
    expect(error).toMatchObject({ code: "ERR_POOL_STEP_TIMEOUT" });
    expect(pool.size).toBe(0);
    arrive();
    expect(await until(() => late.isClosed)).toBe(true);
  });

  it("fails the initialisation of a pool that wants a minimum, and the pool can be initialised again", async () => {
    const { factory } = failing(1);
    await using pool = new ResourcePool(factory, { min: 1 });
    await expect(pool.initialize()).rejects.toThrow("refused 1");
    expect(pool.state).toBe("failed");
    await pool.initialize();
    expect([pool.state, pool.size]).toEqual(["open", 1]);
  });

  it("is told when it makes something that nobody could release", async () => {
    await using pool = new ResourcePool({ kind: "parser", create: () => ({ parse: JSON.parse }) });
    await expect(pool.acquire()).rejects.toThrow(
      /"factory.create" must be something its context can release/,
    );
  });
});

describe("what a factory hands to its context", () => {
  it("is released together, with the care that each kind needs", async () => {
    const released: string[] = [];
    const create = (context: ResourceContext): cp.ChildProcess => {
      context.defer(() => void released.push("log"));
      return context.process(cp.spawn("sleep", ["30"]));
    };
    const pool = new ResourcePool({ kind: "worker", create });
    const lease = await pool.acquire();
    const { pid } = lease.value;
    await lease.release();
    expect(isAlive(pid)).toBe(true);
    await pool.close();
    expect([isAlive(pid), released]).toEqual([false, ["log"]]);
  });
});

describe("closing a pool", () => {
  it("turns away who waits, lets who borrowed finish, and releases everything, once", async () => {
    const database = new Database();
    const pool = poolOf(database, { max: 2 });
    const [lent, idle] = await Promise.all([pool.acquire(), pool.acquire()]);
    const waiting = pool.acquire();
    await idle.discard();
    await (await waiting).release();
    const closing = pool.close();
    expect(pool.close()).toBe(closing);
    expect(pool.state).toBe("closing");
    await soon();
    expect(lent.value.isClosed).toBe(false);
    await lent.release();
    await closing;
    expect([pool.state, pool.size, database.open]).toEqual(["closed", 0, 0]);
  });

  it("rejects who waits and who comes later with ResourceStateError", async () => {
    const pool = poolOf(new Database(), { max: 1, drainTimeout: 0 });
    await pool.acquire();
    const waiting = pool.acquire();
    const turnedAway = expect(waiting).rejects.toThrow("Cannot acquire a connection: this pool is closed.");
    await pool.close();
    await turnedAway;
    await expect(pool.acquire()).rejects.toBeInstanceOf(ResourceStateError);
  });

  it("releases what is still lent when the drain timeout is over", async () => {
    const pool = poolOf(new Database(), { drainTimeout: 10 });
    const lease = await pool.acquire();
    await pool.close();
    expect(lease.value.isClosed).toBe(true);
    await lease.release();
    expect(pool.size).toBe(0);
  });

  it("ends a factory that hangs", async () => {
    const aborted: boolean[] = [];
    const create = (context: ResourceContext): Promise<Connection> => {
      context.signal.addEventListener("abort", () => aborted.push(true));
      return new Promise(() => {});
    };
    const pool = new ResourcePool({ kind: "connection", create });
    const waiting = expect(pool.acquire()).rejects.toBeInstanceOf(ResourceStateError);
    await soon();
    await pool.close();
    await waiting;
    expect(aborted).toEqual([true]);
  });

  it("without waiting ends children and turns away who waits", async () => {
    const create = (context: ResourceContext): cp.ChildProcess =>
      context.spawn("sleep", ["30"], { stdio: "ignore" });
    const pool = new ResourcePool({ kind: "worker", create }, { max: 1 });
    const { pid } = (await pool.acquire()).value;
    const waiting = expect(pool.acquire()).rejects.toBeInstanceOf(ResourceStateError);
    pool[Symbol.dispose]();
    await waiting;
    expect(await until(() => !isAlive(pid))).toBe(true);
    expect(pool.state).toBe("closed");
  });

  it("happens in the context that holds it", async () => {
    const database = new Database();
    await ResourceContext.run(async (ctx) => {
      const pool = ctx.use(poolOf(database));
      await (await pool.acquire()).release();
    });
    expect(database.open).toBe(0);
  });
});

describe("bad input of a pool", () => {
  it("is refused by name", () => {
    const factory = { kind: "connection", create: () => new Connection(1) };
    const make = (options: unknown) => () => Reflect.construct(ResourcePool, [factory, options]);
    expect(make({ max: 0 })).toThrow('"max" must be a whole number of 1 or more, but number 0 came.');
    expect(make({ min: 4, max: 3 })).toThrow('"min" must be a whole number from 0 to 3');
    expect(make({ check: true })).toThrow('"check" must be a function');
    expect(make({ errors: {} })).toThrow('"errors" must be an object with handleError()');
    expect(make({ fallback: {} })).toThrow('"fallback" must be an object with getFallback()');
    expect(make({ maximum: 3 })).toThrow(UnknownOptionError);
    expect(() => Reflect.construct(ResourcePool, [() => 1])).toThrow(InvalidArgumentError);
    const nameless = { kind: "", create: () => new Connection(1) };
    expect(() => new ResourcePool(nameless)).toThrow('"factory.kind" must be a string that is not empty');
  });

  it("is refused in acquire before anybody waits", async () => {
    await using pool = poolOf(new Database());
    await expect(pool.acquire({ timeout: -1 })).rejects.toBeInstanceOf(InvalidArgumentError);
    await expect(Reflect.apply(pool.acquire, pool, [{ singal: 1 }])).rejects.toThrow(
      'Did you mean "signal"?',
    );
    expect(pool.size).toBe(0);
  });

  it("is refused in release: a lease that was given back, and one of another pool", async () => {
    await using pool = poolOf(new Database());
    await using other = poolOf(new Database());
    const lease: Lease<Connection> = await pool.acquire();
    await expect(other.release(lease)).rejects.toBeInstanceOf(InvalidArgumentError);
    await pool.release(lease);
    await expect(pool.release(lease)).rejects.toThrow("Cannot release it: this lease is returned.");
    await lease.release();
    expect(pool.idleCount).toBe(1);
  });
});
