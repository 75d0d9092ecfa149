import { unified } from "../reporters/patch.js";
import { counted } from "../reporters/style.js";
import type { Part } from "./parts.js";

/** Who makes the patches, as git would say it; null where git knows nobody. */
export type Author = string | null;

/** A patch that `git apply` takes and, with an author, `git am` makes a commit of. */
export function partText(part: Part, author: Author): string {
  const body = part.sites.map(
    ({ file, finding: { acquisition, message } }) =>
      `- ${file}:${String(acquisition.line)} ${acquisition.kind}: ${message}`,
  );
  const head = author === null ? [] : [`From ${"0".repeat(40)} Mon Sep 17 00:00:00 2001`, `From: ${author}`];
  const subject = `Subject: [PATCH] ${subjectOf(part)}`;
  const patches = part.files.map(unified).join("");
  return [...head, subject, "", ...body, "---", patches].join("\n");
}

function subjectOf({ name, sites, files }: Part): string {
  const what = sites.length === 0 ? counted(files.length, "file") : counted(sites.length, "resource");
  return sites.length === 0 ? `Change ${what}: ${name}` : `Release ${what}: ${name}`;
}

/** `0001-packages-api.patch` */
export function partName(part: Part, index: number): string {
  const word = part.name.replace(/[^\w.-]+/g, "-").replace(/^[-.]+|-+$/g, "");
  return `${String(index + 1).padStart(4, "0")}-${word === "" ? "root" : word}.patch`;
}
