/**
 * The text as a parser reads it, with every character in its place: the byte order mark becomes a space, and what stands
 * on the line of a shebang behind one a comment.
 */
export function parseable(text: string): string {
  return text.replace(/^\uFEFF#!/, "//!").replace(/^\uFEFF/, " ");
}

/**
 * A comment on top says that the types are those of Flow, which are TypeScript's only where both agree; flow-typed writes
 * its own above the declarations that it keeps for packages.
 */
export function hasFlowTypes(text: string): boolean {
  return /@flow\b|^\/\/ flow-typed (signature|version):/m.test(text.slice(0, 1000));
}
