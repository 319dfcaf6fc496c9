//! A message ready for the wire.

use std::io::Write;
use std::ops::Range;

use serde::Serialize;

use super::log;
use super::outbox::Outbox;

/// Room for the longest header.
const HEADER: usize = 40;

/// A message with its header in one contiguous buffer, which is used again for the next one.
///
/// The header has the length of the body, so it is known last; it is written in front, into
/// room that was left for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Framed {
    bytes: Vec<u8>,
    start: usize,
}

impl Framed {
    /// The message that `body` writes; nothing where it fails.
    pub(super) fn render(
        &mut self,
        body: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<()>,
    ) -> serde_json::Result<()> {
        self.bytes.clear();
        self.bytes.resize(HEADER, 0);
        self.finish(body)
    }

    /// The message with what `body` writes in place of all from a length of its buffer on; nothing
    /// where it fails.
    pub(super) fn render_from(
        &mut self,
        length: usize,
        body: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<()>,
    ) -> serde_json::Result<()> {
        self.bytes.truncate(length.max(HEADER));
        self.finish(body)
    }

    fn finish(
        &mut self,
        body: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<()>,
    ) -> serde_json::Result<()> {
        self.start = HEADER;
        if let Err(error) = body(&mut self.bytes) {
            self.bytes.truncate(HEADER);
            return Err(error);
        }
        let mut header = [0; HEADER];
        let mut rest = &mut header[..];
        let length = self.bytes.len() - HEADER;
        // A length has at most twenty digits.
        let _ = write!(rest, "Content-Length: {length}\r\n\r\n");
        let written = HEADER - rest.len();
        self.start = HEADER - written;
        self.bytes[self.start..HEADER].copy_from_slice(&header[..written]);
        Ok(())
    }

    /// The message `value`.
    pub(super) fn json(&mut self, value: &impl Serialize) -> serde_json::Result<()> {
        self.render(|body| serde_json::to_writer(body, value))
    }

    /// Sends the message `value` as an answer; logs why where it cannot be written.
    pub(super) fn answer(&mut self, value: &impl Serialize, outbox: &Outbox) {
        match self.json(value) {
            Ok(()) => outbox.answer(self.bytes()),
            Err(error) => log::line(format_args!("an answer cannot be written: {error}")),
        }
    }

    /// The message without its header.
    pub(super) fn body(&self) -> &[u8] {
        self.bytes.get(HEADER..).unwrap_or_default()
    }

    /// Header and body.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// What was written from one length of the body writer's buffer to another.
    pub(super) fn between(&self, range: Range<usize>) -> &[u8] {
        self.bytes.get(range).unwrap_or_default()
    }

    /// What was written of the message before the body writer's buffer had the length `end`.
    pub(super) fn upto(&self, end: usize) -> &[u8] {
        self.bytes.get(HEADER..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_its_header_and_its_body_however_often_it_is_used() {
        let mut frame = Framed::default();
        assert_eq!((frame.bytes(), frame.upto(0)), (&b""[..], &b""[..]));
        for body in ["甲", "", &"乙".repeat(5000)] {
            frame.json(&body).unwrap();
            let json = serde_json::to_string(body).unwrap();
            let expected = format!("Content-Length: {}\r\n\r\n{json}", json.len());
            assert_eq!(frame.bytes(), expected.as_bytes());
        }
    }

    #[test]
    fn the_end_of_a_frame_is_written_anew() {
        let mut frame = Framed::default();
        frame.json(&[1, 2]).unwrap();
        let length = HEADER + "[1,".len();
        for (end, expected) in [("3]", "5\r\n\r\n[1,3]"), ("1234567]", "11\r\n\r\n[1,1234567]")] {
            let write = |body: &mut Vec<u8>| {
                body.extend_from_slice(end.as_bytes());
                Ok(())
            };
            frame.render_from(length, write).unwrap();
            assert_eq!(frame.bytes(), format!("Content-Length: {expected}").as_bytes());
        }
    }
}
