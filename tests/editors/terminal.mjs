// A terminal of tmux without a window: what can be typed, and what is on the screen.

import { output } from "../../editors/vscode/scripts/run.mjs";
import { until } from "../vscode/lib/processes.mjs";

/** Wide enough that no line of the report needs to be scrolled or wrapped. */
const SIZE = ["-x", "700", "-y", "60"];

const PATIENCE_MS = 30_000;

export class Terminal {
  #tmux;

  /** Starts a program; the server of tmux is one of its own, in the folder for temporary files. */
  constructor({ env }, ...command) {
    const own = { ...env, TMUX_TMPDIR: env.XDG_RUNTIME_DIR };
    this.#tmux = (...args) => output("tmux", ["-u", "-f", "/dev/null", ...args], { env: own });
    this.#tmux("new-session", "-d", ...SIZE, ...command);
  }

  /** Presses keys by tmux's names for them. */
  press(...keys) {
    this.#tmux("send-keys", ...keys);
  }

  type(text) {
    this.#tmux("send-keys", "-l", text);
  }

  screen() {
    return this.#tmux("capture-pane", "-p");
  }

  /** Waits until what is on the screen fits. */
  async waitFor(what, fits) {
    let screen = "";
    try {
      await until(() => fits(screen = this.screen()), what, PATIENCE_MS);
    } catch (error) {
      throw new Error(`${error.message}\n${screen.replaceAll(/ {3,}/g, "   ")}`);
    }
  }

  end() {
    try {
      this.#tmux("kill-server");
    } catch {
      // It ends by itself with the program in it.
    }
  }
}
