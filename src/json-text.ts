/** One member of a JSON object, by its offsets in the text. */
export interface Member {
  readonly key: string;
  readonly keyStart: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** The members of the object that opens at an offset. The text is known to be valid JSON. */
export function membersOf(text: string, open: number): readonly Member[] {
  const members: Member[] = [];
  let at = skipSpace(text, open + 1);
  while (text[at] === '"') {
    const keyEnd = endOfValue(text, at);
    const valueStart = skipSpace(text, text.indexOf(":", keyEnd) + 1);
    const valueEnd = endOfValue(text, valueStart);
    members.push({ key: String(JSON.parse(text.slice(at, keyEnd))), keyStart: at, valueStart, valueEnd });
    const next = skipSpace(text, valueEnd);
    at = text[next] === "," ? skipSpace(text, next + 1) : next;
  }
  return members;
}

/** The same text with one more member: in its place when the keys are sorted, else at the end. */
export function withMember(
  text: string,
  open: number,
  entry: { readonly key: string; readonly value: string },
): string {
  const members = membersOf(text, open);
  const first = members[0];
  const last = members.at(-1);
  if (!first || !last) throw new Error("An empty object has no style to follow.");
  const gap = text.slice(open + 1, first.keyStart);
  const colon = text.slice(first.keyStart + JSON.stringify(first.key).length, first.valueStart);
  const added = `${JSON.stringify(entry.key)}${colon}${entry.value}`;
  const next = isSorted(members) ? members.find((member) => member.key > entry.key) : undefined;
  if (next) return splice(text, next.keyStart, `${added},${gap === "" ? " " : gap}`);
  return splice(text, last.valueEnd, `,${gap === "" ? " " : gap}${added}`);
}

export function splice(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}

function isSorted(members: readonly Member[]): boolean {
  return members.every((member, index) => index === 0 || (members[index - 1]?.key ?? "") < member.key);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? "")) at++;
  return at;
}

function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start);
  if (text[start] !== "{" && text[start] !== "[")
    return start + (/^[^\s,\]}]+/.exec(text.slice(start, start + 64))?.[0].length ?? 0);
  let depth = 0;
  for (let at = start; ; at++) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at) - 1;
    else if (sign === "{" || sign === "[") depth++;
    else if ((sign === "}" || sign === "]") && --depth === 0) return at + 1;
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
}
