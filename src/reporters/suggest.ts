const modes = new Set([
  ...["-d", "-n", "-w", "--dry", "--dry-run", "--check", "--write"],
  ...["--update-baseline", "--prune-baseline", "--strict-baseline"],
]);

/** The arguments of this run without its mode, quoted for a shell, each after a space. */
export function suggestedArguments(argv: readonly string[]): string {
  return argv
    .filter((word) => !modes.has(word))
    .map((word) => ` ${/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`}`)
    .join("");
}
