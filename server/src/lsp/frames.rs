//! Standard input, cut into messages before tower-lsp sees it.
//!
//! tower-lsp stops reading for good at the first message that is no JSON. Here such a message
//! is replaced by a request for an error reply, and reading goes on with the next header. The
//! end of the input becomes the notification `exit`, which it amounts to.

use std::io;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tower_lsp::jsonrpc::{ErrorCode, Request};

use super::log;

/// Method of the request that stands for a message that cannot be read. Its parameter is the
/// error code of the reply.
pub(super) const UNREADABLE: &str = "gouji/unreadable";

/// A message longer than this is taken for a damaged header.
const LONGEST: u64 = 1 << 30;

/// Longest header line.
const HEADER_LINE: u64 = 4096;

/// One message, or why it is none.
enum Frame {
    Message(Vec<u8>),
    Unreadable(ErrorCode, String),
    End,
}

/// Copies messages until the input ends or the other end of `output` is gone.
pub(super) async fn forward(input: impl AsyncRead + Unpin, mut output: impl AsyncWrite + Unpin) {
    let mut input = BufReader::new(input);
    loop {
        let frame = read(&mut input).await.unwrap_or(Frame::End);
        let body = match frame {
            Frame::Message(body) => body,
            Frame::Unreadable(code, why) => {
                log::line(format_args!("a message cannot be read: {why}"));
                let id = Value::Null;
                json!({"jsonrpc": "2.0", "id": id, "method": UNREADABLE, "params": code.code()})
                    .to_string()
                    .into_bytes()
            }
            Frame::End => {
                let exit = br#"{"jsonrpc":"2.0","method":"exit"}"#;
                let _ = write(&mut output, exit).await;
                return;
            }
        };
        if write(&mut output, &body).await.is_err() {
            return;
        }
    }
}

async fn write(output: &mut (impl AsyncWrite + Unpin), body: &[u8]) -> io::Result<()> {
    output.write_all(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes()).await?;
    output.write_all(body).await
}

async fn read(input: &mut BufReader<impl AsyncRead + Unpin>) -> io::Result<Frame> {
    let length = match header(input).await? {
        Header::Length(length) => length,
        Header::Unreadable(why) => return Ok(Frame::Unreadable(ErrorCode::ParseError, why)),
        Header::End => return Ok(Frame::End),
    };
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body).await?;
    if (body.len() as u64) < length {
        return Ok(Frame::End);
    }
    Ok(validate(body))
}

enum Header {
    Length(u64),
    Unreadable(String),
    End,
}

/// Reads to the blank line after a header, or past one piece of what is no header.
async fn header(input: &mut BufReader<impl AsyncRead + Unpin>) -> io::Result<Header> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        (&mut *input).take(HEADER_LINE).read_until(b'\n', &mut line).await?;
        if line.is_empty() {
            return Ok(Header::End);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if text.is_empty() {
            match length {
                Some(length) if length <= LONGEST => return Ok(Header::Length(length)),
                Some(length) => return Ok(Header::Unreadable(format!("{length} bytes"))),
                // Blank lines between messages harm nobody.
                None => continue,
            }
        }
        match text.split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("content-length") => {
                let Ok(value) = value.trim().parse() else {
                    return Ok(Header::Unreadable(format!("header {text:?}")));
                };
                length = Some(value);
            }
            Some((name, _)) if name.trim().eq_ignore_ascii_case("content-type") => (),
            _ => return Ok(Header::Unreadable(format!("header {text:?}"))),
        }
    }
}

/// Lets through what tower-lsp can read, if need be after mending it.
fn validate(body: Vec<u8>) -> Frame {
    let Err(error) = serde_json::from_slice::<Request>(&body) else { return Frame::Message(body) };
    let mended = mend_surrogates(&body);
    if serde_json::from_slice::<Request>(&mended).is_ok() {
        return Frame::Message(mended);
    }
    let code = if error.is_data() { ErrorCode::InvalidRequest } else { ErrorCode::ParseError };
    Frame::Unreadable(code, error.to_string())
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
        let mut reader = BufReader::new(input.as_bytes());
        let mut frames = Vec::new();
        loop {
            match read(&mut reader).await.unwrap() {
                Frame::Message(body) => frames.push(String::from_utf8(body).unwrap()),
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
