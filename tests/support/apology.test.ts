// A fault that nobody expected is shown to who runs the test, not the apology for it to who meets it.
import { expect, it } from "@jest/globals";
import { world } from "./world.ts";

it("what fails unexpectedly in a world fails the test, with the fault itself", async () => {
  const fault = new TypeError("disk full");
  const w = await world({
    around: (store) => ({
      ...store,
      commit: (changes) =>
        changes.some((change) => change.in.name === "pods") ? Promise.reject(fault) : store.commit(changes),
    }),
  });
  const ada = w.terminal("ada");
  expect(await ada.says("/pod info Nowhere")).toContain("Nowhere");
  const failing = ada.says("/pod create Topology");
  await expect(failing).rejects.toThrow(/went wrong[\s\S]*disk full/);
  await expect(failing).rejects.toMatchObject({ cause: fault });
  await w.close();
});
