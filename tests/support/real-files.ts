// The smallest files that are what their extension says, one of each kind that can be kept.
import { crc32 } from "node:zlib";

const gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const webp = "UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=";
const jpeg = Buffer.concat([
  Buffer.from("ffd8ffe000104a46494600010100000100010000ffdb004300", "hex"),
  Buffer.alloc(64, 1),
  Buffer.from("ffc0000b080001000101011100ffd9", "hex"),
]);

/** ISO base media (ISO/IEC 14496-12): a file type box and an empty data box. */
const mp4 = Buffer.concat([
  Buffer.from("00000018", "hex"),
  Buffer.from("ftypisom"),
  Buffer.from("00000200", "hex"),
  Buffer.from("isommp42"),
  Buffer.from("00000008", "hex"),
  Buffer.from("mdat"),
]);

/** Frames of MPEG-1 layer III, 128 kbit/s at 44.1 kHz: 417 bytes each. */
const mp3 = Buffer.concat(
  Array.from({ length: 4 }, () => Buffer.concat([Buffer.from("fffb9000", "hex"), Buffer.alloc(413)])),
);

function wavOf(samples: number): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples, 40);
  return Buffer.concat([head, Buffer.alloc(samples, 0x80)]);
}

/** The header of a compound file ([MS-CFB] 2.2), as Word, Excel and PowerPoint wrote them until 2003. */
const compound = Buffer.concat([
  Buffer.from("d0cf11e0a1b11ae1", "hex"),
  Buffer.alloc(16),
  Buffer.from("3e000300feff0900", "hex"),
  Buffer.alloc(480),
]);

/** A zip of stored entries (APPNOTE.TXT 4.3). */
export function zipOf(entries: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(entries)) {
    const data = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), common, tail, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, directory, Buffer.from("PK\u0005\u0006"), end]);
}

const officeOf = (folder: string, part: string): Buffer =>
  zipOf({
    "[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${folder}/main.xml" ContentType="application/vnd.openxmlformats-officedocument.${part}.main+xml"/></Types>`,
    "_rels/.rels": "<Relationships/>",
    [`${folder}/main.xml`]: "<x/>",
  });

export const samples: Readonly<Record<string, Buffer>> = {
  pdf: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"),
  doc: compound,
  docx: officeOf("word", "wordprocessingml.document"),
  ppt: compound,
  pptx: officeOf("ppt", "presentationml.presentation"),
  xls: compound,
  xlsx: officeOf("xl", "spreadsheetml.sheet"),
  txt: Buffer.from("Lemma 3 follows from lemma 2.\n"),
  md: Buffer.from("# Notes\n\n- <b>bold</b> in *Markdown*\n"),
  csv: Buffer.from("name,mark\nAda,1\n"),
  jpg: jpeg,
  jpeg,
  png: Buffer.from(png, "base64"),
  gif: Buffer.from(gif, "base64"),
  webp: Buffer.from(webp, "base64"),
  mp4,
  mp3,
  wav: wavOf(100),
};
