// A whole conversation piped into `npm run chat -- --as NAME`: order, forms, buttons, hostile lines, early ends.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type House, programs } from "../support/program.ts";

let house: House;
beforeEach(async () => {
  house = await programs();
});
afterEach(() => house.close());

const positions = (text: string, parts: readonly string[]) => parts.map((part) => text.indexOf(part));
const ascending = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);

it("the example of the README works, with npm in front", () => {
  const root = resolve(import.meta.dirname, "../..");
  const lines = "/pod create Linear Algebra category:maths\\n/event create Eigenvalues tomorrow 6pm for 90 min\\n";
  const { status, stdout } = spawnSync("sh", ["-c", `printf '${lines}' | npm run -s chat -- --as ada`], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: house.folder, DATA_DIR: house.folder, TZ: "UTC", LANG: "en_GB.UTF-8" },
    encoding: "utf8",
  });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Linear Algebra is ready\n/);
  expect(stdout).toMatch(
    /Create this event\?\nEigenvalues\nWhen: .*, 18:00 UTC – 19:30 UTC\nLength: 1 hour 30 minutes/,
  );
  expect(stdout).toContain("  !1 Create   !2 Discard   !3 Set my time zone\n");
});

it("from founding a pod to a seat, by buttons and forms alone", async () => {
  const { code, stdout, stderr } = await house.chat(
    "ada",
    ["/pod create", "Linear Algebra", "/event create Eigenvalues tomorrow 6pm", "!1", "!3", ""].join("\n"),
  );
  expect([code, stderr]).toEqual([0, ""]);
  const said = [
    "/cancel leaves the form.",
    "Linear Algebra is ready",
    "Create this event?",
    "Created. Its code is",
    "Going (1): ada",
    "You are not coming to Eigenvalues",
  ];
  const at = positions(stdout, said);
  expect(at).toEqual(ascending(at));
  expect(at).not.toContain(-1);
  expect((await house.chat("ada", "/event info Eigenvalues\n")).stdout).toContain("Going: nobody yet");
});

it("/cancel leaves a form, and what follows answers nothing", async () => {
  const { stdout } = await house.chat("ada", "/pod create\n/cancel\nTopology\n/cancel\n/pod find Topology\n");
  expect(stdout).toContain("All right, I left the form.");
  expect(stdout).toContain("There is nothing to cancel here.");
  expect(stdout).not.toContain("Topology is ready");
});

it("a number that is no button says so, whatever the number", async () => {
  const { code, stdout } = await house.chat("ada", "!1\n/help\n!99\n!0\n");
  expect(code).toBe(0);
  expect(stdout.match(/There is no button !/g)).toHaveLength(3);
});

describe("lines", () => {
  it("are handled one after the other, in their order, the last one without its line break too", async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => `P${String(index).padStart(2, "0")}x`);
    const { stdout } = await house.chat("ada", numbers.map((name) => `/pod create ${name}`).join("\n"));
    const at = positions(
      stdout,
      numbers.map((name) => `${name} is ready`),
    );
    expect(at).not.toContain(-1);
    expect(at).toEqual(ascending(at));
  });

  it("end with CR LF as well, and empty ones are nothing", async () => {
    const { code, stdout } = await house.chat("ada", "\r\n\r\n/pod create\r\n\r\n  \r\nTopology\r\n");
    expect(code).toBe(0);
    expect(stdout).toContain("Topology is ready");
    expect(stdout).not.toContain("\r");
    expect((await house.chat("ada", "\n\n \n")).stdout).toBe("");
  });

  it("of 10 000 characters are answered", async () => {
    const { code, stdout, stderr } = await house.chat(
      "ada",
      `/pod create ${"x".repeat(10_000)}\n/cancel\n${"y".repeat(10_000)}\n/${"z".repeat(10_000)}\n/pod create Topology\n`,
    );
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Topology is ready");
    expect(stdout).toContain("I understand commands");
    expect(stdout.length).toBeLessThan(20_000);
  });

  it("of garbage harm nothing", async () => {
    const noise = Array.from({ length: 400 }, (_, index) => createHash("sha256").update(`${index}`).digest());
    const input = Buffer.concat([...noise, Buffer.from("\n\u0000\u0007\n/\u0000\n!\n/pod create Topology\n")]);
    const { code, stdout, stderr } = await house.chat("ada", input);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Topology is ready");
  });

  it("hold no escape sequence, direction mark or bell that reaches the output", async () => {
    const hostile = "\u001b[2J\u001b]0;owned\u0007\u009b31mRed\u202edet\u0000\u0008";
    const { stdout } = await house.chat(
      "ada",
      [
        `/pod create ${hostile} Club`,
        `/remind me to ${hostile} tomorrow at 7`,
        "/remind list",
        `/event create ${hostile} tomorrow 6pm`,
        "!1",
        "!1",
        "/pod find",
        `/${hostile}`,
        hostile,
        `/profile edit name:"${hostile}"`,
        "/profile",
        "",
      ].join("\n"),
    );
    expect(stdout).toContain("Red");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });
});

