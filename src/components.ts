import type { Span } from "./types.js";

/** Components of Vue and Svelte: files whose code stands in script blocks, between markup and styles. */

/** What is inside of one `<script>`, tags not included. */
interface Script extends Span {
  /** What the parser must take it for. */
  readonly extension: "ts" | "tsx" | "js" | "jsx";
}

/** A file as a parser of TypeScript takes it; every character of the code stands where it stands in the file. */
export interface Code {
  /** The path, with the extension of the language behind that of a component. */
  readonly name: string;
  /** Whatever is no code is white space. */
  readonly text: string;
  /** Where code may begin. */
  readonly start: number;
  /** What is around the code: it may use what the code declares. Empty for files that are code. */
  readonly around: string;
}

export function isComponent(path: string): boolean {
  return /\.(?:vue|svelte)$/.test(path);
}

export function codeOf(path: string, text: string): Code {
  if (!isComponent(path)) return { name: path, text, start: text.startsWith("\uFEFF") ? 1 : 0, around: "" };
  const scripts = scriptsOf(path, text);
  const borders = scripts.flatMap(({ start, end }) => [start, end]);
  const parts = [0, ...borders].map((from, i) => text.slice(from, borders[i] ?? text.length));
  const [first] = scripts;
  return {
    name: `${path}.${first?.extension ?? "js"}`,
    text: parts.map((part, i) => (i % 2 === 1 ? part : blank(part))).join(""),
    start: first === undefined ? 0 : behindLineBreak(text, first),
    around: parts.filter((_, i) => i % 2 === 0).join(" "),
  };
}

/** Whether markup or styles mention a name. */
export function isMentionedAround({ around }: Pick<Code, "around">, name: string): boolean {
  return around !== "" && new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(around);
}

const blank = (text: string): string => text.replace(/[^\r\n\u2028\u2029]/g, " ");

function behindLineBreak(text: string, { start, end }: Span): number {
  const gap = /^[ \t]*\r?\n/.exec(text.slice(start, end))?.[0].length ?? 0;
  return start + gap;
}

interface Tag {
  readonly name: string;
  readonly at: number;
  /** Behind its `>`. */
  readonly end: number;
  readonly attributes: ReadonlyMap<string, string>;
  readonly closes: "itself" | "another" | "nothing";
}

/** The scripts that belong to the component: neither those in a comment nor those that markup sends to the browser. */
function scriptsOf(path: string, text: string): readonly Script[] {
  const found: Script[] = [];
  const open: string[] = [];
  const isVue = path.endsWith(".vue");
  for (let tag = nextTag(text, 0, isVue); tag !== undefined;) {
    const end = isRaw(tag, open, isVue) ? endOfRaw(text, tag) : tag.end;
    const extension = extensionOf(tag);
    if (tag.name === "script" && tag.closes === "nothing" && open.length === 0 && extension !== undefined)
      found.push({ start: tag.end, end, extension });
    if (tag.closes === "another") leave(open, tag.name);
    else if (end === tag.end && tag.closes === "nothing" && !voids.has(tag.name)) open.push(tag.name);
    tag = nextTag(text, end, isVue);
  }
  return found;
}

/** What nobody closes (`<li>`) ends with what it is in. */
function leave(open: string[], name: string): void {
  const at = open.lastIndexOf(name);
  if (at !== -1) open.length = at;
}

const voids: ReadonlySet<string> = new Set(
  "area base br col embed hr img input link meta param source track wbr".split(" "),
);

/** No markup inside: scripts and styles everywhere, and in Vue all blocks but a template of markup. */
function isRaw({ name, closes, attributes }: Tag, open: readonly string[], isVue: boolean): boolean {
  if (closes !== "nothing") return false;
  if (name === "script" || name === "style") return true;
  if (!isVue || open.length > 0) return ["textarea", "title"].includes(name) && isVue;
  return name !== "template" || !["", "html"].includes(attributes.get("lang") ?? "");
}

/** Where the raw text of an element ends: before its closing tag, or with the file. */
function endOfRaw(text: string, { name, end }: Tag): number {
  const closing = new RegExp(`</${name.replace(/[^\w-]/g, "\\$&")}(?=[\\s/>])`, "gi");
  closing.lastIndex = end;
  return closing.exec(text)?.index ?? text.length;
}

/** Undefined for what this tool does not read: another language, data, code that stands in a file of its own. */
function extensionOf({ attributes }: Tag): Script["extension"] | undefined {
  if (attributes.has("src")) return undefined;
  const type = attributes.get("type") ?? "";
  if (!/^(?:|module|(?:text|application)\/(?:java|ecma|type)script)$/i.test(type)) return undefined;
  const given = attributes.get("lang") ?? (/typescript/i.test(type) ? "ts" : "js");
  const language = { typescript: "ts", javascript: "js", "": "js" }[given] ?? given;
  return (["ts", "tsx", "js", "jsx"] as const).find((one) => one === language);
}

/** Comments, and in Vue what stands between `{{` and `}}`, hold no tags. */
const inMarkup = /<!--[^]*?(?:-->|$)|<(\/?)([A-Za-z][^\s/>]*)/g;
const inTemplates = /<!--[^]*?(?:-->|$)|\{\{[^]*?\}\}|<(\/?)([A-Za-z][^\s/>]*)/g;

function nextTag(text: string, from: number, isVue: boolean): Tag | undefined {
  const pattern = new RegExp(isVue ? inTemplates : inMarkup);
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [, slash, name] = match;
    if (name === undefined) continue;
    const { attributes, end } = attributesAt(text, pattern.lastIndex);
    const closes = slash === "/" ? "another" : text.slice(0, end).endsWith("/>") ? "itself" : "nothing";
    return { name, at: match.index, end, attributes, closes };
  }
  return undefined;
}

/** An attribute of markup; in Svelte a value in braces may hold quotes and `>`. */
const attribute = /\s*(?:\/(?!>)|([^\s=>/{"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'{]+)))?|["'=])/y;

function attributesAt(
  text: string,
  from: number,
): { readonly attributes: ReadonlyMap<string, string>; readonly end: number } {
  const attributes = new Map<string, string>();
  const pattern = new RegExp(attribute);
  for (let at = from; ;) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) {
      const space = /^\s*/.exec(text.slice(at, at + 1000))?.[0].length ?? 0;
      at += space;
      if (text[at] === "{") at = behindBraces(text, at);
      else return { attributes, end: text.startsWith("/>", at) ? at + 2 : Math.min(at + 1, text.length) };
    } else {
      at = pattern.lastIndex;
      const [, name, double, single, bare] = match;
      if (name !== undefined) attributes.set(name, double ?? single ?? bare ?? "");
    }
  }
}

/** Behind the brace that closes the one at an offset; texts inside may hold braces. */
function behindBraces(text: string, from: number): number {
  const parts = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`|[{}]/g;
  parts.lastIndex = from;
  let depth = 0;
  for (let match = parts.exec(text); match !== null; match = parts.exec(text)) {
    if (match[0] === "{") depth++;
    if (match[0] === "}" && --depth === 0) return parts.lastIndex;
  }
  return text.length;
}
