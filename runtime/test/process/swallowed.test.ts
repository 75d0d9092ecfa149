import { beforeAll, expect, it } from "vitest";
import { ensureBuilt, killAll, newMark, sleep, start, until } from "../helpers.js";

const RUNS = process.env["RESOURCE_FAULTS"] === "long" ? 1_000 : 60;
const AT_A_TIME = 6;
/** A program that goes on for so long has not noticed the signal, however busy the machine is. */
const FOR_EVER = 120_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

beforeAll(ensureBuilt, 120_000);

/** Sends one signal at a random moment, and says by which one the program ended. */
async function endOf(signal: NodeJS.Signals): Promise<string> {
  const running = start("churn.mjs", newMark());
  await running.says("ready");
  await sleep(Math.random() * 100);
  running.child.kill(signal);
  const { child } = running;
  await until(() => child.signalCode !== null || child.exitCode !== null, FOR_EVER);
  const end = child.signalCode ?? (child.exitCode === null ? "swallowed" : `status ${child.exitCode}`);
  killAll([child.pid ?? 0]);
  return end;
}

it(
  `S8 of ${RUNS} signals at any moment none is swallowed, and each is what the program ends by`,
  async () => {
    for (let run = 0; run < RUNS; run += AT_A_TIME) {
      const signals = Array.from(
        { length: AT_A_TIME },
        (_, at) => SIGNALS[(run + at) % SIGNALS.length] ?? "SIGINT",
      );
      expect(await Promise.all(signals.map(endOf))).toEqual(signals);
    }
  },
  RUNS * 5_000,
);
