//! The program `gouji`: the language server and, beside it, the command line.

pub mod cli;
pub mod lsp;
