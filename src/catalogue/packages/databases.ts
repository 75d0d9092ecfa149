import type { ResourceModel } from "../../types.js";
import { adopt, adoptOnce, family, method, onceOnly } from "../entry.js";

/** https://github.com/WiseLibs/better-sqlite3: a second `close()` does nothing. */
const betterSqlite = family(
  {
    kind: "database",
    release: [method("close", "now")],
    ends: [],
    adopt: adopt("(database) => database.close()"),
  },
  [{ modules: ["better-sqlite3"], path: [], by: "either" }],
);

/** https://nodejs.org/api/sqlite.html: a second `close()` throws, its dispose method does not. */
const nodeSqlite = family(
  { kind: "database", release: [onceOnly("close", "now")], ends: [], adopt: { by: "wrap", method: "use" } },
  [{ modules: ["sqlite"], path: ["DatabaseSync"], by: "construct" }],
);

/** https://github.com/TryGhost/node-sqlite3: a second `close()` is a misuse. */
const sqlite3 = family(
  { kind: "database", release: [onceOnly("close", "event")], ends: ["close"], adopt: adoptOnce },
  [{ modules: ["sqlite3"], path: ["Database"], by: "construct" }],
);

/** https://node-postgres.com: a second `end()` of a client may never settle, that of a pool rejects. */
const postgresClients = family(
  {
    kind: "connection",
    release: [onceOnly("end")],
    ends: ["end"],
    adopt: adoptOnce,
  },
  [{ modules: ["pg"], path: ["Client"], by: "construct" }],
);
const postgresPools = family(
  {
    kind: "pool",
    release: [onceOnly("end")],
    ends: [],
    // A second `end()` is rejected, and older types do not know `pool.ending`.
    adopt: adoptOnce,
  },
  [{ modules: ["pg", "pg-pool"], path: ["Pool"], by: "construct" }],
);
/** A client of the pool goes back with `release()`; a second one throws. */
const postgresLoans = family(
  { kind: "connection", release: [onceOnly("release", "now")], ends: [], adopt: adoptOnce },
  [{ modules: ["pg"], path: ["Pool", "()", "connect"], yields: "promise" }],
);

/** https://sidorares.github.io/node-mysql2: a second `end()` may never settle, `destroy()` is harmless. */
const mysqlRelease = [onceOnly("end"), method("destroy", "now")];
const mysql = family(
  {
    kind: "connection",
    release: mysqlRelease,
    ends: ["end"],
    adopt: adopt("(connection) => connection.destroy()"),
  },
  [
    { modules: ["mysql2", "mysql"], path: ["createConnection"] },
    { modules: ["mysql2/promise"], path: ["createConnection"], yields: "promise" },
  ],
);
const mysqlPools = family(
  {
    kind: "pool",
    release: [onceOnly("end")],
    ends: [],
    adopt: adoptOnce,
  },
  [{ modules: ["mysql2/promise", "mysql2", "mysql"], path: ["createPool"] }],
);

/** A connection of the pool goes back with `release()`, once. */
const mysqlLoans = family(
  {
    kind: "connection",
    release: [onceOnly("release", "now"), method("destroy", "now")],
    ends: [],
    adopt: adoptOnce,
  },
  [{ modules: ["mysql2/promise"], path: ["createPool", "()", "getConnection"], yields: "promise" }],
);

/** https://mongodb.github.io/node-mongodb-native: a second `close()` does nothing. */
const mongo = family(
  {
    kind: "connection",
    release: [method("close")],
    ends: ["close"],
    adopt: adopt("(client) => client.close()"),
  },
  [
    { modules: ["mongodb"], path: ["MongoClient"], by: "construct" },
    { modules: ["mongodb"], path: ["MongoClient", "connect"], yields: "promise" },
  ],
);

/** https://github.com/redis/node-redis: to close a client that is not open rejects. */
const redis = family(
  {
    kind: "connection",
    release: ["quit", "disconnect", "close", "destroy"].map((name) => onceOnly(name)),
    ends: ["end"],
    adopt: adopt("(client) => client.isOpen && client.quit()"),
  },
  [{ modules: ["redis", "@redis/client"], path: ["createClient"] }],
);
const redisGroups = family(
  {
    kind: "pool",
    release: ["close", "destroy"].map((name) => onceOnly(name)),
    ends: [],
    adopt: adopt("(client) => client.isOpen && client.close()"),
  },
  ["createCluster", "createSentinel", "createClientPool"].map((name) => ({
    modules: ["redis", "@redis/client"],
    path: [name],
  })),
);

/** https://github.com/redis/ioredis: `quit()` rejects when the connection has ended. */
const ioredis = family(
  {
    kind: "connection",
    release: [onceOnly("quit"), method("disconnect", "now")],
    ends: ["end"],
    adopt: adopt('(redis) => redis.status === "end" || redis.quit()'),
  },
  [
    { modules: ["ioredis"], path: [], by: "construct" },
    { modules: ["ioredis"], path: ["Redis"], by: "construct" },
    { modules: ["ioredis"], path: ["Cluster"], by: "construct" },
    { modules: ["ioredis"], path: ["Redis", "Cluster"], by: "construct" },
  ],
);

/** https://knexjs.org, https://www.prisma.io/docs/orm/reference/prisma-client-reference */
const knex = family(
  { kind: "pool", release: [method("destroy")], ends: [], adopt: adopt("(database) => database.destroy()") },
  [
    { modules: ["knex"], path: [] },
    { modules: ["knex"], path: ["knex"] },
  ],
);
const prisma = family(
  {
    kind: "pool",
    release: [method("$disconnect")],
    ends: [],
    adopt: adopt("(client) => client.$disconnect()"),
  },
  [{ modules: ["@prisma/client"], path: ["PrismaClient"], by: "construct" }],
);

/** https://developer.mozilla.org/docs/Web/API/IDBFactory/open: it only is where the runtime cannot run. */
const indexedDb = family(
  {
    kind: "database",
    release: [method("close", "now")],
    ends: [],
    adopt: { by: "none", reason: "browser-code" },
  },
  [{ modules: ["globalThis"], path: ["indexedDB", "open"] }],
);

export const databases: readonly ResourceModel[] = [
  ...betterSqlite,
  ...nodeSqlite,
  ...sqlite3,
  ...postgresClients,
  ...postgresPools,
  ...postgresLoans,
  ...mysql,
  ...mysqlPools,
  ...mysqlLoans,
  ...mongo,
  ...redis,
  ...redisGroups,
  ...ioredis,
  ...knex,
  ...prisma,
  ...indexedDb,
];
