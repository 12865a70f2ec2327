// Endpoints come from browsers, so from anybody: only the internet's own addresses are called, looked at when they are resolved.
import { lookup as resolve } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

const inside = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  inside.addSubnet(net, bits, "ipv4");

/** IPv6 that is routed stands in 2000::/3; all else is a machine's or a network's own, or stands for IPv4. */
const outside6 = new BlockList();
outside6.addSubnet("2000::", 3, "ipv6");
/** Addresses in it that carry an IPv4 one: 6to4, Teredo. */
const carrying = new BlockList();
carrying.addSubnet("2002::", 16, "ipv6");
carrying.addSubnet("2001::", 32, "ipv6");

/** Whether an IP address is one of the internet, not of this machine or a network around it. */
export const isPublic = (address: string): boolean =>
  isIP(address) === 4
    ? !inside.check(address, "ipv4")
    : isIP(address) === 6 && outside6.check(address, "ipv6") && !carrying.check(address, "ipv6");

/** An https address whose host is a name with a dot, or a public IP address. */
export function isOutside(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, username, password, port } = new URL(endpoint);
  if (protocol !== "https:" || username || password || (port && port !== "443")) return false;
  const host = hostname.replace(/^\[|\]$/g, "");
  return isIP(host) ? isPublic(host) : /\.[a-z]/i.test(host) && !/\.(local|internal|localhost)\.?$/i.test(host);
}

/** Resolves a name to its public addresses; a name that has none can't be connected to. */
export const publicLookup: LookupFunction = (host, options, answer) =>
  resolve(host, { ...options, all: true }, (error, found) => {
    if (error) return answer(error, "", 0);
    const open = found.filter(({ address }) => isPublic(address));
    const [first] = open;
    if (!first) return answer(Object.assign(new Error("not public"), { code: "ENOTFOUND" }), "", 0);
    if (options.all) answer(null, open);
    else answer(null, first.address, first.family);
  });
