// A cookie that scripts can't read and that other sites' links still bring along (RFC 6265).

export interface CookieOptions {
  readonly path: string;
  readonly seconds: number;
  readonly secure: boolean;
}

export const cookieOf = (name: string, value: string, { path, seconds, secure }: CookieOptions): string =>
  [
    `${name}=${value}`,
    `Path=${path}`,
    `Max-Age=${seconds}`,
    "HttpOnly",
    "SameSite=Lax",
    ...(secure ? ["Secure"] : []),
  ].join("; ");

export function cookieNamed(header: string | undefined | string[], name: string): string | undefined {
  const pairs = String(header ?? "").split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
