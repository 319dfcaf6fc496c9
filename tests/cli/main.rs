//! The command line, through the real binary: what it prints, what it writes, how it exits.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod check;
mod data;
mod extension;
mod files;
mod fix;
mod many;
mod new;
mod pages;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A report with two findings of form (T209) and one broken sum (R304).
const REPORT: &str = include_str!("report.md");

/// A folder with files in it, and the program running there.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = Self(TempDir::new().unwrap());
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
        command.args(args).current_dir(self.path()).env_remove("CLICOLOR_FORCE");
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, b"")
    }

    /// Runs with `input` on standard input.
    fn run_with(&self, args: &[&str], input: &[u8]) -> Run {
        let pipe = Stdio::piped;
        let mut command = self.command(args);
        let mut child = command.stdin(pipe()).stdout(pipe()).stderr(pipe()).spawn().unwrap();
        // A program that reads no input closes it: not the test's concern.
        let _ = child.stdin.take().unwrap().write_all(input);
        Run::new(child.wait_with_output().unwrap())
    }
}

/// What a run left behind.
#[derive(Debug, PartialEq)]
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn new(output: Output) -> Self {
        let text = |it| String::from_utf8(it).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        Self { code: output.status.code().unwrap(), out, err }
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|it| panic!("{it}: {}", self.out))
    }

    /// Exit code 2 and one line on stderr that contains `words`.
    #[track_caller]
    fn fails_with(&self, words: &str) {
        assert_eq!((self.code, self.err.lines().count()), (2, 1), "{self:?}");
        assert!(self.err.contains(words), "{self:?}");
    }
}

fn one(content: &str) -> Folder {
    Folder::new(&[("a.md", content.as_bytes())])
}
