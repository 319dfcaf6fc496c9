// What stands between a test's client and the server: it holds every message of the server against the
// protocol, whatever the test looks at.

import { failureFault, paramsFault, resultFault } from "./schema.mjs";

const MEMBERS = ["jsonrpc", "id", "method", "params", "result", "error"];

/** Wraps a reader and a writer of messages; what is wrong is collected in `faults`. */
export class Checked {
  faults = [];
  /** Methods of requests that were answered with more than nothing. */
  answered = new Set();
  /** The requests that are under way, by their ids. */
  #asked = new Map();

  /**
   * @param {import("vscode-languageserver-protocol/node.js").MessageReader} reader
   * @param {import("vscode-languageserver-protocol/node.js").MessageWriter} writer
   * @param {(message: object) => void} unasked is told what the server sends unasked
   */
  constructor(reader, writer, unasked = () => undefined) {
    this.reader = replacing(reader, "listen", (listen) => (callback) => listen((message) => {
      this.#heard(message);
      if (message.method !== undefined) unasked(message);
      callback(message);
    }));
    this.writer = replacing(writer, "write", (write) => (message) => {
      if (message.method !== undefined && message.id !== undefined) this.#asked.set(message.id, message.method);
      return write(message);
    });
  }

  #heard(message) {
    const fault = message.jsonrpc === "2.0" ? this.#fault(message) : `no JSON-RPC 2.0: ${JSON.stringify(message)}`;
    if (fault) this.faults.push(fault);
  }

  #fault(message) {
    const { id, method, params, result, error } = message;
    const strange = Object.keys(message).filter((member) => !MEMBERS.includes(member));
    if (strange.length > 0) return `members that no message has: ${strange.join(" ")}`;
    const isAnswer = result !== undefined || error !== undefined;
    if (method !== undefined) return isAnswer ? `both a question and an answer: ${method}` : paramsFault(method, params);
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (asked === undefined) return `an answer to nothing: ${id}`;
    if ((result === undefined) === (error === undefined)) return `${asked}: neither or both of result and error`;
    if (error !== undefined) return failureFault(error);
    if (!isEmpty(result)) this.answered.add(asked);
    return resultFault(asked, result);
  }
}

const isEmpty = (result) => result === null || (Array.isArray(result) && result.length === 0);

/** The same object with one method in another's place. */
const replacing = (target, name, make) => new Proxy(target, {
  get(_, key) {
    const value = Reflect.get(target, key, target);
    if (typeof value !== "function") return value;
    return key === name ? make(value.bind(target)) : value.bind(target);
  },
});
