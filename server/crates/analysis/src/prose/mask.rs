//! What is not read in a text: titles and addresses blanked out, and the few traditional
//! characters that matter simplified.

use std::borrow::Cow;

use crate::scan::Sieve;
use crate::words::{Lexicon, lasts};

/// The text with `_` for titles and addresses, and the few traditional characters that
/// matter here simplified. Byte offsets stay.
pub(super) fn mask(text: &str) -> Cow<'_, str> {
    const STARTS: Sieve = Sieve::EMPTY.with(&['《', '〈']).or(&lasts(&TRADITIONAL));
    static TITLES: Sieve = STARTS;
    static WITH_ADDRESSES: Sieve = STARTS.or(&Sieve::EMPTY.with(&ALPHANUMERIC));
    let has_address = memchr::memchr3(b':', b'@', b'w', text.as_bytes()).is_some();
    let sieve = if has_address { &WITH_ADDRESSES } else { &TITLES };
    let mut masked = String::new();
    // The text before this byte is in `masked`.
    let mut taken = 0;
    for (at, _) in sieve.sift(text) {
        if at < taken {
            continue;
        }
        let (before, rest) = text.split_at(at);
        let simple = simplified(rest);
        let hidden = match simple {
            Some(simple) => Some(simple.len()),
            None => title_len(rest).or_else(|| address_len(rest, before.as_bytes().last())),
        };
        let Some(len) = hidden else { continue };
        masked.push_str(&before[taken..]);
        match simple {
            Some(simple) => masked.push_str(simple),
            None => push_blanks(&mut masked, len),
        }
        taken = at + len;
    }
    if taken == 0 {
        return text.into();
    }
    masked.push_str(&text[taken..]);
    masked.into()
}

fn push_blanks(text: &mut String, mut len: usize) {
    const BLANKS: &str = "________________________________________________________________";
    while len > 0 {
        let some = &BLANKS[..len.min(BLANKS.len())];
        text.push_str(some);
        len -= some.len();
    }
}

/// What titles start with, and what all addresses have.
pub(super) const STARTS: [&str; 5] = ["《", "〈", ":", "@", "w"];

/// Traditional characters and their simplified forms. All of these have three bytes.
const FORMS: [(&str, &str); 27] = [
    ("條", "条"),
    ("萬", "万"),
    ("億", "亿"),
    ("餘", "余"),
    ("約", "约"),
    ("佔", "占"),
    ("項", "项"),
    ("個", "个"),
    ("總", "总"),
    ("計", "计"),
    ("開", "开"),
    ("類", "类"),
    ("請", "请"),
    ("發", "发"),
    ("處", "处"),
    ("結", "结"),
    ("為", "为"),
    ("別", "别"),
    ("報", "报"),
    ("擬", "拟"),
    ("統", "统"),
    ("數", "数"),
    ("據", "据"),
    ("動", "动"),
    ("務", "务"),
    ("較", "较"),
    ("兩", "两"),
];

pub(super) const TRADITIONAL: [&str; 27] = {
    let (mut all, mut index) = ([""; 27], 0);
    while index < all.len() {
        all[index] = FORMS[index].0;
        index += 1;
    }
    all
};

/// The simplified form of the traditional character that a text starts with.
fn simplified(text: &str) -> Option<&'static str> {
    static LEXICON: Lexicon<&str, 27> = Lexicon::new(FORMS);
    Some(LEXICON.first(text)?.1)
}

/// What addresses start with.
const ALPHANUMERIC: [char; 62] = {
    let (mut all, mut count, mut c) = (['0'; 62], 0, 0_u8);
    while c < 0x80 {
        if c.is_ascii_alphanumeric() {
            all[count] = c as char;
            count += 1;
        }
        c += 1;
    }
    all
};

/// The length of a title in 《》 at the start of `text`.
fn title_len(text: &str) -> Option<usize> {
    const LONGEST: usize = 120;
    let inside = text.strip_prefix(['《', '〈'])?;
    let mut depth = 1;
    for (at, c) in inside.char_indices().take(LONGEST) {
        match c {
            '《' | '〈' => depth += 1,
            '》' | '〉' => depth -= 1,
            '。' => return None,
            _ => (),
        }
        if depth == 0 {
            return Some(text.len() - inside.len() + at + c.len_utf8());
        }
    }
    None
}

/// The length of a web or mail address at the start of `text`.
fn address_len(text: &str, before: Option<&u8>) -> Option<usize> {
    if before.is_some_and(u8::is_ascii_alphanumeric) || !text.as_bytes()[0].is_ascii_alphanumeric()
    {
        return None;
    }
    let is_part = |it: u8| it.is_ascii_alphanumeric() || b"-._~:/?#@&=+%".contains(&it);
    let len = text.bytes().take_while(|it| is_part(*it)).count();
    let run = &text[..len];
    let is_address = run.contains("://") || run.starts_with("www.") || run.contains('@');
    is_address.then_some(len)
}
