//! A client for tests of the real process. It waits for messages, never for time to pass, and
//! holds every message of the server against the protocol's types.

// Each test program uses its own part of this; calls read better with `json!(…)` than with
// `&json!(…)`.
#![allow(dead_code, clippy::needless_pass_by_value)]

mod protocol;
pub(crate) mod reports;

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// Far longer than any answer takes, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Client {
    child: Child,
    stdin: Option<Box<dyn Write + Send>>,
    /// What nobody reads yet.
    stdout: Option<Box<dyn Read + Send>>,
    sender: Option<Sender<Value>>,
    incoming: Receiver<Value>,
    /// Read, but not yet asked for.
    unread: VecDeque<Value>,
    /// Methods of the requests that have no answer yet.
    sent: BTreeMap<i64, String>,
    next_id: i64,
    /// All that it logged, once it has ended.
    stderr: Receiver<String>,
    panics_allowed: bool,
}

impl Client {
    /// Starts a server that has not been initialised. With the hooks for tests.
    pub(crate) fn spawn() -> Self {
        let mut client = Self::silent();
        client.read();
        client
    }

    /// Starts a server whose standard output is closed at its other end.
    pub(crate) fn deaf() -> Self {
        let mut client = Self::silent();
        client.stdout = None;
        client
    }

    /// Starts a server whose messages nobody reads before [`Self::read`].
    pub(crate) fn silent() -> Self {
        let mut child = Self::launch(Stdio::piped(), Stdio::piped());
        let stdin = child.stdin.take().expect("piped");
        let stdout = child.stdout.take().expect("piped");
        Self::of(child, Box::new(stdin), Box::new(stdout))
    }

    /// Starts a server on a pair of sockets, as node does, and gives its end of the input too.
    #[cfg(unix)]
    pub(crate) fn over_sockets() -> (Self, std::os::unix::net::UnixStream) {
        use std::os::fd::OwnedFd;
        use std::os::unix::net::UnixStream;

        let (stdin, input) = UnixStream::pair().expect("a pair");
        let (stdout, output) = UnixStream::pair().expect("a pair");
        let theirs = input.try_clone().expect("a descriptor");
        let child = Self::launch(OwnedFd::from(input).into(), OwnedFd::from(output).into());
        let mut client = Self::of(child, Box::new(stdin), Box::new(stdout));
        client.read();
        (client, theirs)
    }

    fn launch(stdin: Stdio, stdout: Stdio) -> Child {
        Command::new(env!("CARGO_BIN_EXE_gouji"))
            .arg("lsp")
            .env("GOUJI_TEST_HOOKS", "1")
            .stdin(stdin)
            .stdout(stdout)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts")
    }

    fn of(mut child: Child, stdin: Box<dyn Write + Send>, stdout: Box<dyn Read + Send>) -> Self {
        let (sender, incoming) = channel();
        let mut errors = child.stderr.take().expect("piped");
        let (log, stderr) = channel();
        std::thread::spawn(move || {
            let mut text = String::new();
            let _ = errors.read_to_string(&mut text);
            let _ = log.send(text);
        });
        Self {
            stdin: Some(stdin),
            stdout: Some(stdout),
            child,
            sender: Some(sender),
            incoming,
            unread: VecDeque::new(),
            sent: BTreeMap::new(),
            next_id: 1,
            stderr,
            panics_allowed: false,
        }
    }

    /// Begins to read.
    pub(crate) fn read(&mut self) {
        let stdout = self.stdout.take().expect("not read yet");
        let sender = self.sender.take().expect("not read yet");
        std::thread::spawn(move || read_messages(BufReader::new(stdout), &sender));
    }

    /// Starts a server and initialises it; the client asks for the list of every version, and
    /// else has no capability.
    pub(crate) fn start() -> Self {
        Self::start_with(json!({"capabilities": every_version()})).0
    }

    /// Starts a server and initialises it; gives the answer too.
    pub(crate) fn start_with(params: Value) -> (Self, Value) {
        let mut client = Self::spawn();
        let answer = client.request("initialize", params);
        client.notify("initialized", json!({}));
        (client, answer)
    }

