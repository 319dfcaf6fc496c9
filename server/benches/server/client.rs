//! A language server as a process, and the client's side of the protocol with a clock.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Longer than the slowest server needs for the longest document.
const PATIENCE: Duration = Duration::from_secs(60);

/// The document that all servers are given.
const URI: &str = "file:///reports/report.md";

/// A message of the server, and when its last byte had been read.
struct Arrived {
    at: Instant,
    body: Vec<u8>,
}

/// A list of diagnostics.
pub(crate) struct Published {
    /// From the first byte sent to the last byte read.
    pub(crate) took: Duration,
    pub(crate) diagnostics: usize,
}

/// A running server.
pub(crate) struct Server {
    child: Child,
    stdin: ChildStdin,
    incoming: Receiver<Arrived>,
    next_id: i64,
    version: i64,
    /// It wants whole texts rather than changes.
    pub(crate) wants_all: bool,
    /// From its start to its answer to `initialize`.
    pub(crate) start: Duration,
}

impl Server {
    /// Starts a server and initialises it.
    pub(crate) fn start(command: &[String]) -> io::Result<Self> {
        let begun = Instant::now();
        let mut child = Command::new(&command[0])
            .args(&command[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdin = child.stdin.take().expect("piped");
        let stdout = BufReader::with_capacity(1 << 16, child.stdout.take().expect("piped"));
        let (sender, incoming) = channel();
        std::thread::spawn(move || read(stdout, &sender));
        let mut server = Self {
            child,
            stdin,
            incoming,
            next_id: 0,
            version: 0,
            wants_all: false,
            start: Duration::ZERO,
        };
        let publish = json!({"publishDiagnostics": {"versionSupport": true}});
        let params = json!({
            "processId": null, "rootUri": null, "capabilities": {"textDocument": publish}
        });
        let (answered, result) = server.request("initialize", &params)?;
        server.start = answered - begun;
        let sync = &result["capabilities"]["textDocumentSync"];
        server.wants_all = *sync == 1 || sync["change"] == 1;
        server.notify("initialized", &json!({}))?;
        Ok(server)
    }

    /// Opens the document and waits for its diagnostics.
    pub(crate) fn open(&mut self, text: &str) -> io::Result<Published> {
        self.version += 1;
        let document = json!({
            "uri": URI, "languageId": "markdown", "version": self.version, "text": text
        });
        let sent = self.notify("textDocument/didOpen", &json!({"textDocument": document}))?;
        self.published(sent)
    }

    /// Sends each change with a version of its own, in one write, and waits for the
    /// diagnostics of the last.
    pub(crate) fn change(&mut self, changes: &[Value]) -> io::Result<Published> {
        let mut frames = Vec::new();
        for change in changes {
            self.version += 1;
            let document = json!({"uri": URI, "version": self.version});
            let params = json!({"textDocument": document, "contentChanges": [change]});
            frames.extend(frame(&message("textDocument/didChange", &params)));
        }
        let sent = self.send(&frames)?;
        self.published(sent)
    }

    /// Asks what editors ask after an edit, for the lines in view around it, and goes on: the
    /// answers come while the next key is pressed.
    pub(crate) fn ask_beside(&mut self, line: u64) -> io::Result<()> {
        const VIEW: u64 = 50;
        let position = |line: u64| json!({"line": line, "character": 0});
        let (first, last) = (line.saturating_sub(VIEW / 2), line + VIEW / 2);
        let view = json!({"start": position(first), "end": position(last)});
        let mut frames = Vec::new();
        for method in
            ["inlayHint", "codeLens", "documentSymbol", "foldingRange", "semanticTokens/range"]
        {
            self.next_id += 1;
            let params = json!({"textDocument": {"uri": URI}, "range": view});
            let mut message = message(&format!("textDocument/{method}"), &params);
            message["id"] = json!(self.next_id);
            frames.extend(frame(&message));
        }
        self.send(&frames).map(|_| ())
    }

    /// Waits for the diagnostics of the newest version; servers that name none are believed.
    fn published(&mut self, sent: Instant) -> io::Result<Published> {
        let version = self.version;
        let (at, message) = self.wait(&|it| {
            it["method"] == "textDocument/publishDiagnostics"
                && it["params"]["version"].as_i64().is_none_or(|it| it == version)
        })?;
        let diagnostics = message["params"]["diagnostics"].as_array().map_or(0, Vec::len);
        Ok(Published { took: at - sent, diagnostics })
    }

    fn notify(&mut self, method: &str, params: &Value) -> io::Result<Instant> {
        self.send(&frame(&message(method, params)))
    }

    fn request(&mut self, method: &str, params: &Value) -> io::Result<(Instant, Value)> {
        self.next_id += 1;
        let id = self.next_id;
        let mut message = message(method, params);
        message["id"] = json!(id);
        self.send(&frame(&message))?;
        let (at, mut answer) = self.wait(&|it| it.get("method").is_none() && it["id"] == id)?;
        Ok((at, answer["result"].take()))
    }

    /// Writes, and gives the time just before.
    fn send(&mut self, bytes: &[u8]) -> io::Result<Instant> {
        let now = Instant::now();
        self.stdin.write_all(bytes)?;
        self.stdin.flush()?;
        Ok(now)
    }

    /// Reads what comes for a while, as an editor does between two keys: the next answer shall
    /// not wait until these are parsed.
    pub(crate) fn idle(&mut self, pause: Duration) -> io::Result<()> {
        let until = Instant::now() + pause;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let Ok(arrived) = self.incoming.recv_timeout(left) else { return Ok(()) };
            let message: Value = serde_json::from_slice(&arrived.body)?;
            if message.get("method").is_some() && message.get("id").is_some() {
                self.answer(&message)?;
            }
        }
    }

    /// The next message that `is_it`; the server's questions on the way are answered.
    fn wait(&mut self, is_it: &dyn Fn(&Value) -> bool) -> io::Result<(Instant, Value)> {
        loop {
            let arrived = self.incoming.recv_timeout(PATIENCE);
            let Arrived { at, body } = arrived.map_err(io::Error::other)?;
            let message: Value = serde_json::from_slice(&body)?;
            if message.get("method").is_some() && message.get("id").is_some() {
                self.answer(&message)?;
            } else if is_it(&message) {
                return Ok((at, message));
            }
        }
    }

    /// Nothing is configured, and everything may be registered.
    fn answer(&mut self, question: &Value) -> io::Result<()> {
        let items = question["params"]["items"].as_array();
        let result = items.map_or(Value::Null, |it| json!(vec![Value::Null; it.len()]));
        let answer = json!({"jsonrpc": "2.0", "id": question["id"], "result": result});
        self.send(&frame(&answer)).map(|_| ())
    }

    /// Memory in kB by its name in Linux's `/proc`: `VmHWM` at its peak, `VmRSS` now. Not a
    /// number elsewhere.
    pub(crate) fn memory(&self, name: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|it| it.strip_prefix(name)?.strip_prefix(':'));
        let number = line.and_then(|it| it.trim().trim_end_matches("kB").trim().parse().ok());
        number.unwrap_or(f64::NAN)
    }

    /// Ends it as editors do; [`Drop`] ends what does not follow.
    pub(crate) fn stop(mut self) -> io::Result<()> {
        self.request("shutdown", &Value::Null)?;
        self.notify("exit", &Value::Null)?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn message(method: &str, params: &Value) -> Value {
    let mut message = json!({"jsonrpc": "2.0", "method": method});
    if !params.is_null() {
        message["params"] = params.clone();
    }
    message
}

fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// Reads until the end, without looking into messages: that would be in the measured time
/// of the next one.
fn read(mut input: impl BufRead, sender: &Sender<Arrived>) {
    loop {
        let mut length = 0;
        let mut line = String::new();
        while input.read_line(&mut line).is_ok_and(|it| it > 0) && line != "\r\n" {
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            line.clear();
        }
        let mut body = vec![0; length];
        if length == 0 || input.read_exact(&mut body).is_err() {
            return;
        }
        if sender.send(Arrived { at: Instant::now(), body }).is_err() {
            return;
        }
    }
}
