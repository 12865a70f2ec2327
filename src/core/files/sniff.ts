// What a file really is: by its first bytes, and where it should be text, by all of them.
import { AppError } from "../errors.ts";
import { type Kind, kindsOfFiles } from "./kinds.ts";
import { fileTexts } from "./texts.ts";

/** Bytes that are looked at; office files tell late what they are. */
const enough = 64 * 1024;

type Content = AsyncIterable<Uint8Array>;

/**
 * The same content, known to be of this kind as far as its beginning tells; what is to be text is checked to its end while it is read.
 * @throws AppError `invalid` when it isn't; also, in the middle of the content, for what turns out to be no text.
 */
export async function sniffed(kind: Kind, content: Content): Promise<Content> {
  const { shows } = kindsOfFiles[kind];
  const { beginning, whole, close } = await opened(content);
  try {
    if (shows === "text") {
      if (looksLikeMarkup(beginning)) throw new AppError("invalid", fileTexts.say("notWhatItSays", kind));
      return onlyText(kind, whole);
    }
    const type = await typeOf(beginning);
    if (type === undefined || !(shows as readonly string[]).includes(type))
      throw new AppError("invalid", fileTexts.say("notWhatItSays", kind));
    return whole;
  } catch (error) {
    await close();
    throw error;
  }
}

async function typeOf(beginning: Uint8Array): Promise<string | undefined> {
  const { fileTypeFromBuffer } = await import("file-type");
  return (await fileTypeFromBuffer(beginning).catch(() => undefined))?.mime;
}

async function opened(content: Content) {
  const source = content[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < enough) {
    const next = await source.next();
    if (next.done) break;
    first.push(next.value);
    length += next.value.length;
  }
  const close = async () => void (await source.return?.());
  async function* whole() {
    try {
      yield* first;
      for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
    } finally {
      await close();
    }
  }
  return { beginning: joined(first, length), whole: whole(), close };
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** What a browser would run, were it ever told that this is a page; and a document that is all letters. */
const markup = /^\s*(?:%PDF-|<(?:!doctype|\?xml|html|head|body|svg|script|iframe)\b)/i;
const looksLikeMarkup = (beginning: Uint8Array): boolean =>
  markup.test(new TextDecoder().decode(beginning.subarray(0, 1024)));

async function* onlyText(kind: Kind, content: Content): Content {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (piece?: Uint8Array) => {
    try {
      decoder.decode(piece, { stream: piece !== undefined });
    } catch (error) {
      throw new AppError("invalid", fileTexts.say("notText", kind), { cause: error });
    }
  };
  for await (const piece of content) {
    if (piece.includes(0)) throw new AppError("invalid", fileTexts.say("notText", kind));
    decode(piece);
    yield piece;
  }
  decode();
}
