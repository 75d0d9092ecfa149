import * as fs from "node:fs";
import { fileURLToPath } from "node:url";
import { read } from "../duck.js";
import type { Policy } from "../entry.js";
import type { Keep } from "../keep.js";
import { orPromised } from "../policies/promised.js";
import { type TempCare, tempDirPolicy, tempFilePolicy } from "../policies/temp.js";
import { expectBoolean, expectOptions } from "../validate.js";
import {
  type Made,
  makePrefixed,
  makeTempDir,
  makeTempFile,
  type TempOptions,
  tempOptions,
} from "../temp/create.js";
import { like } from "./like.js";

/** How something temporary that exists is removed. */
export type TempAdoption = Pick<TempOptions, "secret">;

/** One kind of temporary thing. */
interface TempKind {
  readonly kind: "tempFile" | "tempDir";
  readonly make: (options: TempOptions) => Made;
  readonly policyFor: (place: unknown, care: TempCare) => Policy | undefined;
}

export const tempFiles: TempKind = { kind: "tempFile", make: makeTempFile, policyFor: tempFilePolicy };
export const tempDirs: TempKind = { kind: "tempDir", make: makeTempDir, policyFor: tempDirPolicy };

/** Takes what exists, with how to remove it; or makes what does not, for no argument and for options. */
export function temporary(keep: Keep, given: readonly [unknown?, TempAdoption?], temp: TempKind): unknown {
  const [first, care = {}] = given;
  if (given.length === 0 || isOptions(first)) return makeTemporary(keep, first ?? {}, temp);
  const secret = secretOf(care);
  return keep.holdOnce(
    first,
    orPromised(temp.kind, first, (place) => temp.policyFor(place, { secret })),
  );
}

function secretOf(care: TempAdoption): boolean {
  const { secret = false } = expectOptions("options", care, ["secret"]);
  return expectBoolean("secret", secret);
}

/** Makes something temporary, held. */
export function makeTemporary(keep: Keep, options: TempOptions, { kind, make, policyFor }: TempKind): string {
  keep.refuseEarly(kind);
  const { secret } = tempOptions(options);
  const { place, forget } = make(options);
  return keep.hold(place, () => policyFor(place, { secret, forget }));
}

/** Options, and no path: those are text, bytes or addresses. An empty object is a double of a test. */
const isOptions = (value: unknown): value is object =>
  typeof value === "object" &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  Object.keys(value).length > 0;

/** `fs.promises.mkdtemp`, whose folder is held. */
export function makingTemp(keep: Keep): typeof fs.promises.mkdtemp {
  const { mkdtemp } = fs.promises;
  return like(mkdtemp, {
    call: async (given) => {
      keep.refuseEarly("tempDir");
      return managed(keep, given) ?? held(keep, await Reflect.apply(mkdtemp, fs.promises, given));
    },
  });
}

/** `fs.mkdtempSync`, whose folder is held. */
export function makingTempSync(keep: Keep): typeof fs.mkdtempSync {
  return like(fs.mkdtempSync, {
    call: (given) => {
      keep.refuseEarly("tempDir");
      return managed(keep, given) ?? held(keep, Reflect.apply(fs.mkdtempSync, fs, given));
    },
  });
}

/** Made by us, so that it is noted before it exists; undefined when Node has to make it, or to say why it cannot. */
function managed(keep: Keep, [given, options]: readonly unknown[]): unknown {
  const encoding = typeof options === "string" ? options : read(options, "encoding");
  const prefix = given instanceof URL ? pathOf(given) : given;
  if (typeof prefix !== "string" || (encoding !== undefined && encoding !== null && encoding !== "utf8"))
    return undefined;
  const made = prefix.includes("\0") ? undefined : makePrefixed(prefix);
  if (made === undefined) return undefined;
  const { place, forget } = made;
  return keep.hold(place, () => tempDirPolicy(place, { forget }));
}

function pathOf(url: URL): string | undefined {
  return url.protocol === "file:" ? fileURLToPath(url) : undefined;
}

const held = (keep: Keep, folder: unknown): unknown => keep.holdOnce(folder, () => tempDirPolicy(folder));
