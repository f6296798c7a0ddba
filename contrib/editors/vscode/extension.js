// Starts `diglot lsp` for XML. To be installed: `npm install && npx @vscode/vsce package`, then `code --install-extension diglot-0.1.0.vsix`.
const { workspace } = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

exports.activate = () => {
  const command = workspace.getConfiguration("diglot").get("path", "diglot");
  const server = { command, args: ["lsp"], transport: TransportKind.stdio };
  client = new LanguageClient("diglot", "diglot", server, { documentSelector: [{ language: "xml" }] });
  return client.start();
};

exports.deactivate = () => client && client.stop();
