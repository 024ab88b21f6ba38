// Draws the PNG icons of the manifest from their SVG, with the browser that the tests use. Run it after changing an SVG.
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";

const folder = new URL("../public/icons/", import.meta.url);
const wanted = [["icon.svg", "icon-192.png", 192], ["icon.svg", "icon-512.png", 512], ["maskable.svg", "maskable-192.png", 192], ["maskable.svg", "maskable-512.png", 512]];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [from, to, size] of wanted) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const svg = readFileSync(new URL(from, folder)).toString("base64");
    await page.setContent(`<body style="margin:0"><img src="data:image/svg+xml;base64,${svg}" width="${size}" height="${size}">`);
    await page.waitForTimeout(100);
    writeFileSync(new URL(to, folder), await page.screenshot({ omitBackground: true }));
    await page.close();
}
await browser.close();
