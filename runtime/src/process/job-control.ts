import { markOurs, othersOn } from "../listeners.js";
import { sharedState } from "../state.js";
import { signalGroups } from "./forward.js";
import { readTerminal } from "./terminal.js";
import type { Tree } from "./tree.js";

/**
 * Lets Ctrl-Z stop a child in a group of its own, which the terminal does not reach, and `fg` let it go on. Gives back
 * the way to forget the child; the listeners are installed with the first one, where there is a terminal, and stay.
 */
export function joinJob(tree: Tree): () => void {
  if (!tree.leadsGroup) return () => {};
  const { leaders } = sharedState();
  leaders.add(tree);
  install();
  return () => leaders.delete(tree);
}

function install(): void {
  const state = sharedState();
  if (state.hasJobControl || readTerminal() === undefined) return;
  state.hasJobControl = true;
  let stopped: readonly Tree[] = [];
  const onStop = (): void => {
    // Not SIGTSTP: the kernel ignores that for a group without a shell that could let it go on.
    stopped = signalGroups(state.leaders, "SIGSTOP");
    // A program with its own listener stops itself, or does not.
    if (othersOn("SIGTSTP") === 0) process.kill(process.pid, "SIGSTOP");
  };
  const onContinue = (): void => {
    signalGroups(stopped, "SIGCONT");
    stopped = [];
  };
  process.on("SIGTSTP", markOurs(onStop));
  process.on("SIGCONT", markOurs(onContinue));
}
