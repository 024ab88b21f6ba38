import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

// Where `./dev web` and the tests expect what is served.
const out = process.env.DEBRIEF_WEB_OUT ?? "../../../build/web/app";

export default defineConfig({
    plugins: [preact({ prefreshEnabled: false, devToolsEnabled: false })],
    build: {
        outDir: out,
        emptyOutDir: true,
        target: "es2022",
        // The content security policy allows no inline style, script or data: font.
        assetsInlineLimit: 0,
        cssCodeSplit: true,
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
    },
    server: { host: "127.0.0.1" },
});
