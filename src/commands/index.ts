import type { Command } from "../options.js";
import type { ExitCode, Session } from "./session.js";

/** One module for each command, loaded when it is asked for. */
export async function execute(command: Command, session: Session): Promise<ExitCode> {
  switch (command.command) {
    case "help":
      return say(session, command.text);
    case "version":
      return say(session, (await import("../manifest.js")).ownManifest().version);
    case "list-kinds":
      return (await import("./list.js")).listKinds(command.resources, session);
    case "list-transforms":
      return (await import("./list.js")).listTransforms(session);
    case "print-config":
      return (await import("./print-config.js")).printConfig(command.config, session);
    case "undo":
      return (await import("./undo.js")).undoRun(command, session);
    case "explain":
      return (await import("./explain.js")).explainTarget(command, session);
    case "init":
      return (await import("./init.js")).initialise(command, session);
    case "doctor":
      return (await import("./doctor.js")).tellHealth(command, session);
    case "merge":
      return (await import("./merge.js")).mergeParts(command, session);
    case "completion":
      return say(session, await (await import("../options/help.js")).completionScript());
    case "complete":
      return say(session, (await (await import("../options/help.js")).completions(command.words)).join("\n"));
    case "split":
      return (await import("./split.js")).splitPatch(command, session);
    case "run":
      return (await import("./run.js")).runAndReport(command.options, session);
  }
}

function say(session: Session, text: string): 0 {
  session.print(`${text}\n`);
  return 0;
}
