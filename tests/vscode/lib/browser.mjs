// A Chromium with a Chinese font, installed where that can be done without asking anyone.

import fs from "node:fs";

import { chromium } from "playwright-core";

import { have, output, Problem, run } from "../../../editors/vscode/scripts/run.mjs";

const CANDIDATES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const PACKAGES = ["chromium", "fontconfig", "fonts-wqy-zenhei"];

const findBrowser = () => process.env.CHROMIUM ?? CANDIDATES.find((file) => fs.existsSync(file));

/** Without one the screenshots would show boxes. Other systems than Linux come with such a font. */
const hasChineseFont = () =>
  process.platform !== "linux" || (have("fc-list") && output("fc-list", [":lang=zh"]).trim() !== "");

/** The path of the browser. */
export function installBrowser() {
  if (!findBrowser() || !hasChineseFont()) {
    const isRoot = process.getuid?.() === 0;
    if (!isRoot || !have("apt-get")) {
      throw new Problem(`the end-to-end test needs Chromium and a Chinese font (on Debian: apt-get install ${PACKAGES.join(" ")});`
        + " the variable CHROMIUM may name the browser, --skip-e2e leaves the test out");
    }
    console.log("installing Chromium and a Chinese font …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    run("apt-get", ["update", "-qq"], { env });
    const quiet = { env, stdio: ["ignore", "ignore", "inherit"] };
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...PACKAGES], quiet);
  }
  return findBrowser();
}

/** Opens a window in which nothing reaches beyond this machine. */
export async function openBrowser(executablePath) {
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN",
    permissions: ["clipboard-read", "clipboard-write"] });
  // VS Code asks its gallery for updates; refused at once, that cannot hold anything up.
  const local = ["127.0.0.1", "localhost"];
  await context.route((url) => /^https?:/.test(url.protocol) && !local.includes(url.hostname), (route) => route.abort());
  return { browser, page: await context.newPage() };
}
