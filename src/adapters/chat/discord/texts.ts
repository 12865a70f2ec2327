// What the Discord adapter itself says when Discord refuses or does not answer, and what an examination finds.
import { defineTexts, md } from "../../../core/text.ts";

export const discordTexts = defineTexts({
  en: {
    badToken:
      "Discord does not know this bot token. Copy the token from the Developer Portal (Bot → Reset Token) into DISCORD_TOKEN and start again.",
    badIntents:
      "Discord does not allow this bot the intents it asks for. Switch on Message Content Intent in the Developer Portal (Bot → Privileged Gateway Intents), or wait a minute and start again to run without it.",
    intentsGone:
      "Discord has taken back an intent of this bot: PeerSpark connects again without Message Content Intent.",
    badShards:
      "Discord does not take these shards. Set SHARDS to numbers below the count, with a count that Discord recommends for this many servers, or remove it.",
    noSessions:
      "Discord lets this bot connect no more for today: it has started too often. It connects again tomorrow.",
    blocked:
      "I can't write to this person in private: they don't take direct messages from members of this server, or have blocked me.",
    unreachable: "I can't write to this person in private: we share no server any more.",
    gone: "I can't write there any more: the place or the message is gone.",
    closed:
      "I may not do that there. Give PeerSpark's role View Channel, Send Messages and Send Messages in Threads in that channel (Edit Channel → Permissions), and unlock the thread if it is one.",
    noReply:
      "I may not reply there. Give PeerSpark's role Read Message History in that channel (Edit Channel → Permissions).",
    noFiles:
      "I may not send files there. Give PeerSpark's role Attach Files in that channel (Edit Channel → Permissions).",
    mayNotList:
      "I may not list events in this server. Give PeerSpark's role Create Events and Manage Events (Server Settings → Roles).",
    full: "This server has as many scheduled events as Discord takes. Remove some (Events, at the top of the channel list).",
    over: "An event that is over can't be listed.",
    automod: "The server's AutoMod did not let that through.",
    noEmoji: "Discord does not take that emoji.",
    tooLarge: "That file is too large to be carried over.",
    tooFast: "Discord asks me to slow down. Please try again in a moment.",
    refused: (why: string) => md`Discord did not accept that: ${why}`,
    noAnswer: "Discord does not answer right now. Please try again in a minute.",
    openForm: "Open the form",
    tokenWell: (name: string) => md`Discord knows the bot as ${name}.`,
    contentWell: "Message Content Intent is on: messages can be carried to a pod's other channels.",
    contentMissing: "Message Content Intent is off: I hear commands, buttons, mentions and direct messages only.",
    contentRemedy:
      "To bridge messages between channels, switch on Message Content Intent in the Developer Portal (Bot → Privileged Gateway Intents) and start again.",
    placeWell: (place: string) => md`I may write in ${place}.`,
    placeLacks: (of: { place: string; rights: string }) => md`In ${of.place} I lack: ${of.rights}.`,
    bridgeLacks: (of: { place: string; rights: string }) =>
      md`In ${of.place} I may write, but the bridge would lack: ${of.rights}.`,
    placeRemedy: (rights: string) =>
      md`Give PeerSpark's role these rights in the channel (Edit Channel → Permissions): ${rights}.`,
    letMeWrite: (rights: string) =>
      md`I may not write here, so nothing of the pod would arrive. Give PeerSpark's role these rights first (Edit Channel → Permissions), then send this once more: ${rights}.`,
    listLacks: (server: string) => md`In the server ${server} I may not list events, if \`/setup\` lists them.`,
    listRemedy: "Give PeerSpark's role Create Events and Manage Events (Server Settings → Roles).",
    placeGone: (place: string) => md`The channel ${place} is gone, or I am no longer in its server.`,
    placeGoneRemedy: md`Invite PeerSpark again and bind the pod with \`/pod bind\`, or unbind it.`,
  },
  de: {
    badToken:
      "Discord kennt dieses Bot-Token nicht. Kopiere das Token aus dem Developer Portal (Bot → Reset Token) nach DISCORD_TOKEN und starte neu.",
    badIntents:
      "Discord erlaubt diesem Bot nicht alle Intents, um die er bittet. Schalte im Developer Portal (Bot → Privileged Gateway Intents) Message Content Intent ein, oder warte eine Minute und starte neu, um ohne ihn zu laufen.",
    intentsGone:
      "Discord hat diesem Bot einen Intent entzogen: PeerSpark verbindet sich ohne Message Content Intent neu.",
    badShards:
      "Discord nimmt diese Shards nicht. Setz SHARDS auf Nummern unter der Anzahl, mit einer Anzahl, die Discord für so viele Server empfiehlt, oder entferne es.",
    noSessions:
      "Discord lässt diesen Bot heute nicht mehr verbinden: Er ist zu oft gestartet. Morgen verbindet er sich wieder.",
    blocked:
      "Ich kann dieser Person nicht privat schreiben: Sie nimmt keine Direktnachrichten von Mitgliedern dieses Servers an oder hat mich blockiert.",
    unreachable: "Ich kann dieser Person nicht privat schreiben: Wir sind auf keinem gemeinsamen Server mehr.",
    gone: "Dorthin kann ich nicht mehr schreiben: Der Ort oder die Nachricht ist weg.",
    closed:
      "Das darf ich dort nicht. Gib der Rolle von PeerSpark in diesem Kanal die Rechte Kanal ansehen, Nachrichten senden und Nachrichten in Threads senden (Kanal bearbeiten → Berechtigungen), und entsperr den Thread, falls es einer ist.",
    noReply:
      "Dort darf ich nicht antworten. Gib der Rolle von PeerSpark in diesem Kanal das Recht Nachrichtenverlauf anzeigen (Kanal bearbeiten → Berechtigungen).",
    noFiles:
      "Dort darf ich keine Dateien senden. Gib der Rolle von PeerSpark in diesem Kanal das Recht Dateien anhängen (Kanal bearbeiten → Berechtigungen).",
    mayNotList:
      "Ich darf auf diesem Server keine Termine eintragen. Gib der Rolle von PeerSpark die Rechte Events erstellen und Events verwalten (Servereinstellungen → Rollen).",
    full: "Auf diesem Server stehen so viele Events, wie Discord annimmt. Entfern welche (Events, oben in der Kanalliste).",
    over: "Ein Termin, der vorbei ist, lässt sich nicht eintragen.",
    automod: "AutoMod dieses Servers hat das nicht durchgelassen.",
    noEmoji: "Dieses Emoji nimmt Discord nicht an.",
    tooLarge: "Diese Datei ist zu groß, um sie zu übertragen.",
    tooFast: "Discord bittet mich, langsamer zu sein. Bitte versuch es gleich noch einmal.",
    refused: (why) => md`Discord hat das nicht angenommen: ${why}`,
    noAnswer: "Discord antwortet gerade nicht. Bitte versuch es in einer Minute noch einmal.",
    openForm: "Formular öffnen",
    tokenWell: (name) => md`Discord kennt den Bot als ${name}.`,
    contentWell: "Message Content Intent ist an: Nachrichten können in die anderen Kanäle eines Pods getragen werden.",
    contentMissing: "Message Content Intent ist aus: Ich höre nur Befehle, Knöpfe, Erwähnungen und Direktnachrichten.",
    contentRemedy:
      "Um Nachrichten zwischen Kanälen zu übertragen, schalte im Developer Portal (Bot → Privileged Gateway Intents) Message Content Intent ein und starte neu.",
    placeWell: (place) => md`In ${place} darf ich schreiben.`,
    placeLacks: (of) => md`In ${of.place} fehlt mir: ${of.rights}.`,
    bridgeLacks: (of) => md`In ${of.place} darf ich schreiben, aber der Brücke würde fehlen: ${of.rights}.`,
    placeRemedy: (rights) =>
      md`Gib der Rolle von PeerSpark im Kanal diese Rechte (Kanal bearbeiten → Berechtigungen): ${rights}.`,
    letMeWrite: (rights) =>
      md`Hier darf ich nicht schreiben, also käme vom Pod nichts an. Gib der Rolle von PeerSpark erst diese Rechte (Kanal bearbeiten → Berechtigungen), und schick es dann noch einmal: ${rights}.`,
    listLacks: (server) =>
      md`Auf dem Server ${server} darf ich keine Termine eintragen, falls \`/setup\` sie einträgt.`,
    listRemedy:
      "Gib der Rolle von PeerSpark die Rechte Events erstellen und Events verwalten (Servereinstellungen → Rollen).",
    placeGone: (place) => md`Den Kanal ${place} gibt es nicht mehr, oder ich bin nicht mehr auf seinem Server.`,
    placeGoneRemedy: md`Lade PeerSpark wieder ein und binde den Pod mit \`/pod bind\`, oder löse ihn.`,
  },
});
