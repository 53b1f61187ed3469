import { expect, it } from "vitest";
import { follow } from "~/view/details/fields/useCaret";

it("keeps the caret at its letter when somebody types before it, and where it is when they type after it", () => {
  expect(follow(5, "hello world", "oh hello world")).toBe(8);
  expect(follow(5, "hello world", "hello wide world")).toBe(5);
  expect(follow(11, "hello world", "hello")).toBe(5);
  expect(follow(3, "abc", "")).toBe(0);
  expect(follow(0, "abc", "xabc")).toBe(0);
});
