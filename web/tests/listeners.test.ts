import { expect, it } from "vitest";
import { Listeners } from "~/maps/listeners";

it("are told what they asked for, until they leave, and once each", () => {
  const heard: string[] = [];
  const all = new Listeners();
  const leave = all.subscribe("pay", () => heard.push("pay"));
  all.subscribe("any", () => heard.push("any"));
  for (const what of ["pay", "any", "nobody"]) all.tell(what);
  leave();
  leave();
  all.tell("pay");
  expect(heard).toEqual(["pay", "any"]);
});

it("may come and go while they are told", () => {
  const heard: string[] = [];
  const all = new Listeners();
  const leave = all.subscribe("pay", () => {
    heard.push("first");
    leave();
    all.subscribe("pay", () => heard.push("late"));
  });
  all.subscribe("pay", () => heard.push("second"));
  all.tell("pay");
  expect(heard).toEqual(["first", "second"]);
  all.tell("pay");
  expect(heard).toEqual(["first", "second", "second", "late"]);
});
