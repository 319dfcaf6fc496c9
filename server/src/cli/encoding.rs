//! The encodings that report files come in, and the way back.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::GB18030;

/// How a file's text was encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 after a byte order mark, as Windows' editor writes it.
    Utf8Bom,
    /// UTF-16, little-endian, after a byte order mark.
    Utf16Le,
    /// UTF-16, big-endian, after a byte order mark.
    Utf16Be,
    /// GB18030, and with it GBK and GB 2312.
    Gb18030,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 | Self::Utf8Bom => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Gb18030 => "GB18030",
        })
    }
}

const UTF8_BOM: &[u8] = &[0xEF, 0xBB, 0xBF];
const UTF16_LE_BOM: &[u8] = &[0xFF, 0xFE];
const UTF16_BE_BOM: &[u8] = &[0xFE, 0xFF];

/// The text of a file without its byte order mark. `None` where it is no text: bytes that no
/// encoding explains, or a NUL.
pub(crate) fn decode(bytes: &[u8]) -> Option<(Cow<'_, str>, Encoding)> {
    let (text, encoding) = if let Some(rest) = bytes.strip_prefix(UTF8_BOM) {
        (utf8(rest)?, Encoding::Utf8Bom)
    } else if let Some(rest) = bytes.strip_prefix(UTF16_LE_BOM) {
        (utf16(rest, u16::from_le_bytes)?.into(), Encoding::Utf16Le)
    } else if let Some(rest) = bytes.strip_prefix(UTF16_BE_BOM) {
        (utf16(rest, u16::from_be_bytes)?.into(), Encoding::Utf16Be)
    } else if let Some(text) = utf8(bytes) {
        (text, Encoding::Utf8)
    } else {
        (gb18030(bytes)?, Encoding::Gb18030)
    };
    memchr::memchr(0, text.as_bytes()).is_none().then_some((text, encoding))
}

/// The bytes of a file with this text.
pub(crate) fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8Bom => [UTF8_BOM, text.as_bytes()].concat(),
        Encoding::Utf16Le => {
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            UTF16_LE_BOM.iter().copied().chain(units).collect()
        }
        Encoding::Utf16Be => {
            let units = text.encode_utf16().flat_map(u16::to_be_bytes);
            UTF16_BE_BOM.iter().copied().chain(units).collect()
        }
        Encoding::Gb18030 => GB18030.encode(text).0.into_owned(),
    }
}

fn utf8(bytes: &[u8]) -> Option<Cow<'_, str>> {
    simdutf8::basic::from_utf8(bytes).ok().map(Cow::Borrowed)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|it| unit(*it)).collect();
    if rest.is_empty() { String::from_utf16(&units).ok() } else { None }
}

fn gb18030(bytes: &[u8]) -> Option<Cow<'_, str>> {
    GB18030.decode_without_bom_handling_and_without_replacement(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "青禾市水务局\r\n政府信息公开工作年度报告 𠮷\r\n";

    #[test]
    fn every_encoding_comes_back_as_it_was() {
        use Encoding::{Gb18030, Utf8, Utf8Bom, Utf16Be, Utf16Le};
        for encoding in [Utf8, Utf8Bom, Utf16Le, Utf16Be, Gb18030] {
            let bytes = encode(TEXT, encoding);
            assert_eq!(decode(&bytes), Some((TEXT.into(), encoding)), "{encoding:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        let (cut_utf16, garbage) = (b"\xff\xfea".to_vec(), vec![0x81, 0x20, 0xff, 0xff]);
        for bytes in [png, cut_utf16, garbage, b"a\0b".to_vec()] {
            assert_eq!(decode(&bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn an_empty_file_is_text() {
        assert_eq!(decode(&[]), Some(("".into(), Encoding::Utf8)));
    }
}
