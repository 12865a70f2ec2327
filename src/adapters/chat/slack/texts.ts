// What the Slack adapter itself says: when Slack refuses or does not answer, at installation, and what an examination found.
import { defineTexts, md } from "../../../core/text.ts";
import { commandNameOf } from "./command-names.ts";

export const slackTexts = defineTexts({
  en: {
    badToken: md`Slack does not accept this token. Copy the Bot User OAuth Token (OAuth & Permissions) into SLACK_BOT_TOKEN, and the app-level token with connections:write (Basic Information) into SLACK_APP_TOKEN, and start again.`,
    missingScope: (scopes: string) =>
      md`Slack wants a right that this app does not have: ${scopes}. Take the manifest of “npm run slack:manifest” (App Manifest) and install the app again.`,
    unreachable: "I can't write to this person in private: Slack does not let apps write to them.",
    gone: "I can't write there any more: the channel or the message is gone, or PeerSpark is not in it.",
    inviteMe:
      "I am not in this conversation, so nothing of the pod would arrive. In a channel, invite me first: /invite @PeerSpark, then send this once more.",
    closed: "I may not write there for now. Invite PeerSpark to the channel, or ask who administers it.",
    tooFast: "Slack asks me to slow down. Please try again in a moment.",
    refused: (why: string) => md`Slack did not accept that: ${why}`,
    noAnswer: "Slack does not answer right now. Please try again in a minute.",
    noFile: "This file can't be fetched: it is gone, or too large.",
    noEmoji: "Slack has no such emoji.",
    notInstalled:
      "PeerSpark is not connected to this Slack workspace (any more). Somebody who administers it can install it again.",
    open: "Open the form",
    send: "Send",
    cancel: "Cancel",
    yes: "Yes",
    no: "No",
    installed: (team: string) =>
      md`PeerSpark is installed in ${team}. Type \`${commandNameOf("help")}\` in Slack to begin.`,
    openSlack: "Open PeerSpark in Slack",
    installAgain: "Install PeerSpark",
    badState:
      "This link has been used, has expired, or was begun in another browser. If PeerSpark is not in your workspace yet, please begin again.",
    notDistributed:
      "PeerSpark can't be installed in other workspaces yet: who runs it must press Activate Public Distribution (api.slack.com/apps → Manage Distribution) first.",
    refusedInstall: "PeerSpark was not installed: Slack says that it was not allowed.",
    wholeOrganisation:
      "PeerSpark can't be installed for a whole organisation. Please install it in each workspace that wants it.",
    failedInstall: "The installation did not succeed: Slack did not answer as expected. Please try again.",
    tokenWell: (team: string) => md`Slack knows the token: workspace ${team}.`,
    scopesWell: "All scopes are there.",
    scopesLacking: (scopes: string) => md`These scopes are missing: ${scopes}.`,
    scopesRemedy:
      "Put what “npm run slack:manifest” prints into App Manifest and install the app again (OAuth & Permissions → Reinstall).",
    clientWell: "Slack knows the app that workspaces install.",
    clientUnknown: "Slack does not know SLACK_CLIENT_ID and SLACK_CLIENT_SECRET.",
    clientRemedy: "Copy both from Basic Information of the app.",
    workspaceWell: (title: string) => md`In the workspace ${title} PeerSpark may do all it needs.`,
    workspaceLacks: (of: { title: string; scopes: string }) =>
      md`In the workspace ${of.title} these scopes are missing: ${of.scopes}.`,
    workspaceGone: (title: string) => md`Slack takes the token of the workspace ${title} no more.`,
    installRemedy: (url: string) => md`Somebody who administers it installs PeerSpark again: ${url}`,
    moreWorkspaces: (count: number) => md`The first ${count} workspaces were looked at; there are more.`,
    socketWell: "Socket Mode is connected.",
    socketReady: "Slack takes the app-level token: Socket Mode can connect.",
    socketDown: "Socket Mode is not connected.",
    socketRemedy:
      "Check that Socket Mode is on and that SLACK_APP_TOKEN has the scope connections:write (Basic Information → App-Level Tokens).",
    placeWell: (channel: string) => md`PeerSpark is in ${channel}.`,
    placeLacking: (channel: string) => md`PeerSpark is not in ${channel}.`,
    placeRemedy: "Type /invite and the name of the app in that channel.",
    placeGone: (channel: string) => md`The channel ${channel} is not there, or PeerSpark may not see it.`,
    goneRemedy: "Invite PeerSpark to it, or bind the pod to another channel.",
  },
  de: {
    badToken: md`Slack nimmt dieses Token nicht an. Kopiere das Bot User OAuth Token (OAuth & Permissions) nach SLACK_BOT_TOKEN und das App-Level-Token mit connections:write (Basic Information) nach SLACK_APP_TOKEN und starte neu.`,
    missingScope: (scopes) =>
      md`Slack verlangt ein Recht, das diese App nicht hat: ${scopes}. Nimm das Manifest aus „npm run slack:manifest“ (App Manifest) und installiere die App neu.`,
    unreachable: "Ich kann dieser Person nicht privat schreiben: Slack lässt Apps ihr nicht schreiben.",
    gone: "Dorthin kann ich nicht mehr schreiben: Der Kanal oder die Nachricht ist weg, oder PeerSpark ist nicht darin.",
    inviteMe:
      "Ich bin nicht in dieser Unterhaltung, also käme vom Pod nichts an. Lade mich in einem Kanal erst ein: /invite @PeerSpark, und schick es dann noch einmal.",
    closed: "Dort darf ich gerade nicht schreiben. Lade PeerSpark in den Kanal ein oder frag, wer ihn verwaltet.",
    tooFast: "Slack bittet mich, langsamer zu sein. Bitte versuch es gleich noch einmal.",
    refused: (why) => md`Slack hat das nicht angenommen: ${why}`,
    noAnswer: "Slack antwortet gerade nicht. Bitte versuch es in einer Minute noch einmal.",
    noFile: "Diese Datei lässt sich nicht holen: Sie ist weg oder zu groß.",
    noEmoji: "Dieses Emoji hat Slack nicht.",
    notInstalled:
      "PeerSpark ist mit diesem Slack-Workspace nicht (mehr) verbunden. Wer ihn verwaltet, kann es neu installieren.",
    open: "Formular öffnen",
    send: "Senden",
    cancel: "Abbrechen",
    yes: "Ja",
    no: "Nein",
    installed: (team) =>
      md`PeerSpark ist in ${team} installiert. Tippe in Slack \`${commandNameOf("help")}\`, um zu beginnen.`,
    openSlack: "PeerSpark in Slack öffnen",
    installAgain: "PeerSpark installieren",
    badState:
      "Dieser Link wurde schon benutzt, ist abgelaufen oder wurde in einem anderen Browser begonnen. Ist PeerSpark noch nicht in deinem Workspace, fang bitte neu an.",
    notDistributed:
      "PeerSpark lässt sich noch nicht in anderen Workspaces installieren: Wer es betreibt, muss erst Activate Public Distribution drücken (api.slack.com/apps → Manage Distribution).",
    refusedInstall: "PeerSpark wurde nicht installiert: Slack sagt, dass es nicht erlaubt wurde.",
    wholeOrganisation:
      "PeerSpark lässt sich nicht für eine ganze Organisation installieren. Bitte installiere es in jedem Workspace, der es möchte.",
    failedInstall:
      "Die Installation ist nicht gelungen: Slack hat nicht wie erwartet geantwortet. Bitte versuch es noch einmal.",
    tokenWell: (team) => md`Slack kennt das Token: Workspace ${team}.`,
    scopesWell: "Alle Scopes sind da.",
    scopesLacking: (scopes) => md`Diese Scopes fehlen: ${scopes}.`,
    scopesRemedy:
      "Setz unter App Manifest ein, was „npm run slack:manifest“ ausgibt, und installiere die App neu (OAuth & Permissions → Reinstall).",
    clientWell: "Slack kennt die App, die Workspaces installieren.",
    clientUnknown: "Slack kennt SLACK_CLIENT_ID und SLACK_CLIENT_SECRET nicht.",
    clientRemedy: "Kopiere beide aus Basic Information der App.",
    workspaceWell: (title) => md`Im Workspace ${title} darf PeerSpark alles, was es braucht.`,
    workspaceLacks: (of) => md`Im Workspace ${of.title} fehlen diese Scopes: ${of.scopes}.`,
    workspaceGone: (title) => md`Slack nimmt das Token des Workspace ${title} nicht mehr an.`,
    installRemedy: (url) => md`Wer ihn verwaltet, installiert PeerSpark neu: ${url}`,
    moreWorkspaces: (count) => md`Angesehen wurden die ersten ${count} Workspaces; es gibt mehr.`,
    socketWell: "Socket Mode ist verbunden.",
    socketReady: "Slack nimmt das App-Level-Token an: Socket Mode kann sich verbinden.",
    socketDown: "Socket Mode ist nicht verbunden.",
    socketRemedy:
      "Prüfe, ob Socket Mode an ist und SLACK_APP_TOKEN den Scope connections:write hat (Basic Information → App-Level Tokens).",
    placeWell: (channel) => md`PeerSpark ist in ${channel}.`,
    placeLacking: (channel) => md`PeerSpark ist nicht in ${channel}.`,
    placeRemedy: "Tippe in diesem Kanal /invite und den Namen der App.",
    placeGone: (channel) => md`Den Kanal ${channel} gibt es nicht, oder PeerSpark darf ihn nicht sehen.`,
    goneRemedy: "Lade PeerSpark ein oder binde den Pod an einen anderen Kanal.",
  },
});
