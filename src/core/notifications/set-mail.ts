// Asking for mail: a code goes to the address, and whoever can read it there may have mail sent there.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { defineAction } from "../kernel/action.ts";
import { asRaceFor, insert, patch, untilSettled, upsert } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { just } from "../plain-shapes.ts";
import type { Change } from "../ports/store.ts";
import { note } from "../view.ts";
import { countedFor, longestAddress, mailAddresses, mailedCodes } from "./mail-address.ts";
import { mailTexts } from "./mail-texts.ts";

/** How long a code is good for (ms). */
const lifetime = 15 * 60_000;
/** To one address, and for one member. */
const mostAnHour = 3;

export const setMail = defineAction({
  name: "mail.set",
  command: "mail set",
  summary: mailTexts.say("setSummary"),
  title: mailTexts.say("setTitle"),
  examples: { en: ["/mail set ada@example.org"], de: ["/mail set ada@example.org"] },
  who: "member",
  input: z.object({ address: ask(mailTexts.say("askAddress"), just.string.trim().min(3).max(longestAddress)) }),
  async run(ctx, { address: typed }) {
    const { store, secrets, clock, actor, reader } = ctx;
    const mailer = ctx.mailer;
    if (!mailer) throw new AppError("unsupported", mailTexts.say("off"));
    const address = addressIn(typed);
    const subjects = [`member:${actor.id}`, `address:${address.toLowerCase()}`];
    const code = secrets.random(6, "0123456789");
    const state = { pending: address, hash: codeHashOf(ctx, code), expiresAt: clock.now() + lifetime, tries: 0 };
    const row = { id: secrets.id(), memberId: actor.id, ...state };
    const kept = upsert(mailAddresses, { memberId: actor.id }, row, state);
    await untilSettled(async () => {
      const counted = await oneMore(
        ctx,
        subjects.map((subject) => secrets.sign(`mailed:${subject}`, 32)),
      );
      await store.commit([...counted, kept]).catch(asRaceFor(mailedCodes));
    });
    const t = mailTexts(reader);
    const body = [{ paragraph: t.codeBody(code) }, { paragraph: t.codeNotYou }];
    const letter = { view: { title: t.codeSubject(code), body }, reader: { ...reader, platform: "mail" } };
    await mailer.send(address, letter, row.id);
    return { address };
  },
  view: ({ address }, reader) => note(mailTexts(reader).codeSent(address)),
});

/** What a code is kept as: bound to who asked for it. */
export const codeHashOf = ({ secrets, actor }: Pick<ActionContext, "secrets" | "actor">, code: string): string =>
  secrets.sign(`mail:${actor.id}:${code}`);

function addressIn(typed: string): string {
  const { success, data } = z.email().safeParse(typed.replace(/^mailto:/i, ""));
  if (!success) throw new AppError("invalid", mailTexts.say("badAddress"));
  return data;
}

/** One code more for each. @throws AppError `rate_limited` */
async function oneMore({ store, secrets, clock }: ActionContext, subjects: readonly string[]): Promise<Change[]> {
  const now = clock.now();
  const { rows } = await store.find(mailedCodes, { where: { subject: { in: subjects } }, limit: subjects.length });
  return subjects.map((subject) => {
    const last = rows.find((row) => row.subject === subject);
    const { count, since } = last && now - last.since < countedFor ? last : { count: 0, since: now };
    if (count >= mostAnHour) throw new AppError("rate_limited", mailTexts.say("tooOften"));
    const state = { count: count + 1, since };
    return last ? patch(mailedCodes, last, state) : insert(mailedCodes, { id: secrets.id(), subject, ...state });
  });
}
