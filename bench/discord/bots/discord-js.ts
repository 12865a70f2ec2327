// Bare discord.js with its default caches: the same answer, nothing kept but what it keeps by itself.
import { Client, ComponentType, GatewayIntentBits, type InteractionReplyOptions, MessageFlags } from "discord.js";
import { serveContender } from "../../contender.ts";
import { token } from "../api.ts";

const { Guilds, GuildMessages, DirectMessages, MessageContent, GuildMessageReactions } = GatewayIntentBits;
const client = new Client({
  intents: [Guilds, GuildMessages, DirectMessages, MessageContent, GuildMessageReactions],
  rest: { api: process.env.API_ROOT! },
});
const content = [
  "### Ada Lovelace",
  "",
  "**Time zone**: UTC",
  "**Language**: English",
  "**Accounts**: discord",
  "**Username**: ada-lovelace",
  "-# /profile edit zone\\:Berlin changes your time zone; name: and language: work the same way.",
].join("\n");
const answer: InteractionReplyOptions = {
  components: [
    {
      type: ComponentType.Container,
      accentColor: 0x5b6ee1,
      components: [{ type: ComponentType.TextDisplay, content }],
    },
  ],
  flags: [MessageFlags.IsComponentsV2, MessageFlags.Ephemeral],
  allowedMentions: { parse: [] },
};
client.on("interactionCreate", async (interaction) => {
  if (interaction.isChatInputCommand()) await interaction.reply(answer);
});
await client.login(token);
await serveContender();
