// discord.js itself, the library everybody uses, against the test server: what holds for it holds for Discord.
import { afterEach, describe, expect, it } from "@jest/globals";
import { Client, Events, GatewayIntentBits, type Interaction } from "discord.js";
import { type DiscordServer, discordServer, textOf } from "../../../support/discord-server/index.ts";
import { until } from "./connected.ts";

let server: DiscordServer;
let client: Client<true>;
afterEach(async () => {
  await client?.destroy();
  await server.close();
});

async function online(handle: (interaction: Interaction) => Promise<unknown>): Promise<Client<true>> {
  const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
  client = new Client({ intents: [Guilds, GuildMessages, DirectMessages, MessageContent], rest: { api: server.url } });
  client.on(Events.InteractionCreate, (interaction) => void handle(interaction));
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(server.token);
  return ready;
}

describe("discord.js", () => {
  it("logs in, is given its guilds, and reads and writes", async () => {
    server = await discordServer();
    const club = server.guild({ name: "Club" });
    const { user, guilds, channels } = await online(async () => {});
    expect(user.username).toBe("PeerSpark");
    await until(() => guilds.cache.get(club.id)?.name === "Club");
    const channel = await channels.fetch(club.general.id);
    if (!channel?.isSendable()) throw new Error("not sendable");
    const sent = await channel.send("hello");
    await sent.edit("hello again");
    await sent.react("👍");
    expect(server.messages(club.general).map(textOf)).toEqual(["hello again"]);
    await sent.delete();
    expect(server.messages(club.general)).toEqual([]);
  });

  it("answers commands, is held to three seconds and one answer, and follows up", async () => {
    server = await discordServer({ commands: [{ name: "help", description: "Help" }] });
    const club = server.guild();
    const ada = server.user();
    club.add(ada);
    const codes: unknown[] = [];
    const code = (error: { code?: unknown }) => void codes.push(error.code);
    await online(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      if (codes.length) server.pass(3_100);
      await interaction.reply({ content: "here", flags: 64 }).catch(code);
      if (codes.length) return;
      await interaction.followUp("and more");
      const again = client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, {
        body: { type: 4, data: { content: "x" } },
        auth: false,
      });
      await again.catch(code);
    });
    await ada.command("help", {}, club.general);
    await until(() => codes.length === 1);
    expect(server.messages(club.general, ada).map(textOf)).toEqual(["here", "and more"]);
    expect(server.messages(club.general).map(textOf)).toEqual(["and more"]);
    await ada.command("help", {}, club.general).catch(() => {});
    await until(() => codes.length === 2);
    expect(codes).toEqual([40060, 10062]);
  }, 20_000);

  it("is refused a wrong token and an intent that is off", async () => {
    server = await discordServer({ content: false });
    await expect(online(async () => {})).rejects.toThrow(/disallowed intents/i);
    client = new Client({ intents: [], rest: { api: server.url } });
    await expect(client.login(`${server.token}x`)).rejects.toThrow(/invalid token/i);
  });
});
