import type { AdoptMethod, RuntimeName, Span } from "./types.js";

/** What is done about a site. */

/**
 * The method of a context that takes the resource over; `use` and `defer` for what is no handle of Node: a thing with a
 * dispose symbol, a function that releases; `release`: `adopt(x, <this function>)`.
 */
export type Taking = AdoptMethod | "use" | "defer" | { readonly release: string };

/** `ctx.stream(x, { removePartial: true })`: the context is told how to release it. */
export interface TakingWith {
  readonly method: AdoptMethod;
  readonly options: string;
}

/** The context acquires it: `spawn(..)` -> `ctx.spawn(..)`; `frees` is the local name whose use goes away. */
export interface Acquiring {
  readonly acquire: string;
  readonly callee: Span;
  readonly frees: string | null;
}

/** The call is told when the context ends: `{ signal: ctx.signal }` with what goes around the name of the context. */
export interface Signalling {
  readonly at: number;
  readonly before: string;
  readonly after: string;
}

/** How a context gets a resource. */
export type Method = Taking | TakingWith | Acquiring | Signalling;

/** The expression that gives the resource. */
export interface Handle extends Span {
  /**
   * `const child = spawn(..);` or `this.child = spawn(..);` over several lines: `ctx.process(child);` goes behind it as
   * a statement of its own, so that not every line of the call changes. Null where the call itself is wrapped.
   * `declares`: the call is a statement, `spawn(..);`, and becomes the declaration of that name.
   */
  readonly statement: {
    readonly from: number;
    readonly at: number;
    readonly name: string;
    readonly declares: boolean;
  } | null;
  /** `(await open(path)).readFile()`: the parentheses around it, which become those of the taking call. */
  readonly parens: Span | null;
}

/** Where an `await using ctx = new ResourceContext()` (or its try/finally form) goes. */
export interface Scope {
  /** The block that gets the context: a function body or the body of a loop, braces included. */
  readonly block: Span;
  /** Start of the first statement of the block that acquires; the context is declared right before it. */
  readonly before: number;
  /** End of the last statement of the block: what the try block of the long form reaches to. */
  readonly until: number;
  readonly syntax: "using" | "try-finally";
  /** Whether the scope can wait for what it releases: `await using`, or plain `using`. */
  readonly waits: boolean;
  /** Free name for the context in this scope. */
  readonly contextName: string;
  /** Returned expressions that must become `await <expression>`; `parens` when `await` needs them. */
  readonly awaits: readonly { readonly span: Span; readonly parens: boolean }[];
  /** The block is the expression of an arrow function, and becomes a block that returns it; null where it is a block. */
  readonly arrow: {
    /** The white space between the arrow and the expression. */
    readonly gap: Span;
    /** The expression has to be waited for; `parens` when `await` needs them. */
    readonly returns: "as-is" | "await" | "await-parens";
  } | null;
  /**
   * With the long form, the block is that of a `try` with a `catch` and no `finally`: it gets the `finally`, and the
   * context is declared above it, in the block that holds it; null where there is no such `try`.
   */
  readonly caught: { readonly statement: Span; readonly home: Span } | null;
  /** Parts of the block whose bytes must not be re-indented: templates, JSX text, multi-line comments. */
  readonly verbatim: readonly Span[];
}

/** Where a guard lets go of what the caller owns from then on. */
export type HandOver =
  /** `return x` -> `return guard.disown(x)` */
  | { readonly how: "wrap"; readonly span: Span }
  /** `guard.disown(x);` as a statement of its own before the one that hands over. */
  | { readonly how: "before"; readonly at: number; readonly name: string }
  /**
   * The same behind the last statement, which begins at `from`. `keeps`: how the root context takes over what outlives
   * the program; null where the new owner is enough.
   */
  | {
      readonly how: "after";
      readonly from: number;
      readonly at: number;
      readonly name: string;
      readonly keeps: Taking | null;
    };

/** The class that owns a resource, and where its context and its closing method go. */
export interface ClassOwner {
  /** From `class` to the closing brace. */
  readonly span: Span;
  /** Offset behind the opening brace of the body. */
  readonly open: number;
  /** Start of the first member. */
  readonly firstMember: number;
  /** The class begins with a method: a blank line goes between it and the field. */
  readonly beginsWithMethod: boolean;
  /** Name of the field with its `#`, when it has one. */
  readonly field: string;
  /** The field is there already. */
  readonly isDeclared: boolean;
  readonly close:
    /** The class has a method that disposes of the context already. */
    | { readonly by: "none" }
    /** `async [Symbol.asyncDispose]()` behind the last member, at this offset; `callsSuper`: a superclass has one. */
    | { readonly by: "add"; readonly at: number; readonly callsSuper: boolean }
    /** A statement more behind the last one of a closing method; `renews`: the class can be started again. */
    | { readonly by: "extend"; readonly at: number; readonly waits: boolean; readonly renews: boolean };
  /** The closing method puts a new context in the place of the old one. */
  readonly isRenewed: boolean;
}

/** The edit recipe of one site; `handle` is the expression whose value is the resource. */
export type Fix =
  /** `spawn(..)` -> `ResourceContext.root.process(spawn(..))` */
  | { readonly by: "root"; readonly handle: Handle; readonly method: Method }
  /** `spawn(..)` -> `ctx.process(spawn(..))` with `ctx` from the scope */
  | {
      readonly by: "scope";
      readonly handle: Handle;
      readonly method: Method;
      readonly scope: Scope;
    }
  /** As `scope`, and let go of again where somebody else becomes the owner. */
  | {
      readonly by: "guard";
      readonly handle: Handle;
      readonly method: Method;
      readonly scope: Scope;
      readonly handOvers: readonly HandOver[];
    }
  /** `this.f = spawn(..)` -> `this.f = this.#resources.process(spawn(..))` */
  | {
      readonly by: "class";
      readonly handle: Handle;
      readonly method: Method;
      readonly owner: ClassOwner;
    }
  /**
   * `await new Promise((resolve, reject) => { a.pipe(b).on("finish", resolve).on("error", reject); })` ->
   * `await pipeline(a, b)`: the text of the streams stays, what connects them goes. `frees` is the name of what waited.
   */
  | {
      readonly by: "pipeline";
      readonly span: Span;
      /** The span begins with a statement before the one that waits. */
      readonly waits: boolean;
      readonly streams: readonly Span[];
      readonly frees: string | null;
    }
  /** `fs.writeFile(..)` -> `atomicWriteFile(..)`; `frees` is the local name whose use goes away. */
  | {
      readonly by: "replace";
      readonly callee: Span;
      readonly name: Exclude<RuntimeName, "ResourceContext">;
      readonly frees: string | null;
    };
