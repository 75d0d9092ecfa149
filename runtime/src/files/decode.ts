import * as buffer from "node:buffer";
import { methodOf } from "../duck.js";
import { InvalidArgumentError } from "../errors.js";

/** What a text was found to be. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** A text, and the encoding that its bytes were found to have. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/** The bytes 0x80 to 0x9f of Windows code page 1252. The five that have no character stay control characters, as on the web. */
const HIGH =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

/**
 * Reads bytes as text: UTF-8 if they are valid UTF-8, else UTF-16 if they begin with its byte order mark, else Windows
 * code page 1252. A byte order mark is not part of the text. Latin-1 is never tried: it takes everything, and makes
 * control characters of the quotation marks and the euro of 1252. The decoders of Node are not used for it, for some
 * versions read 1252 as Latin-1.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (!(bytes instanceof Uint8Array))
    throw new InvalidArgumentError({ name: "bytes", came: bytes, expected: "a Buffer or a Uint8Array" });
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(bytes)) return { text: withoutMark(view.toString("utf8")), encoding: "utf-8" };
  const isEven = view.length % 2 === 0;
  const mark = view.length >= 2 ? view.readUInt16BE(0) : 0;
  if (mark === 0xfffe && isEven) return { text: withoutMark(view.toString("utf16le")), encoding: "utf-16le" };
  if (mark === 0xfeff && isEven) {
    const swapped = Buffer.from(view).swap16().toString("utf16le");
    return { text: withoutMark(swapped), encoding: "utf-16be" };
  }
  return { text: from1252(view), encoding: "windows-1252" };
}

/** Node has it since 18.14. */
function isUtf8(bytes: Uint8Array): boolean {
  const known = methodOf(buffer, "isUtf8")?.(bytes);
  if (known !== undefined) return known === true;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const withoutMark = (text: string): string => (text.startsWith("\ufeff") ? text.slice(1) : text);

function from1252(bytes: Buffer): string {
  return bytes
    .toString("latin1")
    .replace(/[\x80-\x9f]/g, (letter) => HIGH.charAt(letter.charCodeAt(0) - 0x80));
}
