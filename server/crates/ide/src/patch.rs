//! Changes upon changes, as changes of the first text.

use std::ops::Range;

use crate::Change;

/// What a text has become: kept parts of the old text and new text between them.
#[derive(Clone, Debug)]
pub struct Patch {
    pieces: Vec<Piece>,
    /// Bytes of the old text.
    old: usize,
}

#[derive(Clone, Debug)]
enum Piece {
    Kept(Range<usize>),
    New(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept(range) => range.len(),
            Self::New(text) => text.len(),
        }
    }
}

impl Patch {
    /// No change of a text of `old` bytes.
    #[must_use]
    pub fn new(old: usize) -> Self {
        Self { pieces: vec![Piece::Kept(0..old)], old }
    }

    /// Replaces bytes of the text as it is now.
    pub fn replace(&mut self, range: Range<usize>, text: &str) {
        let first = self.split(range.start);
        let last = self.split(range.end);
        self.pieces.splice(first..last, [Piece::New(text.to_owned())]);
    }

    /// The index of the piece that starts at `at`, which is cut in two where none does.
    fn split(&mut self, at: usize) -> usize {
        let mut start = 0;
        for index in 0..self.pieces.len() {
            if at <= start {
                return index;
            }
            let len = self.pieces[index].len();
            if at < start + len {
                let (left, right) = cut(&self.pieces[index], at - start);
                self.pieces.splice(index..=index, [left, right]);
                return index + 1;
            }
            start += len;
        }
        self.pieces.len()
    }

    /// The changes of the old text, sorted and apart.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        let (mut at, mut text) = (0, String::new());
        let end = Piece::Kept(self.old..self.old);
        for piece in self.pieces.iter().chain([&end]) {
            match piece {
                Piece::New(new) => text.push_str(new),
                Piece::Kept(kept) if kept.is_empty() && kept.start < self.old => (),
                Piece::Kept(kept) => {
                    if kept.start > at || !text.is_empty() {
                        changes.push(Change {
                            range: at..kept.start,
                            text: std::mem::take(&mut text),
                        });
                    }
                    at = kept.end;
                }
            }
        }
        changes
    }
}

fn cut(piece: &Piece, at: usize) -> (Piece, Piece) {
    match piece {
        Piece::Kept(range) => {
            let middle = range.start + at;
            (Piece::Kept(range.start..middle), Piece::Kept(middle..range.end))
        }
        Piece::New(text) => {
            let (left, right) = text.split_at(at);
            (Piece::New(left.to_owned()), Piece::New(right.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Applies `edits` one after the other, and their patch to the first text.
    #[track_caller]
    fn check(old: &str, edits: &[(Range<usize>, &str)]) -> Vec<Change> {
        let mut patch = Patch::new(old.len());
        let mut expected = old.to_owned();
        for (range, text) in edits {
            expected.replace_range(range.clone(), text);
            patch.replace(range.clone(), text);
        }
        let changes = patch.changes();
        let mut found = old.to_owned();
        for change in changes.iter().rev() {
            found.replace_range(change.range.clone(), &change.text);
        }
        assert_eq!(found, expected);
        assert!(changes.windows(2).all(|it| it[0].range.end < it[1].range.start), "{changes:?}");
        changes
    }

    #[test]
    fn changes_of_changes_are_changes_of_the_first_text() {
        assert!(check("abc", &[]).is_empty());
        assert_eq!(check("abcdef", &[(1..2, "XY"), (5..6, "")]).len(), 2);
        // Inside, across and over what was inserted before.
        assert_eq!(check("abcdef", &[(3..3, "XYZ"), (4..5, "-")]).len(), 1);
        check("abcdef", &[(3..3, "XYZ"), (2..4, "-"), (0..1, "")]);
        check("abcdef", &[(0..6, ""), (0..0, "new")]);
        check("", &[(0..0, "new"), (3..3, "er")]);
        check("abc", &[(3..3, "d"), (0..4, "")]);
    }

    #[test]
    fn what_is_far_apart_stays_apart() {
        let changes = check("0123456789", &[(8..9, "eight"), (1..2, "one"), (1..4, "1")]);
        let ranges: Vec<_> = changes.into_iter().map(|it| it.range).collect();
        assert_eq!(ranges, [1..2, 8..9]);
    }
}
