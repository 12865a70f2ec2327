// What the queue says to people and operators. Never a job's input.
import { defineTexts, md } from "../core/text.ts";

export const jobTexts = defineTexts({
  en: {
    tooFar: "That is too far off: I can plan up to five years ahead.",
    key: "A job's key has 1 to 200 characters.",
    priority: "A job's priority is a whole number from 0 to 9.",
    interval: "A recurring job runs once a second at most.",
    noLetter: (id: string) => md`There is no dead letter ${id}.`,
    waiting: "The same job is waiting for its turn already.",
    noRedis: "My job queue does not answer right now. Please try again in a minute.",
    full: "Redis is full: it takes no more jobs. Give it more memory (maxmemory), or remove what else is in it.",
    noRedisAt: (why: string) =>
      md`Redis does not answer (${why}). Check REDIS_URL and that Redis runs; or unset REDIS_URL to keep jobs in the store.`,
    evicts: (policy: string) =>
      md`Redis would drop jobs when its memory is full: its maxmemory-policy is ${policy}. Run redis-cli CONFIG SET maxmemory-policy noeviction, and set it in redis.conf or at your host too.`,
  },
  de: {
    tooFar: "Das liegt zu weit in der Zukunft: Ich kann bis zu fünf Jahre im Voraus planen.",
    key: "Der Schlüssel eines Auftrags hat 1 bis 200 Zeichen.",
    priority: "Die Priorität eines Auftrags ist eine ganze Zahl von 0 bis 9.",
    interval: "Ein wiederkehrender Auftrag läuft höchstens einmal in der Sekunde.",
    noLetter: (id) => md`Einen gescheiterten Auftrag ${id} gibt es nicht.`,
    waiting: "Derselbe Auftrag wartet schon darauf, dass er an die Reihe kommt.",
    noRedis: "Meine Warteschlange antwortet gerade nicht. Versuch es bitte in einer Minute noch einmal.",
    full: "Redis ist voll: Es nimmt keine Aufträge mehr an. Gib ihm mehr Speicher (maxmemory), oder entferne, was sonst noch darin ist.",
    noRedisAt: (why) =>
      md`Redis antwortet nicht (${why}). Prüfe REDIS_URL und ob Redis läuft; oder lass REDIS_URL weg, dann bleiben die Aufträge im Store.`,
    evicts: (policy) =>
      md`Redis würde Aufträge verwerfen, wenn sein Speicher voll ist: maxmemory-policy steht auf ${policy}. Führe redis-cli CONFIG SET maxmemory-policy noeviction aus, und stell es auch in redis.conf oder bei deinem Anbieter ein.`,
  },
});
