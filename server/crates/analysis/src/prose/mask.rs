//! What is not read in a text: titles and addresses blanked out, and the few traditional
//! characters that matter simplified.

use std::borrow::Cow;

use crate::scan::Sieve;

/// The text with `_` for titles and addresses, and the few traditional characters that
/// matter here simplified. Byte offsets stay.
pub(super) fn mask(text: &str) -> Cow<'_, str> {
    static SIEVE: Sieve = Sieve::EMPTY.with(&['《', '〈']).with(&TRADITIONAL).with(&ALPHANUMERIC);
    let has_address = memchr::memchr3(b':', b'@', b'w', text.as_bytes()).is_some();
    let mut masked = String::new();
    // The text before this byte is in `masked`.
    let mut taken = 0;
    for (at, c) in SIEVE.sift(text) {
        if at < taken {
            continue;
        }
        let (before, rest) = text.split_at(at);
        let hidden = match c {
            '《' | '〈' => title_len(rest),
            '\0'..='\x7f' if has_address => address_len(rest, before.as_bytes().last()),
            _ => None,
        };
        let simple = simplified(c);
        if hidden.is_none() && simple == c {
            continue;
        }
        masked.push_str(&before[taken..]);
        match hidden {
            Some(len) => masked.extend(std::iter::repeat_n('_', len)),
            None => masked.push(simple),
        }
        taken = at + hidden.unwrap_or(c.len_utf8());
    }
    if taken == 0 {
        return text.into();
    }
    masked.push_str(&text[taken..]);
    masked.into()
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

/// All of these have three bytes, as their simplified forms.
pub(super) const TRADITIONAL: [char; 27] = [
    '條', '萬', '億', '餘', '約', '佔', '項', '個', '總', '計', '開', '類', '請', '發', '處', '結',
    '為', '別', '報', '擬', '統', '數', '據', '動', '務', '較', '兩',
];

/// In the same order.
const SIMPLIFIED: [char; 27] = [
    '条', '万', '亿', '余', '约', '占', '项', '个', '总', '计', '开', '类', '请', '发', '处', '结',
    '为', '别', '报', '拟', '统', '数', '据', '动', '务', '较', '两',
];

pub(super) fn simplified(c: char) -> char {
    static SIEVE: Sieve = Sieve::EMPTY.with(&TRADITIONAL);
    let index = SIEVE.passes(c).then(|| TRADITIONAL.iter().position(|it| *it == c)).flatten();
    index.map_or(c, |it| SIMPLIFIED[it])
}

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
