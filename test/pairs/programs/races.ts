import { setTimeout as delay } from "node:timers/promises";

/** Answers at once, or fails. */
async function work(): Promise<string> {
  await delay(10);
  if (process.env["PAIR_SCENARIO"] === "throw") throw new Error("no answer");
  return "answer";
}

async function rejected(): Promise<string> {
  return await Promise.race([
    work(),
    new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error("too late")), 2_600);
    }),
  ]);
}

async function promised(): Promise<string> {
  return await Promise.race([work(), delay(2_600, "too late")]);
}

async function late(): Promise<string> {
  return await Promise.race([delay(60_000, "never", { ref: false }), delay(2_200, "too late")]);
}

const scenarios = { rejected, promised, late };

for (const scenario of process.argv.slice(2))
  if (scenario === "rejected" || scenario === "promised" || scenario === "late")
    console.log(await scenarios[scenario]().catch((error: Error) => error.message));

const answered = performance.now();
process.on("exit", () => console.log(performance.now() - answered > 1_500 ? "kept running" : "ended"));
