import type { ResourceModel } from "../types.js";
import type { Origin } from "./origins.js";

/** In what form a function of the project hands out what it made, or where a method of the project leaves it. */
export type Shape =
  /** The resource. */
  | { readonly is: "itself" }
  /** A function that releases it when it is called; `isHarmless`: calling it twice does nothing more. */
  | { readonly is: "function"; readonly isHarmless: boolean }
  /** An object, an array or an instance: `members` are the resource, `releases` are methods that release it. */
  | {
      readonly is: "holder";
      readonly members: readonly string[];
      readonly releases: readonly string[];
      readonly isHarmless: boolean;
    }
  /** The object whose method is called, which has it from then on: `await server.listen(port)`. */
  | { readonly is: "receiver"; readonly releases: readonly string[]; readonly isHarmless: boolean };

/** A function or class of the project that acquires for whoever calls it. */
export interface Inferred {
  readonly model: ResourceModel;
  /** What it hands out, or what is in that: the catalogued thing. */
  readonly resource: ResourceModel;
  readonly shape: Shape;
  /** From this function to the catalogued one: `src/server.ts#start`, `node:http#createServer`. */
  readonly chain: readonly string[];
}

/** What is known about a function or class of the project; undefined when it acquires nothing. */
export type InferredLookup = (origin: Origin) => Inferred | undefined;

export const nothingInferred: InferredLookup = () => undefined;

/** `Origin.module` of what a file of the project defines. */
export const moduleOfFile = (file: string): string => `project:${file}`;

/** The file that defines it; undefined for everything else. */
export function definingFile({ module }: Origin): string | undefined {
  return module.startsWith("project:") ? module.slice("project:".length) : undefined;
}
