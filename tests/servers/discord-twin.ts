// discord-digital-twin in a process of its own: says where it is, then does what each line of its input names.
import { createInterface } from "node:readline";

interface Actor {
  runSlashCommand(call: { name: string }): Promise<{ id: string }>;
  clickButton(press: { messageId: string; customId: string }): Promise<{ id: string }>;
  sendMessage(message: { content: string }): Promise<unknown>;
}
interface Scope {
  user(id: string): Actor;
  getMessages(): Promise<readonly { id: string; components?: unknown }[]>;
}
interface Twin {
  readonly restUrl: string;
  readonly botToken: string;
  readonly prisma: Record<
    "channel" | "user",
    { findMany(): Promise<{ id: string; name?: string; username?: string }[]> }
  >;
  start(): Promise<void>;
  channel(id: string): Scope;
}

// Named at run time: types are checked where it is not installed, too.
const twinName: string = "discord-digital-twin";
const { DigitalDiscord } = (await import(twinName)) as { DigitalDiscord: new (options: object) => Twin };
const twin = new DigitalDiscord({
  guild: { name: "Club" },
  channels: [{ name: "general", type: 0 }],
  users: [{ username: "Ada" }],
});
await twin.start();
const channel = (await twin.prisma.channel.findMany()).find(({ name }) => name === "general")!;
const ada = (await twin.prisma.user.findMany()).find(({ username }) => username === "Ada")!;
const scope = twin.channel(channel.id);
const actor = scope.user(ada.id);
const answer = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
answer({ url: twin.restUrl.replace(/\/v10$/, ""), token: twin.botToken, channel: channel.id });

createInterface({ input: process.stdin }).on("line", async (line) => {
  const { command, press, say } = JSON.parse(line) as { command?: string; press?: [string, string]; say?: string };
  if (command) await actor.runSlashCommand({ name: command });
  if (press) await actor.clickButton({ messageId: press[0], customId: press[1] });
  if (say) await actor.sendMessage({ content: say });
  answer({ messages: await scope.getMessages() });
});
