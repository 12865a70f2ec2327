// The link in each mail that ends all mail to its address: it does for good, whatever became of the address meanwhile.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { smtpMailer } from "../../../src/adapters/mail/index.ts";
import { insert } from "../../../src/core/kernel/change.ts";
import { notificationsOf } from "../../../src/core/notifications/index.ts";
import {
  endMail,
  mailAddresses,
  mailAddressOf,
  mailOffToken,
  mergeMailAddresses,
} from "../../../src/core/notifications/mail-address.ts";
import { type MailServer, mailServer } from "../../support/mail-server.ts";
import { fakePlatform, people, type SmallHouse, smallHouse } from "./small-house.ts";

let mails: MailServer;
let house: SmallHouse;
let ada: string;
beforeEach(async () => {
  mails = await mailServer();
  house = await smallHouse([people, notificationsOf([people])], {
    platforms: { telegram: fakePlatform() },
    outlets: { mailer: smtpMailer({ url: mails.url, from: "PeerSpark <hello@peerspark.example>" }) },
  });
  ada = await house.member("ada", { platform: "telegram" });
});
afterEach(async () => {
  await house.close();
  await house.context.mailer!.close();
  await mails.close();
});

const does = (action: string, input: Record<string, unknown> = {}) => house.does(ada, { action, input });
const codeIn = () => /(\d{6})/.exec(mails.taken.at(-1)!.header("Subject")!)![1]!;

it("ends what was turned off and on again, and not what goes elsewhere", async () => {
  const on = async () => {
    await does("mail.set", { address: "ada@example.org" });
    await does("mail.confirm", { code: codeIn() });
    return mailOffToken(house.context, (await mailAddressOf(house.store, ada))!);
  };
  const link = await on();
  await does("mail.remove");
  await on();
  expect(await endMail(house.context, link)).toBe(true);
  expect((await mailAddressOf(house.store, ada))?.address).toBeUndefined();
  expect(await endMail(house.context, link)).toBe(true);
  const other = await does("mail.set", { address: "other@example.org" }).then(() =>
    does("mail.confirm", { code: codeIn() }),
  );
  expect(other.text).toContain("Mail goes to other@example.org");
  expect(await endMail(house.context, link)).toBe(false);
});

it("ends what goes on under another member, who turned out to be the same", async () => {
  const eve = await house.member("eve", { platform: "telegram" });
  await house.store.commit([
    insert(mailAddresses, {
      id: "ada.row",
      memberId: ada,
      pending: "a@example.org",
      hash: "h",
      expiresAt: 1,
      tries: 2,
    }),
    insert(mailAddresses, { id: "eve.row", memberId: eve, address: "eve@example.org" }),
  ]);
  const [kept, merged] = await Promise.all([ada, eve].map((id) => mailAddressOf(house.store, id)));
  const link = mailOffToken(house.context, merged!);
  await mergeMailAddresses.clash(house.context, kept!, merged!);
  expect(await mailAddressOf(house.store, ada)).toMatchObject({
    address: "eve@example.org",
    pending: "a@example.org",
    hash: "h",
    tries: 2,
  });
  expect(await mailAddressOf(house.store, eve)).toBeUndefined();
  expect(await endMail(house.context, link)).toBe(true);
  expect((await mailAddressOf(house.store, ada))?.address).toBeUndefined();
});
