//! The input, cut into messages.
//!
//! A message that cannot be read costs an error reply, and reading goes on with the next
//! header; half a message at the end of the input is the end. The text of a message is parsed
//! where it was read to, and only once.

use tokio::io::{AsyncRead, AsyncReadExt};
use tower_lsp::jsonrpc::{ErrorCode, Request};

use super::client::Answer;

/// A message longer than this is taken for a damaged header.
const LONGEST: usize = 1 << 30;

/// Longest header line.
const HEADER_LINE: usize = 4096;

/// Room for each read: as much as a pipe holds.
const CHUNK: usize = 1 << 16;

/// A message for which there is room as soon as its header was read.
const CLAIMED: usize = 1 << 26;

/// A buffer that a long message left behind is given back beyond this.
const KEPT: usize = 1 << 20;

/// One message, or why it is none.
#[derive(Debug)]
pub(super) enum Frame {
    Message(Request),
    Answer(Answer),
    Unreadable(ErrorCode, String),
    End,
}

/// Reads messages from `R`.
pub(super) struct Frames<R> {
    input: R,
    /// Always as long as it has room, so that no read need clear it first.
    buffer: Vec<u8>,
    /// What was read and is not used yet.
    unread: std::ops::Range<usize>,
    /// The length that the header has named so far.
    length: Option<usize>,
    /// Whether the header has ended.
    in_body: bool,
}

impl<R: AsyncRead + Unpin> Frames<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, buffer: vec![0; CHUNK], unread: 0..0, length: None, in_body: false }
    }

    /// The next message. Waits only when none is left of what was read, and can be cancelled
    /// while it does.
    pub(super) async fn next(&mut self) -> Frame {
        loop {
            if let Some(frame) = self.decode() {
                return frame;
            }
            self.make_room();
            match self.input.read(&mut self.buffer[self.unread.end..]).await {
                Ok(count) if count > 0 => self.unread.end += count,
                _ => return Frame::End,
            }
        }
    }

    fn make_room(&mut self) {
        if self.unread.is_empty() {
            self.unread = 0..0;
            if self.buffer.len() > KEPT {
                self.buffer = vec![0; CHUNK];
            }
        }
        let unread = self.unread.len();
        let body = self.length.filter(|_| self.in_body).unwrap_or_default();
        if self.buffer.len() < unread + CHUNK || self.buffer.len() < body.min(CLAIMED) {
            // Memory that is new from the system costs nothing until it is written to. Of other
            // memory a header that claims too much takes what it claims, up to this bound.
            let longer = (2 * self.buffer.len()).max(body.min(CLAIMED) + CHUNK);
            let mut buffer = vec![0; longer];
            buffer[..unread].copy_from_slice(&self.buffer[self.unread.clone()]);
            self.buffer = buffer;
        } else if self.unread.start > 0 {
            self.buffer.copy_within(self.unread.clone(), 0);
        }
        self.unread = 0..unread;
    }

    /// The next message of what was read, if it is complete.
    fn decode(&mut self) -> Option<Frame> {
        while !self.in_body {
            if let Err(why) = self.header_line()? {
                self.length = None;
                return Some(Frame::Unreadable(ErrorCode::ParseError, why));
            }
        }
        let body = self.unread.start..self.unread.start + self.length?;
        if body.end > self.unread.end {
            return None;
        }
        self.unread.start = body.end;
        self.in_body = false;
        self.length = None;
        Some(parse(&self.buffer[body]))
    }

    /// Uses one line of a header, or one piece of what is none; `None` while it is incomplete.
    fn header_line(&mut self) -> Option<Result<(), String>> {
        let unread = &self.buffer[self.unread.clone()];
        let longest = &unread[..unread.len().min(HEADER_LINE)];
        let end = match longest.iter().position(|it| *it == b'\n') {
            Some(end) => end + 1,
            None if longest.len() == HEADER_LINE => HEADER_LINE,
            None => return None,
        };
        let line = String::from_utf8_lossy(&unread[..end]);
        let read = header(line.trim(), &mut self.length);
        self.unread.start += end;
        Some(read.map(|ended| self.in_body = ended))
    }
}

/// Reads one line of a header; true at its end.
fn header(line: &str, length: &mut Option<usize>) -> Result<bool, String> {
    if line.is_empty() {
        return match *length {
            Some(length) if length > LONGEST => Err(format!("{length} bytes")),
            // Blank lines between messages harm nobody.
            length => Ok(length.is_some()),
        };
    }
    match line.split_once(':') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("content-length") => {
            *length = Some(value.trim().parse().map_err(|_| format!("header {line:?}"))?);
            Ok(false)
        }
        Some((name, _)) if name.trim().eq_ignore_ascii_case("content-type") => Ok(false),
        _ => Err(format!("header {line:?}")),
    }
}

/// The message in a body, if need be after mending it.
fn parse(body: &[u8]) -> Frame {
    let error = match read(body) {
        Ok(frame) => return frame,
        Err(error) => error,
    };
    if let Ok(frame) = read(&mend_surrogates(body)) {
        return frame;
    }
    let code = if error.is_data() { ErrorCode::InvalidRequest } else { ErrorCode::ParseError };
    Frame::Unreadable(code, error.to_string())
}

/// What has no method is an answer.
fn read(body: &[u8]) -> serde_json::Result<Frame> {
    // serde_json looks at each string's bytes again where it is not told that all are UTF-8.
    let text = simdutf8::basic::from_utf8(body);
    let request: Request =
        text.map_or_else(|_| serde_json::from_slice(body), serde_json::from_str)?;
    if request.method().is_empty() {
        return serde_json::from_slice(body).map(Frame::Answer);
    }
    Ok(Frame::Message(request))
}

