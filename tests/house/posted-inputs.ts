// What buttons that were posted carry: by the action, its fields in the order in which `adapters/chat/button-data.ts` writes them.
// Cards stay in channels for months, so a line here is only ever made longer; an action's line goes when the action goes.

/** Names of fields, a space between. */
export const postedInputs: Readonly<Record<string, string>> = {
  "account.link": "code offer",
  "account.unlink": "platform account sure",
  "bridge.answer": "binding answer",
  "event.cancel": "event sure",
  "event.create": "what when pod capacity place link description reminders day clock",
  "event.dismiss": "",
  "event.info": "event",
  "event.list": "pod after",
  "event.publish": "id pod start end zone title capacity place link description reminders",
  "event.rsvp": "event answer",
  "help.show": "area",
  "home.show": "",
  "inbox.open": "notification",
  "inbox.read": "",
  "inbox.show": "after",
  "invite.accept": "invite",
  "mail.confirm": "code",
  "mail.remove": "",
  "mail.set": "address",
  "member.block": "who",
  "member.unblock": "who",
  "notification.why": "notification",
  "notifications.show": "change group",
  "pod.announce": "text pod",
  "pod.bind": "pod sure",
  "pod.bridge": "state pod",
  "pod.create": "name description category subject tags privacy policy max",
  "pod.find": "words category after",
  "pod.handover": "who pod sure",
  "pod.info": "pod",
  "pod.invite": "pod who days uses",
  "pod.join": "pod",
  "pod.leave": "pod sure",
  "pod.members": "pod after",
  "pod.send-announcement": "id pod text",
  "pod.unbind": "",
  "profile.edit": "name zone language app asks preset",
  "profile.show": "",
  "push.remove": "subscription",
  "push.show": "",
  "reminder.cancel": "reminder",
  "reminder.create": "what when day",
  "reminder.list": "after",
  "reminder.move": "reminder when",
  "reminder.snooze": "reminder for due",
  "request.answer": "request answer",
  "space.setup": "language calendar",
};

type Inputs = readonly { readonly name: string; readonly fields: readonly { readonly name: string }[] }[];

/** What would change the meaning of buttons that are posted, and what is not yet written down; each says what to do. */
export function changedMeanings(actions: Inputs, posted = postedInputs): readonly string[] {
  const gone = Object.keys(posted).filter((name) => !actions.some((action) => action.name === name));
  return [
    ...gone.map((name) => `${name}: there is no such action any more: take its line out of posted-inputs.ts`),
    ...actions.flatMap(({ name, fields }) => {
      const [now, was] = [fields.map((field) => field.name).join(" "), posted[name]];
      if (was === now) return [];
      if (was !== undefined && !`${now} `.startsWith(was && `${was} `))
        return [`${name}: posted buttons carry “${was}” in this order: new fields go behind, none is taken out`];
      return [`${name}: write its fields down in posted-inputs.ts: "${name}": "${now}"`];
    }),
  ];
}
