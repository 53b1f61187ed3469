import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const source = fileURLToPath(new URL("./src", import.meta.url));
const server = process.env.DESIRELINE ?? "http://127.0.0.1:8765";

/** The app is built into the Python package; `npx vite` serves it for development, with the API of a running server. */
export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "~": source } },
  build: {
    outDir: "../src/desireline/static",
    emptyOutDir: true,
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssTarget: ["chrome123", "firefox120", "safari17.5"], // they know light-dark()
    reportCompressedSize: false,
  },
  server: { proxy: { "/api": { target: server, ws: true } } },
});
