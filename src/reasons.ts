import type { LeaveReason } from "./types.js";

/**
 * Why a site is left alone. One entry per `LeaveReason`; fixtures (`leave-<reason>-*`), the pages in
 * docs/reasons/ and the reporters are checked against these keys.
 */
export const leaveReasons = {
  synchronous: "The call blocks until the child has ended: nothing is left to release.",
  "finite-and-awaited": "The output is buffered and the promise settles when the child ends.",
  "ends-by-itself": "It fires once and is over: nobody has to clear it.",
  "own-temp-folder": "The file lies in a temporary folder: nobody else reads it half-written.",
  "already-atomic": "The function writes to a second path and renames it over the target itself.",
  "empty-content": "It writes nothing: there is no half-written state.",
  "removed-again": "The same function removes the file again: it only has to live until then.",
  "released-by-using": "A `using` declaration or a disposable stack releases it.",
  "released-in-finally": "A `finally` block releases it on every path.",
  "released-on-every-path": "Every way out of the function releases it.",
  "registered-for-cleanup": "A hook that runs at the end releases it.",
  "owned-by-context": "A ResourceContext already owns it.",
  "released-by-event":
    "A handler of an event releases it, or it ends with an event: when that comes is not known here.",
  "driven-by-pipe":
    "A pipe reads or fills it: it closes at the end of the pipe, not when the other side fails.",
  "no-scope":
    "Some path leaves it behind, and no scope fits: a variable of an outer function, a success that needs it longer.",
  "shell-jobs":
    "A shell that nobody ends, and whose exit alone is awaited: what runs in its background may be meant to stay.",
  "lives-with-program": "Nobody releases it before the program ends, and it does not outlive the program.",
  unreferenced: "Unreferenced with `unref()`: it is meant to be left behind.",
  detached: "Started with `detached`: it is meant to outlive this program.",
  "escapes-returned": "It is returned: the caller becomes its owner.",
  "escapes-resolved": "A promise resolves with it: whoever awaits the promise becomes its owner.",
  "escapes-yielded": "A generator yields it: the consumer becomes its owner.",
  "escapes-exported": "The module exports it: any importer may use it.",
  "escapes-field": "It is stored in a field: the object becomes its owner.",
  "owned-by-class": "It is stored in a field, and a method of the class releases it.",
  "escapes-container": "It is put into a collection or an object: whoever owns that becomes its owner.",
  "escapes-argument": "It is passed to a function whose use of it is not known.",
  "escapes-closure": "A function that outlives this call captures it.",
  "escapes-unknown": "It flows into an expression that is not followed.",
  "append-flag": "The file is opened for appending: an atomic replacement would not append.",
  "exclusive-flag": "The file is created exclusively (`wx`): that is often a lock or a security property.",
  "update-flag": "The file is updated in place (`r+`): an atomic replacement would drop the rest.",
  "computed-flag": "The flag is computed: it may append or create exclusively.",
  "descriptor-target": "The target is an open descriptor or handle, not a path.",
  "special-file": "The target is a device, a pipe or a standard stream.",
  "no-drop-in": "The runtime has no drop-in replacement for this function.",
  "browser-code":
    'It runs in a browser ("use client", markup, globals of a page) or on workers of an edge network, where the runtime cannot run.',
  "failed-verification":
    "It was changed and taken back: with the change the compiler or the command of `--verify` found something new.",
  "spread-arguments": "The arguments are spread: path and flag cannot be seen.",
} as const satisfies Readonly<Record<LeaveReason, string>>;
