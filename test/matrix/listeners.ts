import type { ContextTemplate } from "./contexts.js";

/** A listener has no handle: what takes it back is a call with the same arguments. */

const work = "check(exit);\n  await step(exit);";
const inside = ["success", "throw", "reject"] as const;

function listening(id: string, main: string, rest: Partial<ContextTemplate> = {}): ContextTemplate {
  return {
    id,
    driver: "call",
    exits: inside,
    verdicts: ["local"],
    mustFix: true,
    mustLeave: false,
    text: () => ({ main }),
    ...rest,
  };
}

const clean = { mustFix: false, mustLeave: true, verdicts: [] } as const;
const head =
  "export async function run(exit: Exit): Promise<string> {\n  const emitter = bus();\n  return await use(emitter, exit);\n}\n\nasync function use(emitter: EventEmitter, exit: Exit): Promise<string> {\n";
const lines = `const count = (line: string): void => note(line);\n`;

export const listenerContexts: readonly ContextTemplate[] = [
  listening(
    "taken-back-at-the-end",
    `${head}  ${lines}  emitter.on("data", count);\n  ${work}\n  emitter.off("data", count);\n  return "done";\n}`,
  ),
  listening(
    "once-taken-back",
    `${head}  ${lines}  emitter.once("data", count);\n  ${work}\n  emitter.removeListener("data", count);\n  return "done";\n}`,
  ),
  listening(
    "early-return",
    `${head}  ${lines}  emitter.on("data", count);\n  ${work}\n  if (exit === "return") return "early";\n  emitter.off("data", count);\n  return "done";\n}`,
    { exits: [...inside, "return"] },
  ),
  listening(
    "loop",
    `${head}  for (const name of ["first", "second"]) {\n    const count = (line: string): void => note(name + line);\n    emitter.on("data", count);\n    check(exit);\n    if (exit === "break") break;\n    await step(exit);\n    emitter.off("data", count);\n  }\n  return "done";\n}`,
    { exits: [...inside, "break"] },
  ),
  listening(
    "two",
    `${head}  ${lines}  const end = (): void => note("end");\n  emitter.on("data", count);\n  emitter.on("end", end);\n  ${work}\n  emitter.off("end", end);\n  emitter.off("data", count);\n  return "done";\n}`,
  ),
  listening(
    "swallowed",
    `${head}  ${lines}  try {\n    emitter.on("data", count);\n    ${work}\n    emitter.off("data", count);\n  } catch (error) {\n    note(String(error));\n  }\n  return "done";\n}`,
  ),
  listening(
    "finally",
    `${head}  ${lines}  emitter.on("data", count);\n  try {\n    ${work}\n  } finally {\n    emitter.off("data", count);\n  }\n  return "done";\n}`,
    clean,
  ),
  listening(
    "catch-and-end",
    `${head}  ${lines}  emitter.on("data", count);\n  try {\n    ${work}\n  } catch (error) {\n    emitter.off("data", count);\n    throw error;\n  }\n  emitter.off("data", count);\n  return "done";\n}`,
    clean,
  ),
];
