import js from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";

// node:test collects the promise that `test` returns by itself.
const nodeTest = {
  allowForKnownSafeCalls: [{ from: "package", package: "node:test", name: ["test", "before", "after"] }],
};

export default tseslint.config(
  { ignores: ["**/dist/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    files: ["**/test/*.ts"],
    rules: { "@typescript-eslint/no-floating-promises": ["error", nodeTest] },
  },
  {
    // Scripts and tests too: a promise that nobody awaits is a test that cannot fail.
    files: ["**/*.mjs"],
    languageOptions: {
      globals: { ...globals.node, navigator: "readonly" },
      parser: tseslint.parser,
      parserOptions: { project: "./tsconfig.scripts.json", tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-floating-promises": ["error", nodeTest],
      "@typescript-eslint/no-misused-promises": "error",
    },
  },
);
