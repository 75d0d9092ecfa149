// What a clause saw, as plain JSON: the same words whichever class is under test and whichever Node runs it.

/** An error by its name and, where it has them, the errors inside. */
export function told(thrown) {
  if (!(thrown instanceof Error)) return `${thrown}`;
  if ("suppressed" in thrown)
    return { name: thrown.name, error: told(thrown.error), suppressed: told(thrown.suppressed) };
  if ("errors" in thrown) return { name: thrown.name, errors: thrown.errors.map(told) };
  // A class of ours may say more than the specification asks for, as long as it is one of the kind.
  if (thrown instanceof TypeError) return "TypeError";
  // Messages of the engine differ from one to the next; only those of the clauses count.
  return thrown.constructor === Error ? `Error: ${thrown.message}` : thrown.name;
}

/** Runs a step and says how it ended. */
export function attempt(step) {
  try {
    return { returned: plain(step()) };
  } catch (thrown) {
    return { threw: told(thrown) };
  }
}

/** The same for a step that may give back a promise: a rejection is not the same as a throw. */
export async function settle(step) {
  let result;
  try {
    result = step();
  } catch (thrown) {
    return { threw: told(thrown) };
  }
  try {
    return { resolved: plain(await result) };
  } catch (thrown) {
    return { rejected: told(thrown) };
  }
}

/** JSON has no undefined and no functions. */
function plain(value) {
  if (value === undefined) return "undefined";
  return typeof value === "function" || (typeof value === "object" && value !== null) ? "an object" : value;
}
