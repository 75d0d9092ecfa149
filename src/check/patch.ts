import { applyPatch, createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

/** A unified patch of one file that `git apply` takes. */
export function patchOf(file: string, before: string, after: string): string {
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
  });
}

/** The patch turns the one text into the other, byte for byte. Null when it does. */
export function patchError(patch: string, before: string, after: string): string | null {
  const applied = applyPatch(before, patch, { autoConvertLineEndings: false });
  if (applied === false) return "The patch does not apply to the original.";
  return applied === after ? null : "The patch applies, but gives another text than the result.";
}
