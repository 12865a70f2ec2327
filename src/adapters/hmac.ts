// HMAC-SHA-256 (RFC 2104) by two plain hashes: a native `Hmac` of node:crypto for each text costs more than the hashing, and its collection again.
import { hash } from "node:crypto";

const blockBytes = 64;

/** The key is prepared once; each text is signed in hex. */
export function hmacSha256(key: string): (text: string | Buffer) => string {
  const given = Buffer.from(key);
  const short = given.length > blockBytes ? hash("sha256", given, "buffer") : given;
  const padded = (mark: number) => Uint8Array.from({ length: blockBytes }, (_, at) => mark ^ (short[at] ?? 0));
  const [inner, outer] = [padded(0x36), padded(0x5c)];
  return (text) => {
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    const within = hash("sha256", Buffer.concat([inner, bytes]), "buffer");
    return hash("sha256", Buffer.concat([outer, within]), "hex");
  };
}
