// The service as a process whose Appwrite goes away: readiness says so, it is killed while updates wait, and the next one does them.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { type AppwriteServer, appwriteServer } from "../support/appwrite-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultyProxy, faultyProxy } from "../support/faulty-proxy.ts";
import { type House, programs } from "../support/program.ts";
import { type RedisServer, redisServer } from "../support/redis-server.ts";
import { type TelegramServer, type TestUser, telegramServer } from "../support/telegram-server/index.ts";

let redis: RedisServer;
beforeAll(async () => {
  redis = await redisServer();
});
afterAll(() => redis.close());

let appwrite: AppwriteServer;
let proxy: FaultyProxy;
let telegram: TelegramServer;
let house: House;
beforeEach(async () => {
  appwrite = await appwriteServer();
  telegram = await telegramServer();
  const { origin, pathname } = new URL(appwrite.url);
  proxy = await faultyProxy(origin, () => 1);
  house = await programs({
    APPWRITE_ENDPOINT: proxy.origin + pathname,
    APPWRITE_PROJECT_ID: appwrite.projectId,
    APPWRITE_API_KEY: appwrite.apiKey,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
  });
  expect((await house.start(["provision"]).ended).code).toBe(0);
});
afterEach(async () => {
  proxy.up();
  await house.close();
  await proxy.close();
  await telegram.close();
  await appwrite.close();
});

const times = (user: TestUser, words: string) =>
  telegram.messages(user).filter(({ text }) => text.includes(words)).length;
const sees = (user: TestUser, words: string) => eventually(() => times(user, words) > 0);

async function readyz(url: string) {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, ...((await response.json()) as { parts: Record<string, string> }) };
}

it("is not ready, keeps what comes, is killed, and does it once when both are back", async () => {
  const service = await house.serve();
  const ada = telegram.user({ first: "Ada" });
  ada.say(ada, "/pod find nothing");
  await sees(ada, "pod");
  expect(await readyz(service.url)).toMatchObject({ status: 200, parts: { store: "ok", queue: "ok" } });

  proxy.down();
  ada.say(ada, "/pod create Topology");
  await sees(ada, "I have kept what you asked for");
  expect(await readyz(service.url)).toMatchObject({
    status: 503,
    parts: { store: "no answer", queue: "no answer", updates: "waiting: 1 kept", telegram: "on" },
  });
  await service.complains("the store does not answer");
  service.signal("SIGKILL");
  const { stderr } = await service.ended;
  expect(stderr).not.toContain("Topology");

  const early = await house.start().ended;
  expect([early.code, early.stderr]).toEqual([1, expect.stringContaining("Appwrite does not answer at")]);

  proxy.up();
  const next = await house.serve();
  await sees(ada, "Topology is ready");
  ada.say(ada, "/pod find topology");
  await eventually(async () => (await readyz(next.url)).parts.updates === undefined);
  expect(await readyz(next.url)).toMatchObject({ status: 200, parts: { store: "ok" } });
  expect(times(ada, "Topology is ready")).toBe(1);

  proxy.hang();
  expect(await readyz(next.url)).toMatchObject({ status: 503, parts: { store: "no answer" } });
  proxy.up();
  await eventually(async () => (await readyz(next.url)).status === 200);
}, 120_000);

it("keeps it in Redis for whichever process is there when Appwrite is back", async () => {
  const env = { REDIS_URL: redis.url, SECRET_KEY: "the same in every process, 32 letters" };
  const service = await house.serve(env);
  const beside = await house.serve({ ...env, ROLES: "worker,http" });
  const ada = telegram.user({ first: "Ada" });
  ada.say(ada, "/pod find nothing");
  await sees(ada, "pod");
  proxy.down();
  ada.say(ada, "/pod create Topology");
  await sees(ada, "I have kept what you asked for");
  ada.say(ada, "/pod create Algebra");
  await eventually(async () => (await readyz(beside.url)).parts.updates === "waiting: 2 kept");
  service.signal("SIGKILL");
  await service.ended;
  proxy.up();
  await sees(ada, "Topology is ready");
  await sees(ada, "Algebra is ready");
  const answers = telegram.messages(ada).flatMap(({ text }) => /(Topology|Algebra) is ready/.exec(text)?.[1] ?? []);
  expect(answers).toEqual(["Topology", "Algebra"]);
  await eventually(async () => (await readyz(beside.url)).parts.updates === undefined);
}, 120_000);
