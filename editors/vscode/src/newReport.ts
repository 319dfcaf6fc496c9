// 新建: asks what a blank report needs and opens it as a document that is not saved yet.

import * as vscode from "vscode";

import { agencyProblem, formOf, isYear, type Form, FORMS } from "./blank";
import type { Ctx } from "./ctx";
import { BLANK_REPORT, type BlankReportParams } from "./protocol";

/** The year is the one before today's: a report is written in January for the year that ended. */
export async function newReport(ctx: Ctx): Promise<void> {
  const agency = await askAgency();
  if (agency === undefined) return;
  const year = await askYear(new Date().getFullYear() - 1);
  if (year === undefined) return;
  const template = await askForm(formOf(year));
  if (template === undefined) return;
  const dialect = await askDialect();
  if (dialect === undefined) return;

  const report = await ctx.request(BLANK_REPORT, { agency, year, template, dialect });
  if (!report) {
    void vscode.window.showErrorMessage(vscode.l10n.t("The gouji server is not running."));
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: report.languageId, content: report.text });
  await vscode.window.showTextDocument(document);
}

const title = () => vscode.l10n.t("New annual report");

async function askAgency(): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    title: title(),
    prompt: vscode.l10n.t("Name of the agency, as in the report's title"),
    placeHolder: "青禾市水务局",
    ignoreFocusOut: true,
    validateInput: (value) => {
      switch (agencyProblem(value)) {
        case "empty":
          return vscode.l10n.t("A name is needed.");
        case "long":
          return vscode.l10n.t("That is too long for a name.");
        case undefined:
          return undefined;
      }
    },
  });
  return answer?.trim();
}

async function askYear(suggested: number): Promise<number | undefined> {
  const answer = await vscode.window.showInputBox({
    title: title(),
    prompt: vscode.l10n.t("The year that is reported"),
    value: String(suggested),
    ignoreFocusOut: true,
    validateInput: (value) =>
      isYear(value) ? undefined : vscode.l10n.t("A year with four digits is needed, from 2008 on."),
  });
  return answer === undefined ? undefined : Number(answer.trim());
}

async function askForm(own: Form): Promise<Form | undefined> {
  const item = (form: Form) => ({
    form,
    label: form === "2021" ? vscode.l10n.t("Form of 2021") : vscode.l10n.t("Form of 2019"),
    description: form === "2021" ? "国办公开办函〔2021〕30号" : "国办公开办函〔2019〕60号",
    detail: form === own ? vscode.l10n.t("The one for this year") : "",
  });
  const items = [own, ...FORMS.filter((form) => form !== own)].map(item);
  const options = { title: title(), placeHolder: vscode.l10n.t("Official form of the tables"), ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.form;
}

async function askDialect(): Promise<BlankReportParams["dialect"]> {
  const items = [
    { dialect: "gfm" as const, label: "Markdown" },
    { dialect: "html" as const, label: "HTML", description: vscode.l10n.t("with merged cells") },
    { dialect: "tsv" as const, label: vscode.l10n.t("Text"), description: vscode.l10n.t("columns apart by tabs") },
  ];
  const options = { title: title(), placeHolder: vscode.l10n.t("How the report is written"), ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.dialect;
}
