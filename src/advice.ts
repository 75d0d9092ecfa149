import type { LeaveReason, Verdict } from "./types.js";

/** What each verdict says about who must release a resource. */
export const verdictTexts: Readonly<Record<Verdict, string>> = {
  inert: "Nobody has to release it.",
  held: "It is released on every path already.",
  daemon: "It is meant to be left behind.",
  local: "The function that acquires it owns it, and some way out leaves it behind.",
  event: "Its own events end it, after the function has returned.",
  root: "It lives as long as the program.",
  "moved-out": "The function hands it over on success: the receiver owns it from then on.",
  field: "An object keeps it in a field, and so owns it.",
  container: "A collection or an object keeps it: whoever owns that owns it.",
  unknown: "It goes somewhere that is not followed: who owns it cannot be told.",
};

/** What a human can do about a site that is left for each reason. */
export const advice: Readonly<Record<LeaveReason, string>> = {
  synchronous: "Nothing to do.",
  "finite-and-awaited": "Nothing to do. With `--strict` it is adopted, so that it ends with the program.",
  "ends-by-itself":
    "Nothing to do, unless it must not fire after its owner is gone: then keep the timer and clear it there.",
  "own-temp-folder": "Nothing to do.",
  "already-atomic":
    "Nothing to do; `atomicWriteFile` does the same in one call, and removes the second file when the rename fails.",
  "empty-content": "Nothing to do.",
  "removed-again":
    "Nothing to do where a `finally` block removes it; else give it to a context, which removes it whatever happens: `ctx.tempFile(path)`.",
  "released-by-using": "Nothing to do.",
  "released-in-finally": "Nothing to do.",
  "released-on-every-path":
    "Nothing to do; a `finally` block or `using` would keep it so when the code grows.",
  "registered-for-cleanup": "Nothing to do, as long as the hook is sure to run.",
  "owned-by-context": "Nothing to do.",
  "released-by-event":
    "Make sure that the event comes on failure as well: wait for it in an async function (`await once(..)`) under a context of its own, or adopt the resource into the context of its owner.",
  "driven-by-pipe":
    "Use `pipeline` from `node:stream/promises` and wait for it: it closes all sides when one fails.",
  "no-scope":
    "Move the use into a function of its own that waits for the end, so that the resource begins and ends in one block; there a scope fits.",
  "shell-jobs":
    "Nothing to do if jobs in the background are meant to outlive the shell; else wait for `close`, or kill the group of the shell.",
  "lives-with-program":
    "Nothing to do if it is meant to run as long as the program; else keep the handle and release it where its work is over.",
  unreferenced: "Nothing to do if that is meant.",
  detached: "Nothing to do if that is meant; else drop `detached`.",
  "escapes-returned":
    "Look at the callers: each must release what it gets, on failure as well. `await using` there does that.",
  "escapes-resolved":
    "Look at those who await the promise: each must release what it gets, on failure as well.",
  "escapes-yielded":
    "Let the consumer release it, or release it in a `finally` block around the `yield`: that runs when the consumer stops early.",
  "escapes-exported": "Export a function that releases it next to it, or make it when it is asked for.",
  "escapes-field":
    "Release the field in a closing method of the object, and call that wherever the object's life ends.",
  "owned-by-class":
    "Nothing to do here; make sure that the closing method is called wherever an object of the class is made.",
  "escapes-container":
    "Release what is in the collection where its owner ends, and when an element is taken out.",
  "escapes-argument":
    "Look at the function that gets it: if it keeps it, that is the owner and must release it; if not, release it here in `finally` or with `using`.",
  "escapes-closure": "Release it in the function that captures it, or where that function is dropped.",
  "escapes-unknown":
    "Give it a name of its own (`const child = ..`) and release it in `finally` or with `using`.",
  "append-flag":
    "Nothing to do for a log. What must never be half-written is read, extended and written as a whole with `atomicWriteFile`.",
  "exclusive-flag": "Nothing to do if the file is a lock or must not exist yet.",
  "update-flag": "If the whole content is known, write it anew with `atomicWriteFile`.",
  "computed-flag": "Write the flag as a literal, or call `atomicWriteFile` where it is known to be `w`.",
  "descriptor-target":
    "Write to the path with `atomicWriteFile` where it is known; a descriptor that another program gave cannot be replaced.",
  "special-file": "Nothing to do.",
  "no-drop-in":
    "Use a function that has a drop-in replacement (`writeFile`, `writeFileSync`), or write to a second path and rename it.",
  "browser-code": "Release it by the rules of the framework, in the function that an effect returns, say.",
  "failed-verification":
    "Read what was found: `--verbose` and the JSON report have it. Make the change by hand, or mend what it shows and run again.",
  "spread-arguments": "Write out the arguments: path, data, options.",
};
