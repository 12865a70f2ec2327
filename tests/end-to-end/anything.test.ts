// Whatever people and networks send: every line is answered, nothing is refused by Telegram, nothing fails unexpectedly.
import { afterEach, expect, it } from "@jest/globals";
import fc from "fast-check";
import { house } from "../../src/build.ts";
import { commandOf } from "../../src/core/kernel/action.ts";
import { type Town, town } from "../support/town.ts";

let t: Town;
afterEach(() => t.close());

/** The same in every run; another to look further. */
const seed = 20260302;

const refusals = () =>
  t.server
    .calls()
    .filter(({ status }) => status !== 200)
    .map(({ method, status, params }) => ({ method, status, text: params.text }));

const word = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom(
    ...[
      "tomorrow",
      "6pm",
      "25:00",
      "next",
      "friday",
      "in",
      "3 hours",
      "-1",
      "0",
      "99999999999999999999",
      "1e9",
      "true",
    ],
    ...[
      "capacity:",
      "zone:",
      "pod:",
      'name:"',
      "“",
      "”",
      '"',
      "what:",
      "when:",
      "after:",
      "code:",
      "who:",
      "%",
      "|",
      "~",
    ],
    ...[
      "\u202e",
      "\u200b",
      "\ud800",
      "\0",
      "\u{1F9EE}",
      "@durov",
      "<b>",
      "&lt;",
      "*",
      "`",
      "](",
      "toString",
      "__proto__",
    ],
    ...["Topology", "Knots", "ada", "x".repeat(300), "9".repeat(120), "2026-02-30", "31.12.2026", "morgen um 7"],
  ),
);
const paths = [...house.actions.values()].flatMap((action) => commandOf(action) ?? []).concat("cancel");
const line = fc
  .record({
    path: fc.option(fc.constantFrom(...paths), { freq: 5 }),
    underscore: fc.boolean(),
    words: fc.array(word, { maxLength: 6 }),
  })
  .map(({ path, underscore, words }) => {
    const command = path === null ? "" : `/${underscore ? path.replace(" ", "_") : path} `;
    return `${command}${words.join(" ")}`.trim().toWellFormed();
  })
  .filter((text) => text !== "" && !text.startsWith("/start"));

it("any line in private has an answer that Telegram takes", async () => {
  t = await town();
  const ada = await t.person("Ada");
  await t.says(ada, ada, "/pod create Topology");
  await t.says(ada, ada, "/event create Knots tomorrow 6pm");
  await t.presses(ada, ada, "Create");
  await t.news(ada);
  await fc.assert(
    fc.asyncProperty(line, async (text) => {
      const { here } = await t.says(ada, ada, text);
      expect(here).not.toBe("");
      expect(here).not.toContain("Something went wrong");
      expect(refusals()).toEqual([]);
      expect(t.troubles()).toEqual([]);
    }),
    { seed, numRuns: 400 },
  );
});

it("any button that was ever shown can be pressed", async () => {
  t = await town();
  const ada = await t.person("Ada");
  for (const text of ["/pod create Topology", "/pod create Algebra", "/help", "/remind me to call Grace in 3 hours"])
    await t.says(ada, ada, text);
  for (const text of ["/event create Knots tomorrow 6pm pod:Topology", "/event list", "/pod find", "/event create"])
    await t.says(ada, ada, text);
  const pressed = new Set<string>();
  for (let round = 0; round < 6; round++) {
    for (const message of t.server.messages(ada))
      for (const button of message.keyboard.flat()) {
        if (!("callback_data" in button) || pressed.has(button.callback_data) || pressed.size > 150) continue;
        pressed.add(button.callback_data);
        const there = t.server.messages(ada).find(({ id }) => id === message.id);
        if (!there?.keyboard.flat().some((one) => "callback_data" in one && one.callback_data === button.callback_data))
          continue;
        await ada.press(message, button.callback_data);
        await t.settled();
        expect([button.text, t.troubles(), refusals()]).toEqual([button.text, [], []]);
      }
  }
  expect(pressed.size).toBeGreaterThan(20);
});

it("any body at the webhook is taken, refused or dropped, and what is sound is handled after it", async () => {
  t = await town();
  const ada = await t.person("Ada");
  const user = fc.constantFrom({ id: ada.id, is_bot: false, first_name: "Ada" }, { id: -1 }, {}, null, "Ada", {
    id: 1e300,
  });
  const chat = fc.constantFrom(
    { id: ada.id, type: "private" },
    { id: -5, type: "group" },
    { id: 5, type: "new" },
    {},
    7,
    null,
  );
  const message = fc.record(
    {
      message_id: fc.anything(),
      from: user,
      chat,
      date: fc.anything(),
      text: fc.oneof(line, fc.jsonValue()),
      entities: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const member = fc.constantFrom({ status: "member" }, { status: "kicked" }, { status: "odd" }, {}, null);
  const body = fc.record(
    {
      update_id: fc.oneof(fc.integer({ min: 1_000 }), fc.jsonValue()),
      message: fc.oneof(message, fc.jsonValue()),
      callback_query: fc.record(
        { id: fc.string(), from: user, message, data: fc.oneof(fc.string(), fc.jsonValue()) },
        { requiredKeys: [] },
      ),
      my_chat_member: fc.record(
        { chat, from: user, old_chat_member: member, new_chat_member: member },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(body, async (update) => {
      expect([200, 400]).toContain(await t.post(JSON.parse(JSON.stringify(update)) as Record<string, unknown>));
      expect(
        t.lines.filter(({ level, message }) => level === "error" && message !== "an update could not be answered"),
      ).toEqual([]);
    }),
    { seed, numRuns: 300 },
  );
  expect((await t.says(ada, ada, "/profile")).here).toContain("Ada");
});
