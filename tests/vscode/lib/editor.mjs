// VS Code as its user has it: what can be seen, and what can be typed and pointed at.
// Nothing here waits for a time to pass; everything waits for something to be on the screen.

import { until } from "./processes.mjs";

const SOON = 15_000;
/** The first start of everything, on a busy machine. */
const START = 120_000;

export class Editor {
  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.page = page;
    this.problems = page.locator(".markers-panel .monaco-list-row");
    this.squiggles = page.locator(".squiggly-error, .squiggly-warning");
  }

  /** Opens a folder and waits until its files can be clicked. */
  async open(url, folder) {
    await this.page.goto(`${url}/?folder=${encodeURI(folder)}`, { waitUntil: "domcontentloaded" });
    await this.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: START });
  }

  async openFile(name) {
    await this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).dblclick();
    await this.page.locator(".tab.active", { hasText: name }).waitFor({ timeout: SOON });
    await this.page.locator(".editor-instance .view-line").first().waitFor({ timeout: SOON });
  }

  /** Closes the file or view in front whose tab has this name. */
  async closeTab(name) {
    const tab = this.page.locator(".tab.active", { hasText: name });
    await tab.hover();
    await tab.getByRole("button", { name: /^Close/ }).click();
    await tab.waitFor({ state: "detached", timeout: SOON });
  }

  async waitForSquiggles() {
    await this.squiggles.first().waitFor({ timeout: START });
  }

  async openProblems() {
    await this.command("View: Focus Problems");
    await this.page.locator(".markers-panel").waitFor({ timeout: SOON });
  }

  /** The Problems panel's row of a finding. */
  finding(code, text = "") {
    return this.problems.filter({ hasText: code }).filter({ hasText: text });
  }

  async waitForFinding(code, text) {
    await this.finding(code, text).first().waitFor({ timeout: SOON });
  }

  async waitForNoFinding(code, text) {
    await this.finding(code, text).first().waitFor({ state: "detached", timeout: SOON });
  }

  /** The findings' texts in order, without the rows that only name the file. */
  async findings() {
    return (await this.problems.allInnerTexts()).filter((text) => /\[Ln \d+, Col \d+\]/.test(text));
  }

  /** Runs a command by its title, from the command palette. */
  async command(title) {
    await this.askingCommand(title);
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden", timeout: SOON });
  }

  /** Runs a command that has a question, which appears where the palette was. */
  async askingCommand(title) {
    const { page } = this;
    await this.openPalette(`>${title}`);
    const exactly = page.locator(".label-name").getByText(title, { exact: true });
    // A longer title shows what was typed as a part of its own; the one that is no longer comes first.
    await page.locator(".quick-input-list .monaco-list-row", { has: exactly }).first().waitFor({ timeout: SOON });
    await this.walkDownTo(page.locator(".quick-input-list .monaco-list-row.focused", { has: exactly }));
    await page.keyboard.press("Enter");
  }

  /** Opens the palette with a text, once more if what took the keyboard a moment later closed it. */
  async openPalette(text) {
    const input = this.page.locator(".quick-input-widget input");
    for (let tries = 3; ; tries -= 1) {
      await this.pressFor("F1", input);
      try {
        await input.fill(text, { timeout: SOON / 3 });
        return;
      } catch (error) {
        if (tries === 1) throw error;
      }
    }
  }

  /** Puts the caret before a column (both from one) and the keyboard into the text. */
  async goto(line, column) {
    const { page } = this;
    await page.keyboard.press("Control+1");
    await this.pressFor("Control+G", page.locator(".quick-input-widget input"));
    await page.locator(".quick-input-widget input").fill(`:${line}`);
    await page.keyboard.press("Enter");
    await page.locator(".quick-input-widget").waitFor({ state: "hidden", timeout: SOON });
    // Going to a column as well would count wide characters twice.
    for (let at = 1; at < column; at += 1) await page.keyboard.press("ArrowRight");
    const position = `Ln ${line}, Col ${column}`;
    await page.locator(".statusbar-item", { hasText: position }).waitFor({ timeout: SOON });
  }

  /** Pastes: unlike typed text it is taken as it is, without brackets being closed. */
  async paste(text) {
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await this.page.keyboard.press("Control+V");
  }

  /** Widens the selection by one step and returns its text. `before` is the text that was selected. */
  async growSelection(before) {
    const { page } = this;
    await page.keyboard.press("Shift+Alt+ArrowRight");
    let selected;
    await until(async () => {
      await page.keyboard.press("Control+C");
      selected = await page.evaluate(() => navigator.clipboard.readText());
      return selected !== before;
    }, `a selection wider than ${before}`);
    return selected;
  }

  /** Points with the mouse at what follows the caret and returns what the hover says. */
  async hover(text) {
    const box = await this.page.locator(".editor-instance .cursors-layer .cursor").first().boundingBox();
    await this.page.mouse.move(box.x + 4, box.y - 40);
    await this.page.mouse.move(box.x + 4, box.y + box.height / 2, { steps: 5 });
    const hover = this.page.locator(".monaco-hover:visible", { hasText: text }).first();
    await hover.waitFor({ timeout: SOON });
    return hover.innerText();
  }

  /** Takes the mouse off the text, into the empty part of the Explorer: a late hover would close a menu. */
  async pointAway() {
    await this.page.mouse.move(200, 500);
    await this.page.locator(".monaco-hover:visible").first().waitFor({ state: "hidden", timeout: SOON });
  }

  /** Opens the quick fixes at the caret and returns their titles. */
  async openQuickFixes(title) {
    await this.pointAway();
    const menu = this.page.locator(".action-widget .monaco-list-row");
    const wanted = menu.filter({ hasText: title }).first();
    await this.pressFor("Control+.", wanted);
    return menu.allInnerTexts();
  }

  /** Opens the menu where the cursor is and takes a fix. */
  async quickFix(title) {
    await this.openQuickFixes(title);
    await this.takeQuickFix(title);
  }

  /** Takes the preferred fix at the caret by the keys for it, without a menu. */
  async autoFix() {
    await this.pointAway();
    await this.page.keyboard.press("Shift+Alt+Period");
  }

  /** Types one character in place of another. */
  async retype(line, column, character) {
    await this.goto(line, column);
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.type(character);
  }

  /** Walks down the open menu to a fix and takes it. */
  async takeQuickFix(title) {
    const { page } = this;
    await this.walkDownTo(page.locator(".action-widget .monaco-list-row.focused", { hasText: title }));
    await page.keyboard.press("Enter");
    await page.locator(".action-widget").first().waitFor({ state: "hidden", timeout: SOON });
  }

  /** Presses a key, as a person would once more if nothing came of it: VS Code loses keys while focus moves. */
  async pressFor(key, result) {
    for (let tries = 3; tries > 1; tries -= 1) {
      await this.page.keyboard.press(key);
      try {
        await result.waitFor({ timeout: SOON / 3 });
        return;
      } catch {
        // What did open, such as a menu without the wanted row, is in the way of the next try.
        await this.page.keyboard.press("Escape");
      }
    }
    await this.page.keyboard.press(key);
    await result.waitFor({ timeout: SOON });
  }

  /** Moves down in an open list until the row that is in focus is the wanted one. */
  async walkDownTo(wantedInFocus) {
    for (let steps = 0; (await wantedInFocus.count()) === 0; steps += 1) {
      if (steps === 20) throw new Error(`not within reach in the list: ${wantedInFocus}`);
      await this.page.keyboard.press("ArrowDown");
    }
  }

  /** The line of text under a quick look at the language status (`{}` in the status bar). */
  async waitForStatus(text) {
    await this.page.locator('[id="status.languageStatus"]').hover();
    await this.page.locator(".hover-language-status", { hasText: text }).first().waitFor({ timeout: SOON });
    const lines = await this.page.locator(".hover-language-status .left").allInnerTexts();
    await this.pointAway();
    return lines;
  }

  /** Whether the file in view has changes that are not on disk. */
  async waitForDirty(dirty) {
    await this.page.locator(dirty ? ".tab.active.dirty" : ".tab.active:not(.dirty)").waitFor({ timeout: SOON });
  }

  /** Replaces the settings of the `User` or of the `Workspace` and saves them. */
  async writeSettings(scope, settings) {
    const { page } = this;
    await this.command(`Preferences: Open ${scope} Settings (JSON)`);
    await page.locator(".tab.active", { hasText: "settings.json" }).waitFor();
    await page.locator(".editor-instance .view-line", { hasText: "{" }).first().waitFor();
    await page.keyboard.press("Control+1");
    await page.keyboard.press("Control+A");
    await this.paste(JSON.stringify(settings));
    await this.waitForDirty(true);
    await page.keyboard.press("Control+S");
    await this.waitForDirty(false);
  }
}
