import { expect, test } from "vitest";
import { askRelease, isUnfetched } from "~/session/release";

const PAGE = '<script type="module" crossorigin src="/assets/index-new.js"></script>';
const answers = (status: number) => async () => new Response(PAGE, { status });

test.each([
  "Failed to fetch dynamically imported module: http://localhost/assets/FindingsView-1.js",
  "error loading dynamically imported module: http://localhost/assets/FindingsView-1.js",
  "Importing a module script failed.",
  "Unable to preload CSS for /assets/Board-1.css",
])("a part that could not be fetched is known by what the browser says: %s", (says) => {
  expect(isUnfetched(new TypeError(says))).toBe(true);
});

test("a mistake of the program is not one", () => {
  expect(isUnfetched(new TypeError("Cannot read properties of undefined (reading 'at')"))).toBe(false);
});

test("another release is one whose first page begins with another script", async () => {
  expect(await askRelease("/assets/index-new.js", answers(200))).toBe("same");
  expect(await askRelease("/assets/index-old.js", answers(200))).toBe("renewed");
});

test("a server that does not answer, or answers with a fault, is away: the page must not be loaded again", async () => {
  expect(await askRelease("/assets/index-old.js", answers(503))).toBe("away");
  expect(await askRelease("/assets/index-old.js", () => Promise.reject(new TypeError("Failed to fetch")))).toBe("away");
});
