import { methodOf, read } from "../duck.js";

/** The streams that pipe into another one. */
export interface Sources {
  /** A source that goes on writing to a stream that was ended makes it fail with "write after end". */
  cutOff(): void;
  letGo(): void;
}

/** Listens for pipes into a stream that can be written to; pipes that are there already are not known. */
export function sourcesOf(stream: object): Sources {
  const sources = new Set<unknown>();
  const added = (source: unknown): void => void sources.add(source);
  const removed = (source: unknown): void => void sources.delete(source);
  // Doubles of tests get no listener that they do not need.
  const listens = typeof read(stream, "writableEnded") === "boolean";
  const set = (how: "on" | "removeListener"): void => {
    if (!listens) return;
    methodOf(stream, how)?.("pipe", added);
    methodOf(stream, how)?.("unpipe", removed);
  };
  set("on");
  return {
    cutOff: () => {
      for (const source of [...sources]) methodOf(source, "unpipe")?.(stream);
    },
    letGo: () => set("removeListener"),
  };
}