    /// The test makes the server panic on purpose.
    pub(crate) fn allow_panics(mut self) -> Self {
        self.panics_allowed = true;
        self
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.send_raw(frame(message).as_bytes());
    }

    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("stdin is open");
        stdin.write_all(bytes).and_then(|()| stdin.flush()).expect("the server reads");
    }

    /// Sends to a server that may have ended.
    pub(crate) fn send_in_vain(&mut self, bytes: &[u8]) {
        let _ = self.stdin.as_mut().expect("stdin is open").write_all(bytes);
    }

    /// Sends a notification; `null` stands for no parameters.
    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&message(method, params));
    }

    /// Sends a request and gives its id; `null` stands for no parameters.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.ask_as_is(message(method, params))
    }

    /// Sends a request that is ready but for its id.
    pub(crate) fn ask_as_is(&mut self, mut message: Value) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        let method = message["method"].as_str().expect("a method");
        self.sent.insert(id, method.to_owned());
        message["id"] = json!(id);
        self.send(&message);
        id
    }

    /// The result of a request.
    #[track_caller]
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.result(id)
    }

    /// The result of the request `id`.
    #[track_caller]
    pub(crate) fn result(&mut self, id: i64) -> Value {
        let mut response = self.response(id);
        assert!(response.get("error").is_none(), "{response}");
        response["result"].take()
    }

    /// The error code of the request `id`.
    #[track_caller]
    pub(crate) fn error(&mut self, id: i64) -> i64 {
        let response = self.response(id);
        response["error"]["code"].as_i64().unwrap_or_else(|| panic!("no error: {response}"))
    }

    #[track_caller]
    pub(crate) fn response(&mut self, id: i64) -> Value {
        self.wait(&format!("the answer to {id}"), |it| {
            it.get("method").is_none() && it["id"] == json!(id)
        })
    }

    /// The parameters of the next notification `method` for which `is_it`.
    #[track_caller]
    pub(crate) fn notification(&mut self, method: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        self.wait(method, |it| it["method"] == method && is_it(&it["params"]))["params"].take()
    }

    /// The id and the parameters of the next request of the server.
    #[track_caller]
    pub(crate) fn asked(&mut self, method: &str) -> (i64, Value) {
        let mut message = self.wait(method, |it| it["method"] == method && it["id"].is_i64());
        (message["id"].as_i64().expect("a number"), message["params"].take())
    }

    /// Answers a request of the server.
    pub(crate) fn answer(&mut self, id: i64, result: Value) {
        self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
    }

    /// The next diagnostics of a document.
    #[track_caller]
    pub(crate) fn diagnostics(&mut self, uri: &str) -> Value {
        self.notification("textDocument/publishDiagnostics", |it| it["uri"] == uri)
    }

    /// The next diagnostics of a version of a document.
    #[track_caller]
    pub(crate) fn diagnostics_of(&mut self, uri: &str, version: i64) -> Value {
        self.notification("textDocument/publishDiagnostics", |it| {
            it["uri"] == uri && it["version"] == version
        })
    }

    /// Messages that came and were not asked for.
    pub(crate) fn unread(&self) -> impl Iterator<Item = &Value> {
        self.unread.iter()
    }

    /// The next message that `is_it`; the others stay for later.
    #[track_caller]
    pub(crate) fn wait(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unread.iter().position(&is_it) {
            return self.unread.remove(at).expect("was found there");
        }
        loop {
            let Some(message) = self.receive() else {
                panic!("{what} did not come; unread: {:?}", self.unread);
            };
            if is_it(&message) {
                return message;
            }
            self.unread.push_back(message);
        }
    }

    /// The next message, which fits the protocol; `None` at the end or when nothing comes.
    fn receive(&mut self) -> Option<Value> {
        let message = self.incoming.recv_timeout(PATIENCE).ok()?;
        if message.get("method").is_some() && message.get("id").is_some() {
            protocol::check_request(&message);
        } else if message.get("method").is_some() {
            protocol::check_notification(&message);
        } else {
            let method = message["id"].as_i64().and_then(|it| self.sent.remove(&it));
            protocol::check_response(method.as_deref(), &message);
        }
        Some(message)
    }

    pub(crate) fn open(&mut self, uri: &str, version: i64, text: &str) {
        let document =
            json!({"uri": uri, "languageId": "markdown", "version": version, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({"uri": uri, "version": version});
        let params = json!({"textDocument": document, "contentChanges": changes});
        self.notify("textDocument/didChange", params);
    }

    /// Applies edits of one version as an editor would, which makes another.
    #[track_caller]
    pub(crate) fn apply(&mut self, uri: &str, version: i64, edits: &Value) {
        let mut edits = edits.as_array().expect("edits").clone();
        // The ranges of all edits are of the text before: from the end, none moves another.
        let start = |it: &Value| {
            let start = &it["range"]["start"];
            (start["line"].as_u64(), start["character"].as_u64())
        };
        edits.sort_by_key(|it| std::cmp::Reverse(start(it)));
        let changes = edits.iter().map(|it| json!({"range": it["range"], "text": it["newText"]}));
        self.change(uri, version, changes.collect());
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }

    pub(crate) fn info(&mut self, uri: &str) -> Value {
        self.request("gouji/documentInfo", json!({"uri": uri}))
    }

    /// Holds the server's text against ours.
    #[track_caller]
    pub(crate) fn assert_text(&mut self, uri: &str, version: i64, text: &str) {
        assert_eq!(self.info(uri), info(version, text), "expected the text {text:?}");
    }

    pub(crate) fn code_actions(&mut self, uri: &str, range: &Value, context: Value) -> Value {
        let document = json!({"uri": uri});
        let params = json!({"textDocument": document, "range": range, "context": context});
        self.request("textDocument/codeAction", params)
    }

    pub(crate) fn close_stdin(&mut self) {
        self.stdin = None;
    }

    /// Waits for the process to end: its exit code, and what it logged.
    #[track_caller]
    pub(crate) fn ended(&mut self) -> (Option<i32>, String) {
        // Nobody will begin to read.
        self.sender = None;
        loop {
            match self.incoming.recv_timeout(PATIENCE) {
                Ok(message) => self.unread.push_back(message),
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
                Err(error) => panic!("the server goes on: {error}"),
            }
        }
        let log = self.stderr.recv_timeout(PATIENCE).expect("the server ends");
        let status = self.child.wait().expect("it was started");
        (status.code(), log)
    }

    /// Ends the session as editors do and gives the server's log.
    #[track_caller]
    pub(crate) fn finish(mut self) -> String {
        self.request("shutdown", Value::Null);
        self.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
        let (code, log) = self.ended();
        assert_eq!(code, Some(0), "{log}");
        assert!(self.panics_allowed || !log.contains("panic"), "{log}");
        log
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The capability of clients that are sent the list of every version.
pub(crate) fn every_version() -> Value {
    json!({"textDocument": {"publishDiagnostics": {"versionSupport": true}}})
}

fn message(method: &str, params: Value) -> Value {
    let mut message = json!({"jsonrpc": "2.0", "method": method});
    if !params.is_null() {
        message["params"] = params;
    }
    message
}

pub(crate) fn frame(message: &Value) -> String {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

/// What `gouji/documentInfo` says of a text.
pub(crate) fn info(version: i64, text: &str) -> Value {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    json!({"version": version, "length": text.len(), "hash": format!("{hash:016x}")})
}

/// The first line of a text with some words in it.
#[track_caller]
pub(crate) fn line_of(text: &str, words: &str) -> i64 {
    let line = text.lines().position(|it| it.contains(words));
    line.and_then(|it| i64::try_from(it).ok()).unwrap_or_else(|| panic!("no line has {words}"))
}

/// `(line, character)..(line, character)` as the protocol writes it.
pub(crate) fn range(start: (i64, i64), end: (i64, i64)) -> Value {
    let position = |(line, character)| json!({"line": line, "character": character});
    json!({"start": position(start), "end": position(end)})
}

/// One element of `contentChanges`.
pub(crate) fn edit(start: (i64, i64), end: (i64, i64), text: &str) -> Value {
    json!({"range": range(start, end), "text": text})
}

fn read_messages(mut input: impl BufRead, sender: &Sender<Value>) {
    loop {
        let mut length = 0;
        let mut line = String::new();
        while input.read_line(&mut line).is_ok_and(|it| it > 0) && line != "\r\n" {
            let (name, value) = line.trim_end().split_once(": ").expect("a header");
            assert_eq!(name, "Content-Length", "nothing else is written to stdout");
            length = value.parse().expect("a length");
            line.clear();
        }
        let mut body = vec![0; length];
        if length == 0 || input.read_exact(&mut body).is_err() {
            return;
        }
        let message = serde_json::from_slice(&body).expect("JSON in UTF-8");
        if sender.send(message).is_err() {
            return;
        }
    }
}
