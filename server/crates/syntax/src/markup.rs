//! Tags and entities at one place of a text.
//!
//! Hand-written, because what is wanted of a tag is its span of bytes in a text that need
//! not be HTML at all: an HTML parser repairs and forgets where things stood. Each look
//! reads at most to the next `<`, so scanning a whole text stays linear.

use memchr::{memchr2, memmem};

/// A tag or comment that starts a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// Bytes from `<` to past `>`.
    pub(crate) len: usize,
    /// The name as written; empty for a comment or declaration.
    pub(crate) name: &'a str,
    pub(crate) form: Form,
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Open,
    Close,
    /// Nothing can stand inside it: `<br>`, `<o:p/>`, a comment.
    Empty,
}

const VOID: [&str; 9] = ["br", "img", "hr", "input", "wbr", "col", "meta", "link", "area"];

/// Tags that end a line of text.
const BREAKS: [&str; 19] = [
    "p", "br", "div", "li", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5", "h6", "ul",
    "ol", "section", "body", "hr",
];

impl<'a> Tag<'a> {
    /// The tag that `text` starts with. `None` where `<` is text: `<http://…>`, `1<2`, or a
    /// tag that never closes.
    pub(crate) fn at(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix('<')?;
        if let Some(comment) = rest.strip_prefix("!--") {
            // As in browsers, a comment that nothing closes runs to the end.
            let len = memmem::find(comment.as_bytes(), b"-->").map_or(text.len(), |it| it + 7);
            return Some(Self { len, name: "", form: Form::Empty });
        }
        if rest.starts_with(['!', '?']) {
            let len = tag_end(text, 1)?;
            return Some(Self { len, name: "", form: Form::Empty });
        }
        let (closes, rest) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let name = name(rest)?;
        let len = tag_end(text, 1 + usize::from(closes) + name.len())?;
        let empty =
            text[..len].ends_with("/>") || VOID.iter().any(|it| it.eq_ignore_ascii_case(name));
        let form = match (closes, empty) {
            (true, _) => Form::Close,
            (false, true) => Form::Empty,
            (false, false) => Form::Open,
        };
        Some(Self { len, name, form })
    }

    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether a new line starts here.
    pub(crate) fn breaks_line(&self) -> bool {
        BREAKS.iter().any(|it| self.is(it))
    }
}

/// `p`, `st1:chsdate`: a letter, then letters, digits, `:` and `-`, before what may follow a name.
fn name(text: &str) -> Option<&str> {
    const LONGEST: usize = 32;
    let bytes = text.as_bytes();
    let part = |it: &&u8| it.is_ascii_alphanumeric() || matches!(it, b':' | b'-');
    let len = bytes.iter().take(LONGEST).take_while(part).count();
    let ends = matches!(bytes.get(len)?, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n');
    let name = &text[..len];
    // `<http://…>` is an address.
    (ends && bytes[0].is_ascii_alphabetic() && !name.ends_with(':')).then_some(name)
}

/// Past the `>` of a tag; `from` is in its attributes. `>` in a quoted value is none.
fn tag_end(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        match bytes.get(at)? {
            b'>' => return Some(at + 1),
            b'<' => return None,
            quote @ (b'"' | b'\'') if bytes[at - 1] == b'=' => {
                // A quote that closes only in the next tag was forgotten: it is ordinary text.
                // Only the last of its kind can fail, so this is still linear.
                at += 1;
                let close = memchr2(*quote, b'<', &bytes[at..]).map(|it| at + it);
                if let Some(close) = close.filter(|it| bytes[*it] == *quote) {
                    at = close + 1;
                }
            }
            _ => at += 1,
        }
    }
}

/// The value of an attribute in the text of a tag, without quotes.
pub(crate) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag.trim_start_matches('<');
    rest = &rest[rest.find(|c: char| c.is_ascii_whitespace())?..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let len = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>'))?;
        let key = &rest[..len];
        let after = rest[len..].trim_start();
        let Some(value) = after.strip_prefix('=') else {
            if after.starts_with('>') || after.is_empty() {
                return None;
            }
            rest = after;
            continue;
        };
        let (value, after) = attribute_value(value.trim_start());
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = after;
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        let Some(rest) = text.strip_prefix(quote) else { continue };
        if let Some(parts) = rest.split_once(quote) {
            return parts;
        }
    }
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(text.len());
    text.split_at(end)
}

/// The length and value of the entities that reports contain, at a `&`.
pub(crate) fn entity(text: &str) -> Option<(usize, char)> {
    const LONGEST: usize = 10;
    let end = text.bytes().take(LONGEST).position(|it| it == b';')?;
    let name = text.get(1..end)?;
    let c = match name {
        "nbsp" => ' ',
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "emsp" | "ensp" => '\u{3000}',
        "mdash" => '—',
        "ndash" => '–',
        "minus" => '−',
        "middot" => '·',
        "hellip" => '…',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((end + 1, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Option<(usize, &str, Form)> {
        Tag::at(text).map(|it| (it.len, it.name, it.form))
    }

    #[test]
    fn tags_are_told_from_text() {
        assert_eq!(tag("<TD colspan=2>0"), Some((14, "TD", Form::Open)));
        assert_eq!(tag("</td >0"), Some((6, "td", Form::Close)));
        assert_eq!(tag("<br>0"), Some((4, "br", Form::Empty)));
        assert_eq!(tag("<o:p/>"), Some((6, "o:p", Form::Empty)));
        assert_eq!(tag("<!-- <td> -->0"), Some((13, "", Form::Empty)));
        assert_eq!(tag("<!-- <td>"), Some((9, "", Form::Empty)));
        assert_eq!(tag("<!DOCTYPE html>"), Some((15, "", Form::Empty)));
        for text in [
            "<http://www.example.com/>",
            "<www.example.com>",
            "<a@b.cn>",
            "<3>",
            "<",
            "</",
            "<td",
            "<td <b>",
            "<中文>",
            "< td>",
        ] {
            assert_eq!(tag(text), None, "{text}");
        }
    }

    #[test]
    fn a_quoted_value_may_hold_the_tags_end() {
        assert_eq!(tag("<td title=\"a>b\">0").map(|it| it.0), Some(16));
        assert_eq!(tag("<td title=\"a>0</td>").map(|it| it.0), Some(13));
        assert_eq!(tag("<td title='a'b'>0").map(|it| it.0), Some(16));
    }

    #[test]
    fn attributes_are_found_quoted_and_bare() {
        for text in [
            "<td colspan=3>",
            "<TD COLSPAN = '3' x>",
            "<td class=\"a b\" nowrap colspan=\"3\">",
            "<td\ncolspan=3/>",
        ] {
            assert_eq!(
                attribute(text, "colspan").map(|it| it.trim_end_matches('/')),
                Some("3"),
                "{text}"
            );
        }
        assert_eq!(attribute("<td data-colspan=3>", "colspan"), None);
        assert_eq!(attribute("<td title='colspan=3'>", "colspan"), None);
        assert_eq!(attribute("<td>", "colspan"), None);
        assert_eq!(attribute("<td colspan>", "colspan"), None);
    }

    #[test]
    fn entities_of_characters_outside_the_list_are_text() {
        assert_eq!(entity("&nbsp;"), Some((6, ' ')));
        assert_eq!(entity("&#12288;"), Some((8, '\u{3000}')));
        assert_eq!(entity("&#x4E00;"), Some((8, '一')));
        for text in ["&", "&;", "&中文;", "&unknown;", "&#xD800;", "&nbsp"] {
            assert_eq!(entity(text), None, "{text}");
        }
    }
}
