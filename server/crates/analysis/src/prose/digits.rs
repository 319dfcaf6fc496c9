//! The value of a run of digits.

use rust_decimal::Decimal;

/// The digits of a number, as many as fit; most numbers have few.
#[derive(Default)]
pub(super) struct Digits {
    value: i64,
    count: u32,
    decimals: Option<u32>,
    /// All of them, from the first that did not fit on.
    long: Option<String>,
}

impl Digits {
    const MOST: u32 = 18;

    /// Adds a digit from 0 to 9.
    pub(super) fn push(&mut self, digit: u32) {
        if self.count < Self::MOST {
            self.value = self.value * 10 + i64::from(digit);
        } else {
            self.push_long(digit);
        }
        self.count += 1;
        self.decimals = self.decimals.map(|it| it + 1);
    }

    fn push_long(&mut self, digit: u32) {
        let point = if self.decimals == Some(0) { "." } else { "" };
        let mut long = self.long.take().unwrap_or_else(|| self.fitting().to_string() + point);
        long.extend(char::from_digit(digit, 10));
        self.long = Some(long);
    }

    /// Adds the point, which digits must follow.
    pub(super) fn point(&mut self) {
        self.decimals = Some(0);
        if let Some(long) = &mut self.long {
            long.push('.');
        }
    }

    fn fitting(&self) -> Decimal {
        Decimal::new(self.value, self.decimals.unwrap_or_default())
    }

    /// `None` where there are too many digits.
    pub(super) fn value(&self) -> Option<Decimal> {
        self.long.as_ref().map_or_else(|| Some(self.fitting()), |it| it.parse().ok())
    }
}

/// The length and value of a few ASCII digits, perhaps with a point and more of them, that a text
/// starts with. `None` where the number may go on.
pub(super) fn plain(text: &str) -> Option<(usize, Decimal)> {
    const MOST: usize = 18;
    let bytes = text.as_bytes();
    let (mut value, mut len, mut point) = (0_i64, 0, None);
    loop {
        match bytes.get(len) {
            Some(c @ b'0'..=b'9') if len < MOST => value = value * 10 + i64::from(c - b'0'),
            Some(b'.') if point.is_none() => point = Some(len),
            // 0xef starts full-width digits and points, too.
            Some(b'0'..=b'9' | b',' | b' ' | b'.' | 0xef) => return None,
            _ => break,
        }
        len += 1;
    }
    let decimals = point.map_or(0, |it| len - it - 1);
    let is_read = len > 0 && (point.is_none() || decimals > 0);
    is_read.then(|| (len, Decimal::new(value, decimals as u32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_have_the_value_of_their_text() {
        for text in [
            "0",
            "007",
            "24.50",
            "0.00",
            "123456789012345678.12",
            "12345678901234567.123",
            "1234567890123456789012.5",
            "99999999999999999999999999999999",
        ] {
            let mut digits = Digits::default();
            for c in text.chars() {
                match c.to_digit(10) {
                    Some(digit) => digits.push(digit),
                    None => digits.point(),
                }
            }
            let expected = text.parse::<Decimal>().ok();
            assert_eq!(digits.value().map(|it| it.to_string()), expected.map(|it| it.to_string()));
        }
    }
}