/// Replaces an escaped half of a surrogate pair by U+FFFD.
///
/// JavaScript clients send one when an edit cuts an emoji in two. The replacement is one
/// UTF-16 unit as well, so that later positions still fit.
fn mend_surrogates(body: &[u8]) -> Vec<u8> {
    let mut mended = body.to_vec();
    let mut at = 0;
    while at < mended.len() {
        if mended[at] != b'\\' {
            at += 1;
            continue;
        }
        match (unit(&mended, at), unit(&mended, at + 6)) {
            (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => at += 12,
            (Some(0xD800..0xE000), _) => {
                mended[at + 2..at + 6].copy_from_slice(b"fffd");
                at += 6;
            }
            // A backslash and what it escapes.
            _ => at += 2,
        }
    }
    mended
}

/// The UTF-16 unit of the escape `\uXXXX` at `at`.
fn unit(body: &[u8], at: usize) -> Option<u16> {
    let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn frames(input: &str) -> Vec<String> {
        let mut reader = Frames::new(input.as_bytes());
        let mut frames = Vec::new();
        loop {
            match reader.next().await {
                Frame::Message(request) => frames.push(serde_json::to_string(&request).unwrap()),
                Frame::Answer(answer) => frames.push(format!("{answer:?}")),
                Frame::Unreadable(code, _) => frames.push(code.code().to_string()),
                Frame::End => return frames,
            }
        }
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[tokio::test(flavor = "current_thread")]
    async fn reading_goes_on_after_what_is_no_message() {
        let good = r#"{"jsonrpc":"2.0","method":"initialized"}"#;
        for bad in ["{", "[]", "{}", r#"{"jsonrpc":"1.0","method":"x"}"#, r#""\x""#] {
            let found = frames(&(framed(bad) + &framed(good))).await;
            assert_eq!(found.len(), 2, "{bad}: {found:?}");
            assert_eq!(found[1], good, "{bad}");
        }
        let found = frames(&format!("garbage\r\n\r\n{}", framed(good))).await;
        assert_eq!(found, ["-32700", good]);
        let found = frames(&format!("Content-Length: x\r\n\r\n{}", framed(good))).await;
        assert_eq!(found, ["-32700", good]);
    }

    #[tokio::test(flavor = "current_thread")]
    async fn header_names_have_no_case_and_other_headers_do_no_harm() {
        let body = r#"{"jsonrpc":"2.0","method":"x"}"#;
        let kind = "content-type: application/vscode-jsonrpc; charset=utf-8";
        let input = format!("{kind}\r\ncontent-length:{}\r\n\r\n{body}", body.len());
        assert_eq!(frames(&input).await, [body]);
    }

    #[tokio::test(flavor = "current_thread")]
    async fn half_a_message_is_the_end() {
        assert!(frames("Content-Length: 99\r\n\r\n{}").await.is_empty());
    }

    #[tokio::test(flavor = "current_thread")]
    async fn messages_are_found_however_they_are_cut() {
        let long = format!(r#"{{"jsonrpc":"2.0","method":"{}"}}"#, "x".repeat(3 * CHUNK));
        let short = r#"{"jsonrpc":"2.0","method":"y"}"#;
        let input = framed(&long) + &framed(short).repeat(40) + &framed(&long);
        let whole = frames(&input).await;
        assert_eq!((whole.len(), &whole[0], &*whole[40]), (42, &long, short));
        // A pipe of a few bytes cuts headers and bodies at many places.
        for size in [1, 7, 4096] {
            let (mut pipe, output) = tokio::io::duplex(size);
            let write = async {
                tokio::io::AsyncWriteExt::write_all(&mut pipe, input.as_bytes()).await.unwrap();
                drop(pipe);
            };
            let read = async {
                let mut reader = Frames::new(output);
                let mut count = 0;
                while let Frame::Message(_) = reader.next().await {
                    count += 1;
                }
                count
            };
            assert_eq!(tokio::join!(write, read).1, 42, "{size}");
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn the_buffer_of_a_long_message_is_given_back() {
        let long = framed(&format!(r#"{{"jsonrpc":"2.0","method":"{}"}}"#, "x".repeat(2 * KEPT)));
        let short = framed(r#"{"jsonrpc":"2.0","method":"y"}"#);
        let (mut pipe, output) = tokio::io::duplex(CHUNK);
        let mut reader = Frames::new(output);
        for text in [&short, &long, &short, &long] {
            let write = tokio::io::AsyncWriteExt::write_all(&mut pipe, text.as_bytes());
            let (written, frame) = tokio::join!(write, reader.next());
            assert!(written.is_ok() && matches!(frame, Frame::Message(_)));
            assert!(reader.unread.is_empty());
        }
        drop(pipe);
        assert!(matches!(reader.next().await, Frame::End));
        assert_eq!(reader.buffer.len(), CHUNK);
    }

    #[test]
    fn half_a_surrogate_pair_is_replaced_and_a_whole_one_kept() {
        let mend = |text: &str| String::from_utf8(mend_surrogates(text.as_bytes())).unwrap();
        assert_eq!(mend(r"a\ud83db"), r"a\ufffdb");
        assert_eq!(mend(r"\udE00"), r"\ufffd");
        assert_eq!(mend(r"\ud83d\ude00"), r"\ud83d\ude00");
        assert_eq!(mend(r"\ud83d\ud83d\ude00"), r"\ufffd\ud83d\ude00");
        assert_eq!(mend(r"\\ud83d"), r"\\ud83d");
    }
}