describe("an end", () => {
  it("of the input waits for what is under way and what it set off", async () => {
    await house.chat("grace", "/pod create Topology\n");
    const { stdout } = await house.chat("ada", "/pod join Topology");
    expect(stdout).toContain("Welcome to Topology");
    expect((await house.chat("grace", "/pod info Topology")).stdout).toContain("Members: 2 of");
  });

  it("without any input is an end at once", async () => {
    expect(await house.chat("ada", "")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("of the output ends the conversation without a word", async () => {
    const program = house.start(["chat", "--as", "ada"]);
    program.types("/pod create First\n");
    await program.shows("First is ready");
    program.ignores();
    program.types("/pod create Second\n".repeat(50));
    const { code, stderr } = await program.ended;
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("by SIGTERM finishes the line under way and no more", async () => {
    const program = house.start(["chat", "--as", "ada"]);
    program.types(Array.from({ length: 900 }, (_, index) => `/pod create Pod${index}\n`).join(""));
    await program.shows("Pod0 is ready");
    program.signal("SIGTERM");
    const { code, stdout, stderr } = await program.ended;
    expect([code, stderr]).toEqual([0, ""]);
    const made = stdout.match(/Pod\d+ is ready/g)!.length;
    expect(made).toBeLessThan(900);
    const { stdout: found } = await house.chat("ada", `/pod info Pod${made - 1}\n/pod info Pod${made}\n`);
    expect(found).toContain(`Pod${made - 1}`);
    expect(found).not.toContain(`Pod${made}\n`);
  });
});

describe("who speaks", () => {
  it("may be two at once, each in a process of their own", async () => {
    const names = ["ada", "grace", "linus"];
    await house.chat("emmy", "/pod create Topology max:100\n");
    const said = await Promise.all(names.map((name) => house.chat(name, "/pod join Topology\n/profile\n")));
    said.forEach(({ code, stdout }, index) => {
      expect(code).toBe(0);
      expect(stdout).toContain("Welcome to Topology");
      expect(stdout.toLowerCase()).toContain(names[index]);
    });
    expect((await house.chat("emmy", "/pod info Topology\n")).stdout).toContain("Members: 4 of 100");
  });

  it("is the same whatever the capitals, of any script", async () => {
    await house.chat("Ада", "/pod create Topology\n");
    expect((await house.chat("АДА", "/pod join Topology\n")).stdout).not.toContain("Welcome");
    expect((await house.chat("ада", "/pod info Topology\n")).stdout).toContain("Members: 1 of");
  });

  it.each([
    ["--as"],
    ["--as="],
    ["--as", "  "],
    ["--as", "two words"],
    ["--as", "../x"],
    ["--as", "\u001b[31m"],
    ["--as", "a".repeat(51)],
  ])("%s %s is refused in a sentence", async (...args) => {
    const { code, stdout, stderr } = await house.start(["chat", ...args]).ended;
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      "--as takes a name of up to 50 letters, digits, dots or dashes, such as: npm run chat -- --as ada\n",
    );
  });

  it("or not at all: the user of the machine speaks", async () => {
    const program = house.start(["chat"]);
    program.types("/profile\n");
    program.leaves();
    expect((await program.ended).code).toBe(0);
  });
});

describe("the command line", () => {
  it.each([
    [["talk"], "talk"],
    [["chat", "ada"], "ada"],
    [["--port", "3000"], "--port"],
    [["chat", "-x"], "-x"],
    [["chat", "--as", "ada", "--loud=1"], "--loud"],
  ])("%j is not understood: usage, exit code 1", async (args, word) => {
    const { code, stdout, stderr } = await house.start(args).ended;
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      new RegExp(
        `^I don't understand “${word}”\\.\nUsage:\n  npm start .*\n  npm run chat .*\n  npm run doctor .*\n  npm run appwrite:provision .*\n  npm run migrate .*\n$`,
      ),
    );
  });

  it("--help is answered on standard output", async () => {
    const { code, stdout, stderr } = await house.start(["--help"]).ended;
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Usage:\n/);
  });
});
