//! A message ready for the wire.

use std::io::Write;

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

    /// Header and body.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_its_header_and_its_body_however_often_it_is_used() {
        let mut frame = Framed::default();
        assert_eq!(frame.bytes(), b"");
        for body in ["甲", "", &"乙".repeat(5000)] {
            frame.json(&body).unwrap();
            let json = serde_json::to_string(body).unwrap();
            let expected = format!("Content-Length: {}\r\n\r\n{json}", json.len());
            assert_eq!(frame.bytes(), expected.as_bytes());
        }
    }
}
