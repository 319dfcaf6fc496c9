// Both languages of the manifest and of the running extension are complete, and nothing is left over.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";

import ts from "typescript";

// Bundled into dist/test.
const root = path.resolve(__dirname, "../..");
const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const texts = (file: string) => JSON.parse(read(file)) as Record<string, string>;

const sorted = (items: Iterable<string>) => [...new Set(items)].sort();
const placeholders = (text: string) => sorted(text.match(/\{\d+\}/g) ?? []);

/** Every first argument of `l10n.t` in the sources; one that is no literal could not be translated. */
function messages(): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /(^|\.)l10n\.t$/.test(node.expression.getText())) {
      const [message] = node.arguments;
      assert.ok(message && ts.isStringLiteral(message), `not a string literal: ${node.getText()}`);
      found.push(message.text);
    }
    ts.forEachChild(node, visit);
  };
  const files = fs.readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" });
  for (const file of files.filter((it) => it.endsWith(".ts"))) {
    visit(ts.createSourceFile(file, read(`src/${file}`), ts.ScriptTarget.Latest, true));
  }
  return found;
}

test("the manifest's texts exist in both languages and are all used", () => {
  const used = sorted(Array.from(read("package.json").matchAll(/"%([^%"]+)%"/g), ([, key]) => key ?? ""));
  assert.ok(used.length > 0);
  assert.deepEqual(sorted(Object.keys(texts("package.nls.json"))), used);
  assert.deepEqual(sorted(Object.keys(texts("package.nls.zh-cn.json"))), used);
});

test("every message of the sources is translated and no other", () => {
  const found = messages();
  assert.ok(found.length > 0);
  assert.deepEqual(sorted(Object.keys(texts("l10n/bundle.l10n.zh-cn.json"))), sorted(found));
});

test("translations keep the placeholders and are Chinese", () => {
  for (const [message, translation] of Object.entries(texts("l10n/bundle.l10n.zh-cn.json"))) {
    assert.deepEqual(placeholders(translation), placeholders(message), message);
    assert.match(translation, /\p{Script=Han}/u, message);
  }
  for (const [key, text] of Object.entries(texts("package.nls.zh-cn.json"))) assert.match(text, /\p{Script=Han}/u, key);
});
